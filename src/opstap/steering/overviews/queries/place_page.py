"""One place with everything that is known of it: seats, mentor, holds, who is proposed there, and what the latest round says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, QuerySet

from opstap.foundation.actor import Actor, Role
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.organisations.queries import mentors_of
from opstap.foundation.prepared import Prepared
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import MatchRound, Proposal, RoundPlace
from opstap.journey.places.models import Hold, Place
from opstap.journey.places.queries import holds_on, visible_places
from opstap.steering.overviews.permissions import may_steer
from opstap.steering.overviews.queries.board import BoardPlace, shown_places, with_board
from opstap.steering.overviews.queries.round_places import RoundPlaceLine, line_of
from opstap.steering.overviews.queries.seats import places_with_seats, with_seats

_NAMED = ("state", "starts_on", "expires_at", "person__first_name", "person__last_name")


@dataclass(frozen=True, slots=True)
class AtPlace:
    """Somebody who is proposed for the place, also in a draft that nobody was sent yet, or has said yes to it."""

    proposal_id: UUID
    name: str
    state: str
    starts_on: date
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place for its coordinator; `line` is None once it has ended or is closed, `found` without a round."""

    place: Place
    line: BoardPlace | None
    holds: tuple[Hold, ...]
    people: tuple[AtPlace, ...]
    found: RoundPlaceLine | None
    found_on: date | None


def steered_place(actor: Actor, place_id: UUID) -> Place | None:
    """Return a place of a programme that the actor coordinates, or None."""
    related = ("programme", "organisation", "site", "mentor")
    place = visible_places(actor).filter(pk=place_id).select_related(*related).first()
    return place if place is not None and may_steer(actor, place.programme) else None


def _counted_place(actor: Actor, place_id: UUID, on: date) -> Place | None:
    """Return a place as `steered_place` does, with all that the board says of it."""
    return _COUNTED.first(place_id=place_id, programmes=actor.programme_ids(Role.COORDINATOR), on=on)


def _counted(place_id: UUID, programmes: frozenset[UUID], on: date) -> QuerySet[Place]:
    places = with_board(with_seats(Place.objects.filter(pk=place_id, programme__in=programmes), on), on)
    return places.select_related("programme", "organisation", "site", "mentor")


def _found(place: Place, programme_id: UUID) -> QuerySet[RoundPlace]:
    """Return what the latest round that is done says of the place, with its day (`on`)."""
    latest = MatchRound.objects.filter(programme=programme_id, status="done").values("pk")[:1]
    return RoundPlace.objects.filter(round__in=latest, place=place).annotate(on=F("round__on"))


def _at_place(place: Place) -> QuerySet[Proposal]:
    shown = (ProposalState.DRAFT.value, ProposalState.SENT.value, ProposalState.ACCEPTED.value)
    people = Proposal.objects.filter(place=place, state__in=shown).select_related("person")
    return people.only(*_NAMED).order_by("state", "starts_on", "id")


_COUNTED, _FOUND, _AT_PLACE = Prepared(_counted), Prepared(_found), Prepared(_at_place)


def place_page(actor: Actor, place_id: UUID, on: date) -> PlacePage | None:
    """Return the page of a place of a programme that the actor coordinates, or None: four queries."""
    place = _counted_place(actor, place_id, on)
    if place is None:
        return None
    found = _FOUND.first(place=place, programme_id=place.programme_id)
    if found is not None:
        found.place = place
    has_ended = place.closed_at is not None or (place.until_on is not None and place.until_on <= on)
    people = _AT_PLACE(place=place)
    return PlacePage(
        place=place,
        line=None if has_ended else shown_places([place], on)[0],
        holds=tuple(holds_on(place, on)),
        people=tuple(AtPlace(row.pk, str(row.person), row.state, row.starts_on, row.expires_at) for row in people),
        found=line_of(found) if found else None,
        found_on=found.on if found else None,  # type: ignore[attr-defined]  # annotated by _found
    )


def seats_of(actor: Actor, place: Place, on: date) -> tuple[int, int]:
    """Return how many seats a place of the actor's programme has, and how many of them are in use or proposed."""
    if not may_steer(actor, place.programme):
        return 0, 0
    row = places_with_seats(place.programme, on).filter(pk=place.pk).first()
    seats, taken, proposed = (getattr(row, f"{name}_n", 0) for name in ("seats", "taken", "proposed"))
    return seats, taken + proposed


def mentors_for(actor: Actor, place: Place) -> list[Mentor]:
    """Return the mentors of the place's host."""
    return list(mentors_of(actor, place.organisation_id))
