"""Places with their seats counted by the database: in use, proposed, held and free, and by these how the place stands."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db.models import Field, IntegerField, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields import CharField

from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.enums import ProposalState
from opstap.journey.places.models import Place


class SeatState(StrEnum):
    """How a place stands, by its most telling seat."""

    FREE = "free"
    PROPOSED = "proposed"
    TAKEN = "taken"
    HELD = "held"
    PAUSED = "paused"


# Written out, because the same sums as nested ORM expressions take longer to compile than the database needs to count.
_SEATS = "(SELECT COUNT(*) FROM places_seat WHERE place_id = places_place.id AND (retired_on IS NULL OR retired_on > %s))"
_TAKEN = """(SELECT COUNT(*) FROM matching_proposal p JOIN placements_placement work ON work.proposal_id = p.id
    WHERE p.place_id = places_place.id AND work.state <> 'cancelled' AND upper(work.period) > %s)"""
_PROPOSED, _DRAFTS = (
    f"(SELECT COUNT(*) FROM matching_proposal WHERE place_id = places_place.id AND state = '{state.value}' AND NOT is_reserve)"  # noqa: S608 - a code of ours
    for state in (ProposalState.SENT, ProposalState.DRAFT)
)
_ASKED = """COALESCE((SELECT SUM(seats) FROM places_hold
    WHERE place_id = places_place.id AND released_at IS NULL AND until_on > %s), 0)"""
_PAUSED = "COALESCE(places_place.paused_from <= %s AND (places_place.paused_until IS NULL OR places_place.paused_until > %s), FALSE)"
_SETTLED = f"""(SELECT *, CASE WHEN paused THEN rest ELSE LEAST(asked, rest) END AS held FROM
    (SELECT *, GREATEST(seats - taken - proposed, 0) AS rest FROM
        (SELECT {_SEATS} AS seats, {_TAKEN} AS taken, {_PROPOSED} AS proposed, {_ASKED} AS asked, {_PAUSED} AS paused OFFSET 0)
    AS counted OFFSET 0) AS resting OFFSET 0) AS settled"""  # noqa: S608 - texts of this module; the day is a parameter
_STANDS = f"""CASE WHEN paused THEN '{SeatState.PAUSED}' WHEN rest > held THEN '{SeatState.FREE}'
    WHEN proposed > 0 THEN '{SeatState.PROPOSED}' WHEN held > 0 THEN '{SeatState.HELD}' ELSE '{SeatState.TAKEN}' END"""


def places_with_seats(programme: Programme, on: date) -> QuerySet[Place]:
    """Return the programme's living places, each with its counts (`seats_n`, `taken_n` …) and how it `stands`."""
    return with_seats(Place.objects.filter(programme=programme, closed_at__isnull=True).exclude(until_on__lte=on), on)


def with_seats(places: QuerySet[Place], on: date) -> QuerySet[Place]:
    """Return the places with their counts and how each `stands`.

    Every seat counts once: a pause holds all that nobody has, a hold no more than that.
    """
    return places.annotate(
        seats_n=_raw(_SEATS, [on]),
        taken_n=_raw(_TAKEN, [on]),
        proposed_n=_raw(_PROPOSED, []),
        drafts_n=_raw(_DRAFTS, []),
        held_n=_settled("held", on),
        free_n=_settled("rest - held", on),
        stands=_settled(_STANDS, on, CharField()),
    )


def _settled(what: str, on: date, kind: Field[object, object] | None = None) -> RawSQL:
    """Return a column of a place's settled counts; every count is made at most once (`OFFSET 0` keeps the layers apart)."""
    return _raw(f"(SELECT {what} FROM {_SETTLED})", [on] * _SETTLED.count("%s"), kind)  # noqa: S608 - texts of this module


def _raw(text: str, days: list[date], kind: Field[object, object] | None = None) -> RawSQL:
    return RawSQL(text, days, output_field=kind or IntegerField())  # noqa: S611 - the text is this module's, every value is a parameter
