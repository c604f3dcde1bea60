"""One place: all of it, and what the coordinator can do with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.coordinator.forms import HoldForm, PauseForm, TermsForm
from opstap.desks.coordinator.views.returning import list_of
from opstap.engine.shared import Refused
from opstap.engine.shared.vocabulary import half_day_codes
from opstap.foundation import clock
from opstap.journey.placements.operations import resize_place
from opstap.journey.places.operations import (
    change_place,
    confirm_place,
    hold_seats,
    pause_place,
    release_hold,
    resume_place,
)
from opstap.steering.overviews.queries.place_page import PlacePage, mentors_for, place_page, seats_of, steered_place
from opstap.ui.addresses import reverse
from opstap.ui.requests import actor_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from opstap.journey.places.models import Place

HOLD_DAYS = 14
"""For how long a seat is usually held."""


@login_required
@require_safe
def show(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Show a place with its seats, people, mentor, holds, and what the latest round found."""
    return _page(request, _found(request, place_id))


@login_required
@require_POST
def hold(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Keep seats free until a day."""
    return _do(request, place_id, hold_seats, HoldForm(request.POST), _("The seats are held. No round proposes them until then."))


@login_required
@require_POST
def pause(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Pause a place until it is open again."""
    return _do(request, place_id, pause_place, PauseForm(request.POST), _("The place is paused. It opens again by itself on that day."))


@login_required
@require_POST
def resume(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Open a paused place again."""
    return _do(request, place_id, resume_place, None, _("The place is open again."))


@login_required
@require_POST
def confirm(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Keep that the host said the place is still right."""
    return _do(request, place_id, confirm_place, None, _("Confirmed as of today."))


@login_required
@require_POST
def release(request: HttpRequest, place_id: UUID, hold_id: UUID) -> HttpResponse:
    """Free held seats."""
    found = _found(request, place_id)
    held = next((each for each in found.holds if each.pk == hold_id), None)
    if held is None:
        raise Http404
    release_hold(hold=held, by=actor_of(request), at=clock.now())
    messages.success(request, _("The seats are free again."))
    return redirect("coordinator:place", place_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Change what a place asks and offers, its seats and its mentor."""
    actor = actor_of(request)
    place = steered_place(actor, place_id)
    if place is None:
        raise Http404
    seats, in_use = seats_of(actor, place, clock.today())
    mentors = {str(mentor.pk): mentor for mentor in mentors_for(actor, place)}
    names = [(key, mentor.name) for key, mentor in mentors.items()]
    form = TermsForm(request.POST or None, initial=_terms_of(place, seats), mentors=names, instruments=place.programme.instruments)
    refusal = ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            resize_place(place=place, seats=given["seats"], by=actor, at=clock.now())
            terms = form.terms(place.occupation_code)
            change_place(place=place, terms=terms, mentor=mentors.get(given["mentor"]), by=actor, at=clock.now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("The place is changed. It counts as confirmed today."))
            return redirect("coordinator:place", place_id)
    context = {"place": place, "form": form, "refusal": refusal, "in_use": in_use}
    return render(request, "coordinator/place/change.html", context, status=422 if form.is_bound else 200)


def _terms_of(place: Place, seats: int) -> dict[str, Any]:
    """Return a place's terms as the form shows them."""
    names = ("title", "tasks", "hours_per_month", "dutch_level", "demands", "instruments", "starts_on", "until_on")
    return {name: getattr(place, name) for name in names} | {
        "half_days": list(half_day_codes(place.half_days)),
        "seats": seats,
        "mentor": str(place.mentor_id or ""),
        "licences": ", ".join(place.licences),
        "teaches": "\n".join(place.teaches),
    }


def _found(request: HttpRequest, place_id: UUID) -> PlacePage:
    found = place_page(actor_of(request), place_id, clock.today())
    if found is None:
        raise Http404
    return found


def _do(request: HttpRequest, place_id: UUID, operation: Callable[..., Any], form: forms.Form | None, done: str) -> HttpResponse:
    """Run the operation with what the form holds; what is wrong is shown on the form."""
    found = _found(request, place_id)
    shown: dict[str, Any] = {type(form).__name__: form}
    if form is not None and not form.is_valid():
        return _page(request, found, shown, status=422)
    try:
        operation(place=found.place, **(form.cleaned_data if form else {}), by=actor_of(request), at=clock.now())
    except Refused as refused:
        return _page(request, found, shown, refusal=say(refused.reason), status=422)
    messages.success(request, done)
    return redirect(list_of(request) or reverse("coordinator:place", args=[place_id]))


def _page(
    request: HttpRequest, found: PlacePage, given: dict[str, Any] | None = None, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    shown = given or {}
    hold_form = shown.get("HoldForm") or HoldForm(initial={"until": clock.today() + timedelta(days=HOLD_DAYS)}, auto_id="hold_%s")
    pause_form = shown.get("PauseForm") or PauseForm(auto_id="pause_%s")
    context = {"found": found, "place": found.place, "line": found.line, "hold_form": hold_form, "pause_form": pause_form}
    broken = next((form for form in shown.values() if form is not None), None)
    context |= {"today": clock.today(), "refusal": refusal, "broken": broken}
    return render(request, "coordinator/place/place.html", context, status=status)
