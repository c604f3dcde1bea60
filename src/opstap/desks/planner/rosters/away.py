"""Somebody cannot come: noted, and at once who could take over."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from opstap.desks.planner.own import planner_of
from opstap.desks.planner.rosters.forms import AwayForm
from opstap.desks.planner.rosters.found import day_in, found_roster
from opstap.engine.shared import Refused
from opstap.foundation import clock
from opstap.journey.associations.enums import AbsenceKind
from opstap.journey.associations.queries import contract_for, current_contracts
from opstap.journey.rosters.operations import report_absence
from opstap.journey.rosters.queries import drafts_with_holes
from opstap.steering.overviews.queries.roster_moves import lost_shifts
from opstap.ui.words import say

_AHEAD = timedelta(days=366)
"""How far a planner looks ahead for people who can be away."""


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Note that somebody is away; what is lost and who could take over comes next."""
    actor, association = planner_of(request)
    today = clock.today()
    people = [(str(row.pk), str(row.person)) for row in current_contracts(actor, association, today, today + _AHEAD)]
    on = day_in(request.GET.get("dag", ""))
    given = {"contract": request.GET.get("wie", ""), "from_on": on or today, "last_on": on}
    form, refusal = AwayForm(request.POST or None, people=people, initial=given), None
    if request.method == "POST" and form.is_valid():
        contract = contract_for(actor, UUID(form.cleaned_data["contract"]))
        if contract is None:
            raise Http404
        kind, first = AbsenceKind(form.cleaned_data["kind"]), form.cleaned_data["from_on"]
        try:
            away = report_absence(contract=contract, from_on=first, until_on=form.until_on, kind=kind, by=actor, at=clock.now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            return redirect("planner:lost", away.drafts[0].pk) if away.drafts else redirect("planner:rosters")
    status = 422 if request.method == "POST" else 200
    return render(request, "planner/rosters/away.html", {"form": form, "refusal": refusal}, status=status)


@login_required
@require_safe
def lost(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Show the shifts that fell out of a draft, each with who could take it over, the best first."""
    actor, roster = found_roster(request, roster_id)
    context = {"roster": roster, "lost": lost_shifts(actor, roster, clock.now()), "others": drafts_with_holes(actor, roster)}
    return render(request, "planner/rosters/lost.html", context)
