"""Workers of an employers' association at the own sites: who works by the roster and whether they were there, and the week for the wall."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.host.floor_forms import PresenceForm, day_asked
from opstap.desks.host.noting import day_in_address, note_everyone, note_one
from opstap.foundation.actor import Actor, Role
from opstap.foundation.clock import now, today
from opstap.journey.rosters.enums import PresenceState
from opstap.journey.rosters.operations import PresenceNote, note_presence
from opstap.steering.overviews.queries.rotation_floor import FloorShift, RotationFloor, floor_shift, rotation_floor
from opstap.steering.overviews.queries.site_wall import site_wall
from opstap.ui.addresses import reverse
from opstap.ui.requests import actor_of, is_fragment

if TYPE_CHECKING:
    from django.http import HttpRequest

CHOICES = tuple(PresenceState)


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show who works on the day at each site of the own organisation, with one tap for each."""
    return render(request, "host/rotation.html", {"floor": _floor(request, day_asked(request)), "choices": CHOICES})


@login_required
@require_safe
def row(request: HttpRequest, contract_id: UUID, on: str) -> HttpResponse:
    """Show one worker's day, as it stands after a tap; outside htmx the whole page of that day."""
    shift = _shift(request, contract_id, day_in_address(on))
    if not is_fragment(request):
        return redirect(_page_of(shift.on))
    return render(request, "host/rotation_row.html", {"shift": shift, "choices": CHOICES})


@login_required
@require_POST
def note(request: HttpRequest, contract_id: UUID, on: str) -> HttpResponse:
    """Note how one day went; a no is said in the row itself."""
    shift = _shift(request, contract_id, day_in_address(on))
    form = PresenceForm(request.POST)

    def save() -> None:
        hours: Decimal | None = form.cleaned_data["hours"]
        minutes = None if hours is None else round(hours * 60)
        what = PresenceNote(contract_id, shift.on, PresenceState(form.cleaned_data["state"]), minutes)
        note_presence(notes=[what], by=actor_of(request), at=now())

    row_of, shown = reverse("host:rotation_row", (contract_id, shift.on.isoformat())), {"shift": shift, "choices": CHOICES}
    return note_one(request, form, save, template="host/rotation_row.html", shown=shown, row=row_of, page=_page_of(shift.on))


@login_required
@require_POST
def everyone(request: HttpRequest, on: str) -> HttpResponse:
    """Note that everybody who was told to come and is not noted yet was there."""
    floor = _floor(request, day_in_address(on))
    notes = [PresenceNote(each.contract_id, floor.on, PresenceState.HERE) for each in floor.open]
    save = partial(note_presence, notes=notes, by=actor_of(request), at=now()) if notes else None
    return note_everyone(request, save, _page_of(floor.on))


@login_required
@require_safe
def wall(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Show the week of a site to print."""
    found = site_wall(_of_a_floor(request), site_id, day_asked(request))
    if found is None:
        raise Http404
    return render(request, "host/wall.html", {"wall": found})


def _of_a_floor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.has(Role.HOST, Role.MENTOR):
        raise Http404
    return actor


def _floor(request: HttpRequest, on: date) -> RotationFloor:
    floor = rotation_floor(actor_of(request), on, today())
    if floor is None:
        raise Http404
    return floor


def _shift(request: HttpRequest, contract_id: UUID, on: date) -> FloorShift:
    shift = floor_shift(actor_of(request), contract_id, on, today())
    if shift is None:
        raise Http404
    return shift


def _page_of(on: date) -> str:
    return f"{reverse('host:rotation')}?dag={on.isoformat()}"
