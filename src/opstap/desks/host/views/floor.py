"""Today on my floor: one tap a person, everybody at once, or a whole week; every tap also works without scripts."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.host.floor_forms import DayForm, WeekForm, day_asked
from opstap.desks.host.noting import day_in_address, note_everyone, note_one
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.attendance.enums import DayState
from opstap.journey.attendance.operations import DayNote, record_days
from opstap.journey.evaluations.queries import to_write
from opstap.steering.overviews.queries.floor_today import FloorDay, FloorToday, FloorWeek, floor_day, floor_today, floor_week
from opstap.steering.overviews.queries.site_wall import has_rotation
from opstap.ui.addresses import reverse
from opstap.ui.requests import actor_of, is_fragment
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest

CHOICES = (DayState.HERE, DayState.LATE, DayState.EXCUSED, DayState.ABSENT)
"""What one tap can say; leave and other hours stand one step further."""
MOST_WAITING = 50
"""So many evaluations are counted on the page of the floor."""


def _floor(request: HttpRequest, on: date) -> FloorToday:
    floor = floor_today(actor_of(request), on, today())
    if floor is None:
        raise Http404
    return floor


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show who is expected on the day, with one tap for each."""
    floor = _floor(request, day_asked(request))
    waiting = to_write(actor_of(request), today(), MOST_WAITING)
    context = {"floor": floor, "choices": CHOICES, "evaluations": waiting, "has_rotation": has_rotation(actor_of(request))}
    return render(request, "host/floor.html", context)


def _day(request: HttpRequest, placement_id: UUID, on: date) -> FloorDay:
    day = floor_day(actor_of(request), placement_id, on, today())
    if day is None:
        raise Http404
    return day


@login_required
@require_safe
def row(request: HttpRequest, placement_id: UUID, on: str) -> HttpResponse:
    """Show one person's day, as it stands after a tap; outside htmx the whole page of that day."""
    day = _day(request, placement_id, day_in_address(on))
    if not is_fragment(request):
        return redirect(_page_of(day.on))
    return render(request, "host/floor_row.html", {"day": day, "choices": CHOICES})


@login_required
@require_POST
def note(request: HttpRequest, placement_id: UUID, on: str) -> HttpResponse:
    """Note how one day went; a no is said in the row itself."""
    day = _day(request, placement_id, day_in_address(on))
    form = DayForm(request.POST)

    def save() -> None:
        state, hours = DayState(form.cleaned_data["state"]), form.cleaned_data["hours"]
        record_days(notes=[DayNote(placement_id, day.on, state, hours)], by=actor_of(request), at=now())

    row_of, shown = reverse("host:floor_row", (placement_id, day.on.isoformat())), {"day": day, "choices": CHOICES}
    return note_one(request, form, save, template="host/floor_row.html", shown=shown, row=row_of, page=_page_of(day.on))


@login_required
@require_POST
def everyone(request: HttpRequest, on: str) -> HttpResponse:
    """Note that everybody who is expected and not noted yet was there."""
    floor = _floor(request, day_in_address(on))
    notes = [DayNote(day.placement_id, floor.on, DayState.HERE) for day in floor.open]
    save = partial(record_days, notes=notes, by=actor_of(request), at=now()) if notes else None
    return note_everyone(request, save, _page_of(floor.on))


def _week(request: HttpRequest, on: date) -> FloorWeek:
    week = floor_week(actor_of(request), on, today())
    if week is None:
        raise Http404
    return week


@login_required
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """Show a week: what is not noted yet stands on "here", so that only what was different asks for a tap."""
    shown = _week(request, day_asked(request))
    return render(request, "host/week.html", {"week": shown, "form": WeekForm(shown), "back": reverse("host:floor")})


@login_required
@require_POST
def save_week(request: HttpRequest, on: str) -> HttpResponse:
    """Note a whole week at once: all of it, or nothing and why."""
    shown = _week(request, day_in_address(on))
    form = WeekForm(shown, request.POST)
    refusal = ""
    if form.is_valid():
        try:
            if notes := form.notes():
                record_days(notes=notes, by=actor_of(request), at=now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("The week is saved."))
            return redirect(f"{reverse('host:week')}?dag={shown.monday.isoformat()}")
    props = {"week": shown, "form": form, "refusal": refusal, "back": reverse("host:floor")}
    return render(request, "host/week.html", props, status=422)


def _page_of(on: date) -> str:
    return f"{reverse('host:floor')}?dag={on.isoformat()}"
