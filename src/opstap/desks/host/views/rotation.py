"""Workers of an employers' association at the own sites: who works today by the roster, and the week for the wall."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.desks.host.floor_forms import day_asked
from opstap.foundation.actor import Actor, Role
from opstap.foundation.clock import today
from opstap.steering.overviews.queries.site_wall import floor_roster, site_wall
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from django.http import HttpRequest


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show who works on the day at each site of the own organisation."""
    actor, on = _of_a_floor(request), day_asked(request)
    context = {
        "floors": floor_roster(actor, on), "on": on, "today": today(), "before": on - timedelta(days=1), "after": on + timedelta(days=1),
    }  # fmt: skip
    return render(request, "host/rotation.html", context)


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
