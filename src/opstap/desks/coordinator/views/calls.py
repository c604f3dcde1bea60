"""Hosts to call about their places: those without e-mail, and those that did not answer it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.desks.coordinator.views.programme import steered_programme
from opstap.foundation import clock
from opstap.steering.overviews.queries.confirmations import MOST, hosts_to_call
from opstap.ui.requests import actor_of


@login_required
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Show whom to call, with the telephone and per place the one click that keeps what was said."""
    actor = actor_of(request)
    programme = steered_programme(request, actor)
    hosts = hosts_to_call(actor, programme, clock.today())
    places = sum(len(host.places) for host in hosts)
    context = {"programme": programme, "hosts": hosts, "places": places, "most": MOST, "here": request.get_full_path()}
    return render(request, "coordinator/board/calls.html", context)
