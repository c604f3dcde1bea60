"""A programme on a day as a problem for the engine."""

from __future__ import annotations

from collections import Counter
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
from opstap.journey.matching.assembly.drawn import name_of_place
from opstap.journey.matching.assembly.people import as_seeker, directives_by_referral, instruments_in_force
from opstap.journey.matching.assembly.places import as_guide, as_host, as_offer, holds_of
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.matching.models import Directive
from opstap.journey.matching.queries import learners_elsewhere, seats_spoken_for
from opstap.journey.mentoring.queries import without_guide
from opstap.journey.places.models import Place
from opstap.journey.places.queries import has_own_mentor, live_places
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
class PlaceLeftOut:
    """A place that a round cannot match, with its seats that nobody has, and why not."""

    place_id: UUID
    free: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a round could not take in; everything else is matched all the same."""

    pins: tuple[PinLeftOut, ...] = ()
    places: tuple[PlaceLeftOut, ...] = ()


NOTHING = LeftOut()
"""Everything was taken in."""


@dataclass(frozen=True, slots=True)
class RoundInput:
    """What a round is computed from, and what it could not take in."""

    problem: Problem
    left_out: LeftOut = NOTHING


def build_problem(programme: Programme, on: date) -> Problem:
    """Return the problem of `read_round`."""
    return read_round(programme, on).problem


def read_round(programme: Programme, on: date) -> RoundInput:
    """Return everybody who waits and every live place of the programme on the day, with pins, vetoes, holds and taken seats.

    A pin that clashes with a rule, or has no seat (any more), is left out with its reasons, and so is a place whose mentor belongs to
    another organisation: one wrong row never stops everybody's round. People and places stand in the order of the names by which they
    are drawn, so that not even a tie of lots depends on row ids.
    """
    referrals = list(Referral.objects.filter(programme=programme, stage__in=IN_ROUND).select_related("person"))
    living = list(live_places(programme, on))
    places = sorted((place for place in living if has_own_mentor(place.organisation_id, place.mentor)), key=name_of_place)
    asked = directives_by_referral([referral.pk for referral in referrals])
    least_days = programme.least_days_left
    in_force = {key: decided.worth(least_days, on) for key, decided in instruments_in_force(referrals, on).items()}
    everything = [row for rows in asked.values() for row in rows]
    spoken_for = seats_spoken_for([place.pk for place in living], on)
    elsewhere = _elsewhere(places, on)
    seekers = (as_seeker(row, programme, on, in_force.get(row.pk), asked.get(row.pk, ())) for row in referrals)
    problem = Problem(
        people=tuple(sorted(seekers, key=lambda seeker: seeker.drawn_as)),
        places=tuple(_offer(place, everything) for place in places),
        hosts=_hosts(places, elsewhere),
        mentors=_mentors(places, on, elsewhere),
        on=on,
        holds=tuple(hold for place in places for hold in holds_of(place, _seats(place), on)),
        forbidden=frozenset((str(row.referral_id), str(row.place_id)) for row in everything if row.kind == DirectiveKind.FORBID),
        taken={str(place.pk): spoken_for[place.pk] for place in places if spoken_for[place.pk]},
        objective=Objective(tuple(programme.order)),
        seed=programme.seed,
    )
    unmatched = tuple(
        PlaceLeftOut(place.pk, max(_seats(place) - spoken_for[place.pk], 0), Reason("places.mentor_of_another_host"))
        for place in living
        if place not in places
    )
    kept, pins = _sorted_pins(problem, [row for row in everything if row.kind == DirectiveKind.PIN], unmatched)
    return RoundInput(replace(problem, pins=kept), LeftOut(pins, unmatched))


def _seats(place: Place) -> int:
    """Return the number of seats that `live_places` counted."""
    seats: int = place.seat_count  # type: ignore[attr-defined]  # annotated by live_places
    return seats


def _offer(place: Place, asked: list[Directive]) -> Offer:
    refused = [str(row.referral_id) for row in asked if row.kind == DirectiveKind.HOST_REFUSAL and row.place_id == place.pk]
    return replace(as_offer(place, _seats(place), refused), drawn_as=name_of_place(place))


def _elsewhere(places: list[Place], on: date) -> Counter[UUID]:
    mentors = {place.mentor_id for place in places if place.mentor_id}
    return learners_elsewhere(mentors, {place.organisation_id for place in places}, [place.pk for place in places], on)


def _hosts(places: list[Place], elsewhere: Counter[UUID]) -> tuple[Host, ...]:
    organisations: dict[UUID, Organisation] = {place.organisation_id: place.organisation for place in places}
    return tuple(as_host(organisation, elsewhere[key]) for key, organisation in organisations.items())


def _mentors(places: list[Place], on: date, elsewhere: Counter[UUID]) -> tuple[Guide, ...]:
    ids = {place.mentor_id for place in places if place.mentor_id}
    away = without_guide(on, ids)
    return tuple(as_guide(mentor, on, away, elsewhere[mentor.pk]) for mentor in Mentor.objects.filter(pk__in=ids))


def _sorted_pins(
    problem: Problem, asked: Iterable[Directive], unmatched: Iterable[PlaceLeftOut]
) -> tuple[tuple[Pin, ...], tuple[PinLeftOut, ...]]:
    """Return the pins that the round keeps, the oldest first, and those that it cannot keep."""
    rows = {Pin(str(row.referral_id), str(row.place_id)): row for row in sorted(asked, key=lambda row: (row.created_at, row.pk))}
    kept, broken = keepable(problem, [pin for pin in rows if pin.place in problem.place_row])
    why_not = {str(place.place_id): place.reason for place in unmatched}
    gone = {pin: (why_not.get(pin.place, Reason("matching.pin_place_gone")),) for pin in rows if pin.place not in problem.place_row}
    left_out = (PinLeftOut(rows[pin].pk, rows[pin].referral_id, rows[pin].place_id, why) for pin, why in (broken | gone).items())
    return kept, tuple(left_out)
