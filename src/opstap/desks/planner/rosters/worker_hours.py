"""A worker's month day by day, and one day of it: noted while the month is open, corrected with four eyes once it is closed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.planner.own import answer, do, must, planner_of
from opstap.desks.planner.rosters.day_form import DayForm
from opstap.desks.planner.rosters.months import month_asked, month_url
from opstap.foundation import clock
from opstap.journey.rosters.enums import PresenceState
from opstap.journey.rosters.operations import (
    PresenceNote,
    approve_day_correction,
    note_presence,
    propose_day_correction,
    refuse_day_correction,
    withdraw_day_correction,
)
from opstap.journey.rosters.queries import day_correction_for
from opstap.steering.overviews.queries.worker_hours import WorkerHours, worker_hours
from opstap.ui.addresses import reverse
from opstap.ui.components import status

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor


@login_required
@require_safe
def show(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Show a month of a worker (`?maand=2023-09`), else this one."""
    actor, _association = planner_of(request)
    page = must(worker_hours(actor, contract_id, month_asked(request.GET.get("maand", "")), clock.today()))
    return render(request, "planner/rosters/worker_hours.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, contract_id: UUID, on: str) -> HttpResponse:
    """Say how a day went: noted in an open month, proposed as a correction in a closed one."""
    actor, _association = planner_of(request)
    when = _day(on)
    page = must(worker_hours(actor, contract_id, when.replace(day=1), clock.today()))
    found = must(page.day(when))
    first = {"state": found.suggested.value, "hours": round(found.minutes / 60, 2) if found.minutes else None}
    form = DayForm(request.POST or None, initial=first, needs_reason=page.is_closed)
    lead = _("The month is closed: somebody else who plans approves the correction, or refuses it. Until then nothing changes.")
    return answer(
        request,
        form,
        lambda given: _keep(page, when, given, actor),
        title=_("%(name)s on %(day)s") % {"name": page.contract.person, "day": status.day(when)},
        lead=lead if page.is_closed else _("The month is open: what you note here counts at once, as what the floor notes."),
        button=_("Propose the correction") if page.is_closed else _("Note this"),
        done=_("The correction is proposed. Somebody else approves it.") if page.is_closed else _("Noted."),
        back=_("Hours of %(name)s") % {"name": page.contract.person},
        back_url=f"{reverse('planner:worker_hours', [contract_id])}?maand={when:%Y-%m}",
        template="planner/rosters/correct_day.html",
        day=found,
        is_closed=page.is_closed,
    )


@login_required
@require_POST
def decide(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Approve a correction of a day that another proposed (`besluit` "ja"), take the own one back ("terug"), or refuse it, and why."""
    actor, _association = planner_of(request)
    row = must(day_correction_for(actor, correction_id))
    given: dict[str, Any] = {"correction": row, "by": actor, "at": clock.now()}
    what = request.POST.get("besluit", "")
    if what == "ja":
        work, done = (lambda: approve_day_correction(**given)), _("The correction is approved.")
    elif what == "terug":
        work, done = (lambda: withdraw_day_correction(**given)), _("The correction is taken back.")
    else:
        work, done = (lambda: refuse_day_correction(answer=request.POST.get("waarom", ""), **given)), _("The correction is refused.")
    return do(request, work, done, month_url(row.on))


def _keep(page: WorkerHours, on: date, given: dict[str, Any], actor: Actor) -> None:
    minutes = None if given["hours"] is None else round(given["hours"] * 60)
    note = PresenceNote(page.contract.pk, on, PresenceState(given["state"]), minutes)
    if page.is_closed:
        propose_day_correction(contract=page.contract, note=note, reason=given["reason"], by=actor, at=clock.now())
    else:
        note_presence(notes=[note], by=actor, at=clock.now())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
