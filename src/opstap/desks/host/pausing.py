"""Pausing a place as host: the same form and outcome, logged in or by a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opstap.desks.host.forms import PauseForm
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.places.operations import pause_place
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from opstap.foundation.actor import Actor
    from opstap.steering.overviews.queries.work_floor import FloorPlace


@dataclass(frozen=True, slots=True)
class PauseDoors:
    """In which shell the form stands, and the address of the place to go back to."""

    shell: str
    back: str


def paused(request: HttpRequest, actor: Actor, floor: FloorPlace, doors: PauseDoors) -> HttpResponse:
    """Pause the place until the day of a POST and lead back to it; a wrong day shows the form again with what is wrong."""
    form = PauseForm(request.POST if request.method == "POST" else None, today=today())
    refusal = ""
    if form.is_valid():
        try:
            pause_place(place=floor.place, by=actor, at=now(), **form.cleaned_data)
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("Paused. On the day you chose, the place opens again by itself."))
            return redirect(doors.back)
    props = {"floor": floor, "form": form, "refusal": refusal, "doors": doors}
    return render(request, "host/pause.html", props, status=422 if form.is_bound else 200)
