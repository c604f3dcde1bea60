"""A programme on a day as a problem for the engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from opstap.engine.matching.pins import keepable
from opstap.engine.matching.places import Host
from opstap.engine.matching.places import Mentor as Guide
from opstap.engine.matching.places import Place as Offer
from opstap.engine.matching.problem import Objective, Pin, Problem
from opstap.engine.shared import Reason
from opstap.foundation.organisations.models import Mentor, Organisation
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.assembly.people import as_seeker, directives_by_referral, instruments_in_force
from opstap.journey.matching.assembly.places import as_guide, as_host, as_offer, holds_of
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.matching.models import Directive
from opstap.journey.matching.queries import seats_spoken_for
from opstap.journey.places.models import Place
from opstap.journey.places.queries import live_places
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral

IN_ROUND = (Stage.OPEN, Stage.FACTS_MISSING, Stage.NOT_ELIGIBLE, Stage.ELIGIBLE)
"""Stages that take part in a round: those who may start, and those for whom it says what stands in the way."""


@dataclass(frozen=True, slots=True)
class PinLeftOut:
    """A pin that a round cannot keep, with every reason why; it runs on, for somebody to decide about."""

    directive_id: UUID
    referral_id: UUID
    place_id: UUID
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RoundInput:
    """What a round is computed from, and the pins that it cannot keep."""

    problem: Problem
    pins_left_out: tuple[PinLeftOut, ...] = ()


def build_problem(programme: Programme, on: date) -> Problem:
    """Return the problem of `read_round`."""
    return read_round(programme, on).problem


def read_round(programme: Programme, on: date) -> RoundInput:
    """Return everybody who waits and every live place of the programme on the day, with pins, vetoes, holds and taken seats.

    A pin that clashes with a rule, or has no seat (any more), is left out with its reasons: one pin never stops everybody's round.
    """
    referrals = list(Referral.objects.filter(programme=programme, stage__in=IN_ROUND).select_related("person"))
    places = list(live_places(programme, on))
    asked = directives_by_referral([referral.pk for referral in referrals])
    in_force = instruments_in_force([referral.pk for referral in referrals], on)
    everything = [row for rows in asked.values() for row in rows]
    people = tuple(as_seeker(row, programme, on, in_force.get(row.pk), asked.get(row.pk, ())) for row in referrals)
    problem = Problem(
        people=people,
        places=tuple(_offer(place, everything) for place in places),
        hosts=_hosts(places),
        mentors=_mentors(places, on),
        on=on,
        holds=tuple(hold for place in places for hold in holds_of(place, _seats(place), on)),
        forbidden=frozenset((str(row.referral_id), str(row.place_id)) for row in everything if row.kind == DirectiveKind.FORBID),
        taken={str(place_id): count for place_id, count in seats_spoken_for([place.pk for place in places], on).items()},
        objective=Objective(tuple(programme.order)),
        seed=programme.seed,
    )
    kept, left_out = _sorted_pins(problem, [row for row in everything if row.kind == DirectiveKind.PIN])
    return RoundInput(replace(problem, pins=kept), left_out)


def _seats(place: Place) -> int:
    """Return the number of seats that `live_places` counted."""
    seats: int = place.seat_count  # type: ignore[attr-defined]  # annotated by live_places
    return seats


def _offer(place: Place, asked: list[Directive]) -> Offer:
    refused = [str(row.referral_id) for row in asked if row.kind == DirectiveKind.HOST_REFUSAL and row.place_id == place.pk]
    return as_offer(place, _seats(place), refused)


def _hosts(places: list[Place]) -> tuple[Host, ...]:
    organisations: dict[object, Organisation] = {place.organisation_id: place.organisation for place in places}
    return tuple(as_host(organisation) for organisation in organisations.values())


def _mentors(places: list[Place], on: date) -> tuple[Guide, ...]:
    ids = {place.mentor_id for place in places if place.mentor_id}
    return tuple(as_guide(mentor, on) for mentor in Mentor.objects.filter(pk__in=ids).prefetch_related("absences"))


def _sorted_pins(problem: Problem, asked: Iterable[Directive]) -> tuple[tuple[Pin, ...], tuple[PinLeftOut, ...]]:
    """Return the pins that the round keeps, the oldest first, and those that it cannot keep."""
    rows = {Pin(str(row.referral_id), str(row.place_id)): row for row in sorted(asked, key=lambda row: (row.created_at, row.pk))}
    kept, broken = keepable(problem, [pin for pin in rows if pin.place in problem.place_row])
    gone = {pin: (Reason("matching.pin_place_gone"),) for pin in rows if pin.place not in problem.place_row}
    left_out = (PinLeftOut(rows[pin].pk, rows[pin].referral_id, rows[pin].place_id, why) for pin, why in (broken | gone).items())
    return kept, tuple(left_out)
