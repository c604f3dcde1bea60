"""The host's own places: as they stand, still right, paused, open again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.host.pausing import PauseDoors, paused
from opstap.foundation.clock import now, today
from opstap.journey.evaluations.queries import to_write
from opstap.journey.places.operations import confirm_place, resume_place
from opstap.steering.overviews.queries.signing import host_signatures
from opstap.steering.overviews.queries.work_floor import FloorPlace, floor_place, work_floor
from opstap.ui.addresses import reverse
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


MOST_WAITING = 50
"""So many evaluations are counted on the first page."""


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for an answer, who is coming, and every place."""
    floor = work_floor(actor_of(request), today())
    if floor is None:
        raise Http404
    actor = actor_of(request)
    evaluations = to_write(actor, today(), MOST_WAITING)
    props = {"floor": floor, "today": today(), "to_sign": host_signatures(actor), "evaluations": evaluations}
    return render(request, "host/home.html", props)


def _own_place(request: HttpRequest, place_id: UUID) -> FloorPlace:
    floor = floor_place(actor_of(request), place_id, today())
    if floor is None:
        raise Http404
    return floor


@login_required
@require_safe
def show(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Show one place: seats, mentor, people, and what would help to fill it."""
    return render(request, "host/place.html", {"floor": _own_place(request, place_id), "today": today()})


@login_required
@require_POST
def confirm(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Keep that the place is still right; one click, from the list or from its page."""
    floor = _own_place(request, place_id)
    confirm_place(place=floor.place, by=actor_of(request), at=now())
    messages.success(request, _("Thank you. %(place)s is still right.") % {"place": capfirst(floor.row.title)})
    return redirect("host:place" if request.GET.get("terug") == "plaats" else "host:home", *_back(request, place_id))


def _back(request: HttpRequest, place_id: UUID) -> tuple[UUID, ...]:
    return (place_id,) if request.GET.get("terug") == "plaats" else ()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Pause the place until a day; rounds leave it alone, who is there or was proposed stays."""
    doors = PauseDoors("ui/staff.html", reverse("host:place", args=[place_id]))
    return paused(request, actor_of(request), _own_place(request, place_id), doors)


@login_required
@require_POST
def resume(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Open a paused place again."""
    resume_place(place=_own_place(request, place_id).place, by=actor_of(request), at=now())
    messages.success(request, _("The place is open again."))
    return redirect("host:place", place_id)
