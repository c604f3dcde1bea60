"""The list of rosters, asking for one, following it, trying something beside."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.planner.own import planner_of
from opstap.desks.planner.rosters.forms import AskForm
from opstap.desks.planner.rosters.found import found_roster
from opstap.engine.shared import Refused
from opstap.foundation import clock
from opstap.journey.rosters.enums import UNDER_WAY, RosterKind, RosterState
from opstap.journey.rosters.operations import Wanted, ask_roster, copy_roster
from opstap.journey.rosters.queries import months_to_answer
from opstap.steering.overviews.queries.not_there import not_there
from opstap.steering.overviews.queries.roster_paper import waiting_on_paper
from opstap.steering.overviews.queries.roster_week import roster_lines
from opstap.ui.addresses import reverse
from opstap.ui.words import say


@login_required
@require_safe
def rosters(request: HttpRequest) -> HttpResponse:
    """Show the rosters that count today, drafts, and what is past."""
    actor, association = planner_of(request)
    lines = roster_lines(actor, association, clock.today())
    waiting = waiting_on_paper(actor, association, clock.today())
    context = {
        "association": association, "lines": lines, "today": clock.today(), "on_paper": len(waiting),
        "not_there": not_there(actor, association, clock.today()), "to_answer": months_to_answer(actor, association),
    }  # fmt: skip
    return render(request, "planner/rosters/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a roster; a worker makes it."""
    actor, association = planner_of(request)
    form = AskForm(request.POST or None, initial={"start": _next_monday(clock.today())})
    refusal = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        wanted = Wanted(given["start"], given["weeks"], form.criteria, seconds=given["seconds"])
        try:
            made = ask_roster(association=association, wanted=wanted, by=actor, at=clock.now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            return redirect("planner:roster", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "planner/rosters/ask.html", {"form": form, "refusal": refusal, "association": association}, status=status)


@login_required
@require_safe
def progress(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Answer with how far a roster is; when it is over, with its page."""
    _actor, roster = found_roster(request, roster_id)
    if roster.state in UNDER_WAY:
        return render(request, "planner/rosters/bar.html", {"roster": roster})
    response = HttpResponse()
    response["HX-Redirect"] = reverse("planner:supposition" if roster.suppositions else "planner:roster", args=[roster_id])
    return response


@login_required
@require_POST
def copy(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Make a draft beside a roster, to try something in."""
    actor, roster = found_roster(request, roster_id)
    made = copy_roster(roster=roster, kind=RosterKind.WHAT_IF, title=_("What if"), by=actor, at=clock.now())
    return redirect("planner:roster", made.pk)


@login_required
@require_POST
def again(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Search anew for the same weeks and keep what is pinned; after a publication: change as little as possible."""
    actor, roster = found_roster(request, roster_id)
    is_repair = roster.state == RosterState.PUBLISHED or "herstellen" in request.POST
    kind = RosterKind.REPAIR if is_repair else RosterKind.NEW
    wanted = Wanted(roster.start, roster.weeks, roster.order, seed=roster.seed + 1, seconds=10 if is_repair else roster.seconds)
    made = ask_roster(association=roster.association, wanted=wanted, kind=kind, based_on=roster, by=actor, at=clock.now())
    return redirect("planner:roster", made.pk)


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())
