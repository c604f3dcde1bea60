"""Publishing a roster, and reading how good it is."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from opstap.desks.planner.rosters.found import found_roster
from opstap.engine.shared import Refused
from opstap.foundation import clock
from opstap.journey.rosters.enums import RosterState
from opstap.journey.rosters.operations import publish_roster
from opstap.steering.overviews.queries.roster_compare import roster_compare
from opstap.steering.overviews.queries.roster_news import roster_news
from opstap.steering.overviews.queries.roster_score import roster_score


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Show what everybody would be told, per person; and tell it."""
    actor, roster = found_roster(request, roster_id)
    refusal, status = None, 200
    if request.method == "POST":
        agreed = _agreed(request)
        if "iedereen" in request.POST and (all_news := roster_news(actor, roster, clock.now())):
            agreed |= {person.contract_id for person in all_news.people if person.is_late}
        try:
            publish_roster(roster=roster, agreed=agreed, by=actor, at=clock.now())
        except Refused as refused:
            refusal, status = refused.reason, 422
        else:
            return redirect("planner:roster", roster.pk)
    is_told_next = roster.state == RosterState.READY and not roster.suppositions
    news = roster_news(actor, roster, clock.now()) if is_told_next else None
    if news is None:
        raise Http404
    return render(request, "planner/rosters/publish.html", {"roster": roster, "news": news, "refusal": refusal}, status=status)


def _agreed(request: HttpRequest) -> set[UUID]:
    found = set()
    for key in request.POST.getlist("akkoord"):
        try:
            found.add(UUID(key))
        except ValueError:
            continue  # not one of our boxes
    return found


@login_required
@require_safe
def compare(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Show a draft beside what is published: costs, what is missing, and each person's days in both."""
    actor, roster = found_roster(request, roster_id)
    if roster.suppositions:
        return redirect("planner:supposition", roster.pk)
    found = roster_compare(actor, roster, clock.now()) if roster.state == RosterState.READY else None
    if found is None:
        raise Http404
    return render(request, "planner/rosters/compare.html", {"roster": roster, "compare": found})


@login_required
@require_safe
def score(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Show what every rule weighs and costs, what is missing and why, what is learned, and what is scarce."""
    actor, roster = found_roster(request, roster_id)
    found = roster_score(actor, roster, clock.now())
    if found is None:
        raise Http404
    return render(request, "planner/rosters/score.html", {"roster": roster, "score": found})
