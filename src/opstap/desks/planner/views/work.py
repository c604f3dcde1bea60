"""Functions with their shortage years, and what the sites ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.planner.forms.fields import time_of
from opstap.desks.planner.forms.work import DemandForm, FlagForm, FunctionForm, NeedsForm, ShortageForm
from opstap.desks.planner.own import answer, do, must, planner_of
from opstap.foundation.clock import now, today
from opstap.journey.associations.operations import (
    Ask,
    define_function,
    flag_shortage,
    remove_demand,
    set_demand,
    upload_shortage_list,
)
from opstap.journey.associations.queries import demand_for, function_for, functions_of, shortage_lists_of, sites_of
from opstap.steering.overviews.queries.associations import site_asks
from opstap.ui.addresses import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_FORM = ["GET", "HEAD", "POST"]


def _functions() -> dict[str, str]:
    return {"back": _("Functions"), "back_url": reverse("planner:functions")}


def _demand() -> dict[str, str]:
    return {"back": _("Demand"), "back_url": reverse("planner:demand")}


@login_required
@require_safe
def functions(request: HttpRequest) -> HttpResponse:
    """Show the functions: what they ask, and in which years they are a shortage occupation."""
    actor, association = planner_of(request)
    year = today().year
    rows = [
        (row, [each.year for each in row.shortages.all()], any(each.year == year for each in row.shortages.all()))
        for row in functions_of(actor, association)
    ]
    lists = shortage_lists_of(actor, association)
    return render(request, "planner/association/functions.html", {"rows": rows, "lists": lists, "year": year})


@login_required
@require_http_methods(_FORM)
def function(request: HttpRequest, function_id: UUID | None = None) -> HttpResponse:
    """Make a function, or change one; what was assumed is confirmed by saving it."""
    actor, association = planner_of(request)
    found = must(function_for(actor, function_id)) if function_id else None
    first: dict[str, Any] = {}
    if found is not None:
        names = ("title", "occupation", "demands", "is_unloved")
        first = {name: getattr(found, name) for name in names} | {"licences": ", ".join(found.licences)}
    form = FunctionForm(request.POST or None, initial=first)
    return answer(
        request,
        form,
        lambda _given: define_function(association=association, terms=form.terms(), function=found, by=actor, at=now()),
        title=found.title if found else _("A new function"),
        lead=_("What it asks of a body was assumed. Saving confirms it.") if found and found.is_assumed else "",
        done=_("Saved."),
        **_functions(),
    )


@login_required
@require_POST
def flag(request: HttpRequest, function_id: UUID) -> HttpResponse:
    """Say by hand whether a function is a shortage occupation in a year."""
    actor, _association = planner_of(request)
    found = must(function_for(actor, function_id))
    form = FlagForm(request.POST)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {"year": today().year, "is_shortage": False}
    year, is_shortage = given["year"], given["is_shortage"]
    return do(
        request,
        lambda: flag_shortage(function=found, year=year, is_shortage=is_shortage, by=actor, at=now()),
        _("Saved."),
        reverse("planner:functions"),
    )


@login_required
@require_http_methods(_FORM)
def shortages(request: HttpRequest) -> HttpResponse:
    """Bring in the shortage occupations of a year."""
    actor, association = planner_of(request)
    form = ShortageForm(request.POST or None, request.FILES or None, initial={"year": today().year})
    return answer(
        request,
        form,
        lambda given: upload_shortage_list(
            association=association,
            year=given["year"],
            data=given["file"].read(),
            filename=given["file"].name,
            source=given["source"],
            by=actor,
            at=now(),
        ),
        title=_("Shortage occupations of a year"),
        lead=_("A list replaces the earlier one of that year. What somebody said by hand stays."),
        done=_("The list is in."),
        **_functions(),
    )


@login_required
@require_safe
def demand(request: HttpRequest) -> HttpResponse:
    """Show what every site asks, as a week, and the days that differ."""
    actor, association = planner_of(request)
    return render(request, "planner/association/demand.html", {"sites": site_asks(actor, association, today()), "weekdays": range(7)})


@login_required
@require_http_methods(_FORM)
def new_demand(request: HttpRequest) -> HttpResponse:
    """Ask people at a site, on weekdays or on one day."""
    actor, association = planner_of(request)
    sites = {str(row.pk): row for row in sites_of(actor, association)}
    known = {str(row.pk): row for row in functions_of(actor, association)}
    form = DemandForm(
        request.POST or None,
        sites=[(key, " · ".join(filter(None, (row.name, row.street)))) for key, row in sites.items()],
        functions=[(key, row.title) for key, row in known.items()],
        initial={"pause": 30, "site": request.GET.get("site", "")},
    )

    def keep(given: dict[str, Any]) -> None:
        with transaction.atomic():
            for when in form.times():
                set_demand(
                    association=association,
                    site=sites[given["site"]],
                    function=known[given["function"]],
                    when=when,
                    hours=form.hours(),
                    needs=form.needs(),
                    by=actor,
                    at=now(),
                )

    return answer(request, form, keep, title=_("People asked at a site"), done=_("Saved."), **_demand())


@login_required
@require_http_methods(_FORM)
def change_demand(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """Change what a site asks on one weekday or day."""
    actor, association = planner_of(request)
    found = must(demand_for(actor, demand_id))
    numbers = {name: getattr(found, name) for name in ("pause", "minimum", "wanted", "maximum")}
    form = NeedsForm(request.POST or None, initial={"starts": time_of(found.starts), "ends": time_of(found.ends), **numbers})

    def keep(_given: dict[str, Any]) -> None:
        with transaction.atomic():
            if form.hours().starts != found.starts:
                remove_demand(demand=found, by=actor, at=now())
            when = Ask(found.weekday, found.on, found.from_on, found.until_on)
            set_demand(
                association=association,
                site=found.site,
                function=found.function,
                when=when,
                hours=form.hours(),
                needs=form.needs(),
                by=actor,
                at=now(),
            )

    return answer(
        request,
        form,
        keep,
        title=_("%(function)s at %(site)s") % {"function": found.function.title, "site": found.site.name},
        done=_("Saved."),
        template="planner/association/asked.html",
        demand=found,
        **_demand(),
    )


@login_required
@require_POST
def drop_demand(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """Ask nobody any more there."""
    actor, _association = planner_of(request)
    found = must(demand_for(actor, demand_id))
    return do(request, lambda: remove_demand(demand=found, by=actor, at=now()), _("Taken away."), reverse("planner:demand"))
