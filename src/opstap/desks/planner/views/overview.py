"""The association at a glance, its terms, members and sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.bridges.spreadsheets.cells import fold
from opstap.desks.planner.forms.structure import MemberForm, NewSiteForm, PeriodForm, SiteForm, TermsForm, UntilForm
from opstap.desks.planner.own import answer, do, must, planner_of
from opstap.foundation.clock import now, today
from opstap.foundation.organisations.enums import OrganisationKind
from opstap.foundation.organisations.operations import add_organisation
from opstap.journey.associations.enums import FocusGroup
from opstap.journey.associations.operations import (
    Address,
    AssociationTerms,
    add_site,
    close_site,
    end_membership,
    join_member,
    locate_site,
    open_site,
    set_association_terms,
    set_site_terms,
)
from opstap.journey.associations.queries import (
    closure_for,
    membership_for,
    possible_members,
    site_for,
    site_terms_of,
)
from opstap.steering.overviews.queries.associations import association_page
from opstap.ui.addresses import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from opstap.foundation.actor import Actor
    from opstap.foundation.organisations.models import Organisation

_FORM = ["GET", "HEAD", "POST"]


def _back(**more: str) -> dict[str, str]:
    return {"back": _("Association"), "back_url": reverse("planner:home"), **more}


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show members, sites, coaches, how many work and how many are meant to, and who may come next."""
    actor, association = planner_of(request)
    page = association_page(actor, association, today())
    return render(request, "planner/overview.html", {"page": page, "towards": page.towards, "association": association})


@login_required
@require_http_methods(_FORM)
def terms(request: HttpRequest) -> HttpResponse:
    """Change target, cap and notice."""
    actor, association = planner_of(request)
    first = {
        "target": association.target,
        "next_target": association.next_target,
        "worker_cap": association.worker_cap,
        "notice": association.notice_working_days,
    }
    groups = tuple(FocusGroup(group) for group in association.focus_groups)
    return answer(
        request,
        TermsForm(request.POST or None, initial=first),
        lambda given: set_association_terms(
            association=association,
            terms=AssociationTerms(given["target"], given["next_target"], given["worker_cap"], groups, given["notice"]),
            by=actor,
            at=now(),
        ),
        title=_("Target and limits"),
        done=_("Saved."),
        **_back(),
    )


@login_required
@require_http_methods(_FORM)
def join(request: HttpRequest) -> HttpResponse:
    """Let an organisation become a member."""
    actor, association = planner_of(request)
    known = {str(row.pk): row for row in possible_members(actor, association)}
    form = MemberForm(request.POST or None, organisations=[(key, row.name) for key, row in known.items()], initial={"from_on": today()})

    def keep(given: dict[str, Any]) -> None:
        days = {name: given[name] for name in ("from_on", "until_on")}
        with transaction.atomic():
            organisation = known.get(given["organisation"]) or _new_member(given, actor)
            join_member(association=association, organisation=organisation, by=actor, at=now(), **days)

    return answer(
        request,
        form,
        keep,
        title=_("A new member"),
        lead=_("Only members use workers of the association, and only on the days of their membership."),
        done=_("The organisation is a member."),
        **_back(),
    )


def _new_member(given: dict[str, Any], actor: Actor) -> Organisation:
    kind = OrganisationKind(given["kind"] or OrganisationKind.COMPANY)
    name = " ".join(given["new_name"].split())
    return add_organisation(name=name, folded_name=fold(name), kind=kind, by=actor, at=now())


@login_required
@require_http_methods(_FORM)
def new_site(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Add a site of a member."""
    actor, association = planner_of(request)
    membership = must(membership_for(actor, membership_id))
    organisation = membership.organisation
    return answer(
        request,
        NewSiteForm(request.POST or None),
        lambda given: add_site(
            association=association, organisation=organisation, name=given.pop("name"), address=Address(**given), by=actor, at=now()
        ),
        title=_("A site of %(name)s") % {"name": organisation.name},
        lead=_("Then name a coach there, and say how many people it asks: only then somebody can be planned."),
        done=_("The site is added. Name a coach there now."),
        **_back(),
    )


@login_required
@require_http_methods(_FORM)
def leave(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Let a membership end."""
    actor, _association = planner_of(request)
    membership = must(membership_for(actor, membership_id))
    return answer(
        request,
        UntilForm(request.POST or None, initial={"until_on": membership.until_on}),
        lambda given: end_membership(membership=membership, until_on=given["until_on"], by=actor, at=now()),
        title=_("Membership of %(name)s ends") % {"name": membership.organisation.name},
        lead=_("From that day on nobody can be planned there."),
        done=_("Saved."),
        **_back(),
    )


@login_required
@require_http_methods(_FORM)
def site(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Say what a roster must know of a site."""
    actor, association = planner_of(request)
    found = must(site_for(actor, association, site_id))
    known, closures = site_terms_of(actor, association)
    was = known.get(found.pk)
    sundays = "\n".join(on.isoformat() for on in was.extra_sundays) if was else ""
    first: dict[str, Any] = {"municipality": found.municipality, "neighbourhood": found.neighbourhood}
    first |= {"is_seaside_shop": bool(was and was.is_seaside_shop), "extra_sundays": sundays}
    form = SiteForm(request.POST or None, initial=first)

    def keep(given: dict[str, Any]) -> None:
        where = {name: given.pop(name) for name in ("municipality", "neighbourhood")}
        with transaction.atomic():
            if where != {name: first[name] for name in where}:
                locate_site(association=association, site=found, by=actor, at=now(), **where)
            set_site_terms(association=association, site=found, by=actor, at=now(), **given)

    return answer(
        request,
        form,
        keep,
        title=found.name,
        lead=", ".join(filter(None, (found.organisation.name, found.street, found.municipality))),
        done=_("Saved."),
        closures=[(row, reverse("planner:open_site", args=[row.pk])) for row in closures.get(found.pk, ()) if row.until_on > today()],
        close_url=reverse("planner:close_site", args=[found.pk]),
        template="planner/association/site.html",
        **_back(),
    )


@login_required
@require_http_methods(_FORM)
def close(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Close a site on some days."""
    actor, association = planner_of(request)
    found = must(site_for(actor, association, site_id))
    return answer(
        request,
        PeriodForm(request.POST or None),
        lambda given: close_site(association=association, site=found, by=actor, at=now(), **given),
        title=_("%(name)s is closed") % {"name": found.name},
        lead=_("Nobody is planned there on these days."),
        done=_("Saved."),
        back=found.name,
        back_url=reverse("planner:site", args=[found.pk]),
    )


@login_required
@require_POST
def reopen(request: HttpRequest, closure_id: UUID) -> HttpResponse:
    """Take back that a site is closed."""
    actor, association = planner_of(request)
    closure = must(closure_for(actor, association, closure_id))
    url = reverse("planner:site", args=[closure.site_id])
    return do(request, lambda: open_site(association=association, closure=closure, by=actor, at=now()), _("The site is open again."), url)
