"""Rounds: start one, follow it, read what it found."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.coordinator.proposal_cells import proposal_rows
from opstap.desks.coordinator.views.programme import number_in, steered_programme
from opstap.engine.shared import Reason
from opstap.foundation import clock
from opstap.journey.matching.operations import request_round
from opstap.journey.matching.queries import round_for
from opstap.steering.overviews.queries.round import RoundPage, round_page, round_preview, rounds_of
from opstap.steering.overviews.queries.round_changes import round_changes
from opstap.steering.overviews.queries.round_people import not_placed
from opstap.steering.overviews.queries.round_places import empty_places, priced_places
from opstap.steering.overviews.queries.round_proposals import round_proposals
from opstap.ui.addresses import reverse
from opstap.ui.components.status import day, reason
from opstap.ui.requests import actor_of


def found_round(request: HttpRequest, round_id: UUID) -> RoundPage:
    """Return the round when the actor coordinates its programme; raises Http404 otherwise."""
    found = round_page(actor_of(request), round_id)
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Show what a round would take in, with the button that starts it, and the rounds that were."""
    actor = actor_of(request)
    programme = steered_programme(request, actor)
    preview = round_preview(actor, programme, clock.today())
    page = rounds_of(actor, programme, number_in(request.GET.get("page", "")))
    return render(request, "coordinator/rounds/rounds.html", {"programme": programme, "preview": preview, "page": page})


@login_required
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a round; a worker computes it."""
    actor = actor_of(request)
    made = request_round(programme=steered_programme(request, actor), on=clock.today(), by=actor, at=clock.now())
    return redirect("coordinator:round", made.pk)


@login_required
@require_safe
def show(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Show how far a round is, why it failed, or its proposals."""
    found = found_round(request, round_id)
    if not found.is_done:
        return render(request, "coordinator/rounds/progress.html", {"found": found})
    state = request.GET.get("stand", "")
    shown = round_proposals(actor_of(request), found.round, state=state, page=number_in(request.GET.get("page", "")))
    here = request.get_full_path()
    rows = proposal_rows(shown.lines, round_id, here)
    return _tab(request, found, "proposals", {"proposals": shown, "rows": rows, "state": state, "here": here})


@login_required
@require_safe
def progress(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Answer with how far the round is; when it is over, with the page of the round."""
    found = found_round(request, round_id)
    if found.is_under_way:
        return render(request, "coordinator/rounds/bar.html", {"found": found})
    response = HttpResponse()
    response["HX-Redirect"] = reverse("coordinator:round", args=[round_id])
    return response


@login_required
@require_safe
def people(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Show who got no place, what stands in the way, and what would change it."""
    found = _done(request, round_id)
    obstacle = request.GET.get("hindernis", "")
    shown = not_placed(actor_of(request), found.round, obstacle=obstacle, page=number_in(request.GET.get("page", "")))
    lines = [(line, met_in_words(tuple((each.title.code, each.until) for each in line.met_conditions))) for line in shown.lines]
    return _tab(request, found, "people", {"shown": shown, "lines": lines, "obstacle": obstacle})


@lru_cache(maxsize=4096)
def met_in_words(conditions: tuple[tuple[str, date | None], ...]) -> str:
    """Return the titles of met conditions, with the day until which they are, from memory: many people have the same."""
    titles = [(reason(Reason(code)), until) for code, until in conditions]
    return " · ".join(f"{title} ({_('until %(day)s') % {'day': day(until)}})" if until else title for title, until in titles)


@login_required
@require_safe
def empty(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Show the places that stay empty, whom each obstacle keeps out, and the smallest change of the place."""
    found = _done(request, round_id)
    return _tab(request, found, "empty", {"places": empty_places(actor_of(request), found.round)})


@login_required
@require_safe
def prices(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Show what one more seat of each place would add, and where to look for the next one."""
    found = _done(request, round_id)
    return _tab(request, found, "prices", {"places": priced_places(actor_of(request), found.round)})


@login_required
@require_safe
def changes(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Show what this round changed against the one before it."""
    actor = actor_of(request)
    found = _done(request, round_id)
    older = round_for(actor, found.previous) if found.previous else None
    shown = round_changes(actor, found.round, older) if older else None
    return _tab(request, found, "changes", {"older": older, "shown": shown})


def _done(request: HttpRequest, round_id: UUID) -> RoundPage:
    found = found_round(request, round_id)
    if not found.is_done:
        raise Http404
    return found


def _tab(request: HttpRequest, found: RoundPage, tab: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"coordinator/rounds/{tab}.html", {"found": found, "round": found.round, "tab": tab, **context})
