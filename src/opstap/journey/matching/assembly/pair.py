"""One person at one place: the same checks as a round, for a proposal by hand and before a draft is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import prefetch_related_objects

from opstap.engine.eligibility import load_rulesets
from opstap.engine.eligibility.months import add_months
from opstap.engine.matching.constraints import obstacles
from opstap.engine.matching.constraints.eligible_instrument import instrument_for
from opstap.engine.matching.people import Person as Seeker
from opstap.engine.matching.places import Place as Offer
from opstap.engine.matching.problem import Objective, Problem
from opstap.engine.shared import Reason
from opstap.journey.matching.assembly.people import as_seeker, directives_by_referral, instruments_in_force
from opstap.journey.matching.assembly.places import as_guide, as_host, as_offer
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.matching.models import Directive
from opstap.journey.places.models import Place
from opstap.journey.places.queries import has_own_mentor
from opstap.journey.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class PairCheck:
    """Whether a person can start at a place: every obstacle, or the reasons, instrument and period of the start.

    `minutes`: the way one way by `mode`, None when home, place or means are not known.
    """

    obstacles: tuple[Reason, ...]
    reasons: tuple[Reason, ...]
    instrument: str
    starts_on: date
    until_on: date
    minutes: int | None
    mode: str


def check_pair(referral: Referral, place: Place, on: date) -> PairCheck:
    """Return what every hard rule says of this person at this place on this day; seats are counted elsewhere, under a lock."""
    return check_places(referral, [place], on)[place.pk]


def check_places(referral: Referral, places: Sequence[Place], on: date) -> dict[UUID, PairCheck]:
    """Return the same for many places, by their id, with a number of queries that does not grow with the places."""
    if not places:
        return {}
    prefetch_related_objects(list(places), "organisation", "site", "mentor__absences")
    asked = directives_by_referral([referral.pk]).get(referral.pk, [])
    in_force = instruments_in_force([referral.pk], on).get(referral.pk)
    problem = Problem(
        people=(as_seeker(referral, referral.programme, on, in_force, asked),),
        places=tuple(_offer(place, asked) for place in places),
        hosts=tuple({place.organisation_id: as_host(place.organisation) for place in places}.values()),
        mentors=tuple({place.mentor_id: as_guide(place.mentor, on) for place in places if place.mentor and _has_own(place)}.values()),
        on=on,
        forbidden=frozenset((str(row.referral_id), str(row.place_id)) for row in asked if _is_forbidden(row, places)),
        objective=Objective(tuple(referral.programme.order)),
    )
    return {place.pk: _check(problem, offer, place) for place, offer in zip(places, problem.places, strict=True)}


def _has_own(place: Place) -> bool:
    return has_own_mentor(place.organisation_id, place.mentor)


def _offer(place: Place, asked: Iterable[Directive]) -> Offer:
    """Return the place as the engine sees it; a mentor of another organisation is no mentor of it."""
    offer = as_offer(place, 1, _refusing(place, asked))
    return offer if _has_own(place) else replace(offer, mentor=None)


def _refusing(place: Place, asked: Iterable[Directive]) -> list[str]:
    return [str(row.referral_id) for row in asked if row.kind == DirectiveKind.HOST_REFUSAL and row.place_id == place.pk]


def _is_forbidden(row: Directive, places: Iterable[Place]) -> bool:
    return row.kind == DirectiveKind.FORBID and row.place_id in {place.pk for place in places}


def _check(problem: Problem, offer: Offer, place: Place) -> PairCheck:
    person = problem.people[0]
    starts_on = problem.start_at(offer)
    knows_way = person.travel_mode and "travel_mode" not in person.unknown
    return PairCheck(
        obstacles=(*_wrong_mentor(place), *obstacles(person, offer, problem)),
        reasons=_reasons(person, offer),
        instrument=instrument_for(person, offer, problem) or "",
        starts_on=starts_on,
        until_on=last_day(place, starts_on),
        minutes=problem.travel.minutes_between(person, offer, person.travel_mode) if knows_way else None,
        mode=person.travel_mode if knows_way else "",
    )


def _wrong_mentor(place: Place) -> tuple[Reason, ...]:
    return () if _has_own(place) else (Reason("places.mentor_of_another_host"),)


def _reasons(person: Seeker, offer: Offer) -> tuple[Reason, ...]:
    """Return what speaks for the pair beyond being possible."""
    reasons = [Reason("matching.by_hand")]
    if offer.occupation in person.wishes:
        reasons.append(Reason("matching.hand_wished"))
    if offer.key in person.interests:
        reasons.append(Reason("matching.hand_interest"))
    return tuple(reasons)


def last_day(place: Place, starts_on: date) -> date:
    """Return the day before which the work ends: the place's end, or the longest that an internship may last (a dated rule)."""
    parameters = {parameter.id: parameter for parameter in load_rulesets().parameters()}
    months = parameters["internship_months_maximum"].value(starts_on)
    longest = add_months(starts_on, int(str(months)))
    return min(place.until_on, longest) if place.until_on else longest
