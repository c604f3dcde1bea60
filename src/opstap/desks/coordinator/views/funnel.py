"""The funnel from referral to start, the people behind its numbers, and finding one person."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.coordinator.exports import waiting_file
from opstap.desks.coordinator.funnel_cells import standing_steps
from opstap.desks.coordinator.views.programme import number_in, steered_programme
from opstap.foundation import clock
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.steering.overviews.operations import export_waiting
from opstap.steering.overviews.queries.funnel import funnel, waiting_people
from opstap.steering.overviews.queries.search import search
from opstap.ui.requests import actor_of


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show how far people ever got, where they stand now, for how long, and what they wait for."""
    actor = actor_of(request)
    programme = steered_programme(request, actor)
    shown = funnel(actor, programme, clock.now())
    if shown is None:
        raise Http404
    context = {"programme": programme, "funnel": shown, "standing": standing_steps(shown.standing, programme.pk)}
    return render(request, "coordinator/funnel/funnel.html", context)


def _chosen(given: Any) -> dict[str, str]:  # noqa: ANN401 - GET or POST
    """Return the stage and cause that are asked for; one that does not exist gives no page."""
    stage, cause = given.get("fase", ""), given.get("reden", "")
    if (stage and stage not in set(Stage)) or (cause and cause not in set(WaitingCause)):
        raise Http404
    return {"stage": stage, "cause": cause}


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Show the people behind a number of the funnel."""
    actor = actor_of(request)
    programme = steered_programme(request, actor)
    chosen = _chosen(request.GET)
    shown = waiting_people(actor, programme, clock.now(), **chosen, page=number_in(request.GET.get("page", "")))
    return render(request, "coordinator/funnel/waiting.html", {"programme": programme, "shown": shown, **chosen})


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Answer with the same list as a file; that it was taken out is kept."""
    actor = actor_of(request)
    programme = steered_programme(request, actor)
    rows = export_waiting(programme=programme, **_chosen(request.POST), by=actor, at=clock.now())
    return waiting_file(rows, programme.name, kind=request.POST.get("soort", "xlsx"), at=clock.now())


@login_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Find a person (name and stage only) or a place of the programme."""
    actor = actor_of(request)
    programme = steered_programme(request, actor)
    text = request.GET.get("q", "").strip()[:100]
    context = {"programme": programme, "text": text, "found": search(actor, programme, text, clock.now())}
    return render(request, "coordinator/funnel/find.html", context)
