"""A week of a roster as a grid, and what the planner's hand does in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.planner.rosters.found import day_in, found_roster, found_shift
from opstap.engine.shared import Reason
from opstap.foundation import clock
from opstap.journey.associations.queries import contract_for
from opstap.journey.rosters.enums import UNDER_WAY, RosterState
from opstap.journey.rosters.operations import add_shift, move_shift, pin_day, remove_shift, undo_change, unpin_day
from opstap.steering.overviews.queries.roster_moves import need_page, shift_page, target_of, verdicts
from opstap.steering.overviews.queries.roster_week import roster_week
from opstap.ui.addresses import reverse
from opstap.ui.components.status import reason

if TYPE_CHECKING:
    from opstap.journey.rosters.models import Roster

_NOBODY = UUID(int=0)
VIEWS = ("mensen", "plekken")


@login_required
@require_safe
def show(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Show how far a roster is, why it could not be made, or a week of it: people by day, or sites by day."""
    actor, roster = found_roster(request, roster_id)
    if roster.suppositions and roster.state != RosterState.READY:
        return redirect("planner:supposition", roster.pk)
    if roster.state in UNDER_WAY or roster.state == RosterState.FAILED:
        return render(request, "planner/rosters/progress.html", {"roster": roster, "is_under_way": roster.state in UNDER_WAY})
    view = request.GET.get("zicht", VIEWS[0])
    week = roster_week(actor, roster, day_in(request.GET.get("week", "")), clock.today())
    if week is None:
        raise Http404
    here = week.weeks.index(week.monday)
    context: dict[str, Any] = {
        "week": week, "roster": roster, "view": view if view in VIEWS else VIEWS[0], "number": here + 1,
        "before": week.weeks[here - 1] if here else None, "after": week.weeks[here + 1] if here + 1 < len(week.weeks) else None,
        "is_draft": roster.state == RosterState.READY, "shift_base": _shift_base(), "today": clock.today(),
        "need_base": f"{reverse('planner:roster', args=[roster.pk])}vraag/",
    }  # fmt: skip
    return render(request, "planner/rosters/week.html", context)


def _shift_base() -> str:
    """Return what stands before the id in the address of a shift: a grid has hundreds, and each would be looked up."""
    return reverse("planner:shift", args=[_NOBODY]).removesuffix(f"{_NOBODY}/")


@login_required
@require_safe
def verdict(request: HttpRequest, shift_id: UUID) -> JsonResponse:
    """Answer where a shift could go within its week: per place whether it may, the points, and the words."""
    actor, shift = found_shift(request, shift_id)
    found = verdicts(actor, shift, clock.now()) or {}
    told = {key: {"ok": is_allowed, "points": points, "words": in_words(reasons)} for key, (is_allowed, points, reasons) in found.items()}
    return JsonResponse(told)


def in_words(reasons: tuple[Reason, ...]) -> str:
    """Return the first two reasons as sentences."""
    return " ".join(reason(each) for each in reasons[:2])


@login_required
@require_safe
def shift(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Show why a shift is so, why not elsewhere, and every place where it could go."""
    actor, row = found_shift(request, shift_id)
    page = shift_page(actor, row, clock.now())
    if page is None:
        raise Http404
    context = {"page": page, "shift": row, "roster": row.roster, "back": week_url(row.roster, row.on)}
    return render(request, "planner/rosters/shift.html", context)


@login_required
@require_safe
def need(request: HttpRequest, roster_id: UUID, work: str) -> HttpResponse:
    """Show who could fill what a site asks on a day."""
    actor, roster = found_roster(request, roster_id)
    target = target_of(f"{_NOBODY}_{work}")
    page = need_page(actor, roster, target, clock.now()) if target else None
    if page is None or target is None:
        raise Http404
    context = {"page": page, "roster": roster, "back": week_url(roster, page.on, "plekken"), "is_draft": roster.state == RosterState.READY}
    return render(request, "planner/rosters/need.html", context)


@login_required
@require_POST
def move(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Give a shift to another person, day or place."""
    actor, row = found_shift(request, shift_id)
    target = target_of(request.POST.get("plek", ""))
    if target is None:
        raise Http404
    move_shift(shift=row, to=target, why=request.POST.get("waarom", ""), by=actor, at=clock.now())
    return _back(request, row.roster, target.on)


@login_required
@require_POST
def give(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Give somebody a shift that nobody has."""
    actor, roster = found_roster(request, roster_id)
    target = target_of(request.POST.get("plek", ""))
    if target is None:
        raise Http404
    add_shift(roster=roster, to=target, why=request.POST.get("waarom", ""), by=actor, at=clock.now())
    return _back(request, roster, target.on)


@login_required
@require_POST
def remove(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Let somebody be free that day."""
    actor, row = found_shift(request, shift_id)
    remove_shift(shift=row, why=request.POST.get("waarom", "") or "-", by=actor, at=clock.now())
    return _back(request, row.roster, row.on)


@login_required
@require_POST
def pin(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Decide that somebody's day stays as it is, or let it go again."""
    actor, roster = found_roster(request, roster_id)
    who, _, day = request.POST.get("dag", "").partition("_")
    on, contract = day_in(day), contract_for(actor, _id(who))
    if on is None or contract is None or contract.association_id != roster.association_id:
        raise Http404
    act = unpin_day if "los" in request.POST else pin_day
    act(roster=roster, contract=contract, on=on, why=request.POST.get("waarom", ""), by=actor, at=clock.now())
    return _back(request, roster, on)


@login_required
@require_POST
def undo(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Undo the last change by hand."""
    actor, roster = found_roster(request, roster_id)
    undo_change(roster=roster, by=actor, at=clock.now())
    return _back(request, roster, day_in(request.POST.get("week", "")) or roster.start)


def week_url(roster: Roster, on: date, view: str = VIEWS[0]) -> str:
    """Return the address of the week of a day."""
    return f"{reverse('planner:roster', args=[roster.pk])}?week={on.isoformat()}&zicht={view}"


def _back(request: HttpRequest, roster: Roster, on: date) -> HttpResponse:
    """Go back to where the form says, within this house, else to the week."""
    wanted = request.POST.get("terug", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, None):
        return redirect(wanted)
    view = request.POST.get("zicht", VIEWS[0])
    return redirect(week_url(roster, on, view if view in VIEWS else VIEWS[0]))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
