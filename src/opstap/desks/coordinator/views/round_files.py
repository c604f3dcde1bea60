"""A round as a workbook."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from opstap.desks.coordinator.exports import round_file
from opstap.desks.coordinator.views.rounds import found_round
from opstap.foundation import clock
from opstap.steering.overviews.operations import note_export
from opstap.steering.overviews.queries.round_people import all_not_placed
from opstap.steering.overviews.queries.round_places import empty_places, priced_places
from opstap.steering.overviews.queries.round_proposals import all_proposals
from opstap.ui.requests import actor_of


@login_required
@require_POST
def export(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Answer with the whole round as a workbook; that it was taken out is kept."""
    actor = actor_of(request)
    match_round = found_round(request, round_id).round
    proposals, people = all_proposals(actor, match_round), all_not_placed(actor, match_round)
    rows = len(proposals) + len(people)
    note_export(match_round=match_round, lists=["proposals", "not_placed", "places"], rows=rows, by=actor, at=clock.now())
    return round_file(proposals, people, empty_places(actor, match_round), priced_places(actor, match_round), at=clock.now())
