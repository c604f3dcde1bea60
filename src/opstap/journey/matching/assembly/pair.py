"""One person at one place: the same checks as a round, for a proposal by hand and before a draft is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import prefetch_related_objects

from opstap.engine.eligibility import load_rulesets
from opstap.engine.eligibility.months import add_months
from opstap.engine.matching.constraints import RULES, masks, obstacles
from opstap.engine.matching.constraints.eligible_instrument import instrument_for, too_little_left
from opstap.engine.matching.people import Person as Seeker
from opstap.engine.matching.places import Host
from opstap.engine.matching.places import Mentor as Guide
from opstap.engine.matching.places import Place as Offer
from opstap.engine.matching.problem import Objective, Problem
from opstap.engine.matching.travel import UNREACHABLE
from opstap.engine.shared import Reason
from opstap.journey.matching.assembly.people import Decided, as_seeker, directives_by_referral, instruments_in_force
from opstap.journey.matching.assembly.places import offer_in_brief
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.matching.models import Directive
from opstap.journey.mentoring.queries import without_guide
from opstap.journey.places.models import Place
from opstap.journey.places.queries import PlaceBrief, brief_of
from opstap.journey.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class PairCheck:
    """Whether a person can start at a place: every obstacle, or the reasons, instrument and period of the start.

    `warnings`: what keeps a round from proposing the pair although the law allows it; who proposes by hand decides.
    `minutes`: the way one way by `mode`, None when home, place or means are not known.
    """

    obstacles: tuple[Reason, ...]
    reasons: tuple[Reason, ...]
    instrument: str
    starts_on: date
    until_on: date
    minutes: int | None
    mode: str
    warnings: tuple[Reason, ...] = ()


class Beside:
    """One person beside many places: a count of what stands in the way at each, and every obstacle for those that are looked at."""

    def __init__(self, referral: Referral, places: Sequence[PlaceBrief], on: date) -> None:
        """Read what was decided on the person and asked for them, and who is away; the places were read already."""
        asked = directives_by_referral([referral.pk]).get(referral.pk, [])
        in_force = instruments_in_force([referral], on).get(referral.pk)
        person = as_seeker(referral, referral.programme, on, in_force, asked)
        self._in_a_round = _in_a_round(person, in_force, referral.programme.least_days_left, on)
        keys = {place.id for place in places}
        self._problem = Problem(
            people=(person,),
            places=tuple(_offer(place, asked) for place in places),
            hosts=tuple(Host(str(key), limit) for key, limit in {place.host_id: place.host_limit for place in places}.items()),
            mentors=_guides(places, on),
            on=on,
            forbidden=frozenset(
                (str(row.referral_id), str(row.place_id)) for row in asked if row.kind == DirectiveKind.FORBID and row.place_id in keys
            ),
            objective=Objective(tuple(referral.programme.order)),
        )
        self._rows = {place.id: row for row, place in enumerate(places)}
        self._places = places

    def counts(self) -> dict[UUID, tuple[int, int | None]]:
        """Return for each place how many rules stand in the way, and the minutes of the way one way (None: not known)."""
        held = sum(mask[0].astype(int) for mask in masks(self._problem).values())
        ways = self._problem.minutes[0] if self._knows_way else [UNREACHABLE] * len(self._places)
        pairs = zip(self._places, held, ways, strict=True)
        return {
            place.id: (len(RULES) - int(kept) + len(_wrong_mentor(place)), None if way == UNREACHABLE else int(way))
            for place, kept, way in pairs
        }

    def check(self, place_id: UUID) -> PairCheck:
        """Return what every hard rule says of the person at one of the places."""
        row = self._rows[place_id]
        place, person, offer = self._places[row], self._problem.people[0], self._problem.places[row]
        starts_on = self._problem.start_at(offer)
        instrument, warnings = self._instrument(person, offer)
        return PairCheck(
            obstacles=(*_wrong_mentor(place), *obstacles(person, offer, self._problem)),
            reasons=_reasons(person, offer),
            instrument=instrument,
            starts_on=starts_on,
            until_on=last_day(place, starts_on),
            minutes=self._problem.travel.minutes_between(person, offer, person.travel_mode) if self._knows_way else None,
            mode=person.travel_mode if self._knows_way else "",
            warnings=warnings,
        )

    def _instrument(self, person: Seeker, offer: Offer) -> tuple[str, tuple[Reason, ...]]:
        """Return under which instrument the person would start, rather one with days enough left, and what to know when none is."""
        in_a_round = self._in_a_round
        if roomy := instrument_for(in_a_round, offer, self._problem):
            return roomy, ()
        legal = instrument_for(person, offer, self._problem)
        if legal is None or legal not in in_a_round.used_up:
            return legal or "", ()
        return legal, (too_little_left(legal, in_a_round.used_up[legal]),)

    @property
    def _knows_way(self) -> bool:
        person = self._problem.people[0]
        return bool(person.travel_mode) and "travel_mode" not in person.unknown


def check_pair(referral: Referral, place: Place, on: date) -> PairCheck:
    """Return what every hard rule says of this person at this place on this day; seats are counted elsewhere, under a lock."""
    return check_places(referral, [place], on)[place.pk]


def check_places(referral: Referral, places: Sequence[Place], on: date) -> dict[UUID, PairCheck]:
    """Return the same for many places, by their id, with a number of queries that does not grow with the places."""
    if not places:
        return {}
    prefetch_related_objects(list(places), "organisation", "site", "mentor")
    beside = Beside(referral, [brief_of(place) for place in places], on)
    return {place.pk: beside.check(place.pk) for place in places}


def _guides(places: Iterable[PlaceBrief], on: date) -> tuple[Guide, ...]:
    """Return the mentors of the places as the engine sees them. When nobody stands in is read for all at once: there are few."""
    by_id = {place.mentor_id: place for place in places if place.mentor_id and place.has_own_mentor}
    away = without_guide(on) if by_id else {}
    return tuple(
        Guide(
            key=str(key),
            capacity=place.mentor_limit or 0,
            is_certified=place.mentor_certified_on is not None and place.mentor_certified_on <= on,
            certified_from=place.mentor_certified_on,
            certified_until=place.mentor_certified_until,
            absent=away.get(key, ()),
        )
        for key, place in by_id.items()
    )


def _offer(place: PlaceBrief, asked: Iterable[Directive]) -> Offer:
    """Return the place as the engine sees it; a mentor of another organisation is no mentor of it."""
    offer = offer_in_brief(place, 1, _refusing(place, asked))
    return offer if place.has_own_mentor else replace(offer, mentor=None)


def _wrong_mentor(place: PlaceBrief) -> tuple[Reason, ...]:
    return () if place.has_own_mentor else (Reason("places.mentor_of_another_host"),)


def _refusing(place: PlaceBrief, asked: Iterable[Directive]) -> list[str]:
    return [str(row.referral_id) for row in asked if row.kind == DirectiveKind.HOST_REFUSAL and row.place_id == place.id]


def _in_a_round(person: Seeker, decided: Decided | None, least_days: int, on: date) -> Seeker:
    """Return the person as a round sees them: instruments of which too few days are left are closed."""
    if decided is None or not decided.worked:
        return person
    worth = decided.worth(least_days, on)
    return replace(person, instruments=worth.allowed, used_up=worth.used_up)


def _reasons(person: Seeker, offer: Offer) -> tuple[Reason, ...]:
    """Return what speaks for the pair beyond being possible."""
    reasons = [Reason("matching.by_hand")]
    if offer.occupation in person.wishes:
        reasons.append(Reason("matching.hand_wished"))
    if offer.key in person.interests:
        reasons.append(Reason("matching.hand_interest"))
    return tuple(reasons)


def last_day(place: Place | PlaceBrief, starts_on: date) -> date:
    """Return the day before which the work ends: the place's end, or the longest that an internship may last (a dated rule)."""
    parameters = {parameter.id: parameter for parameter in load_rulesets().parameters()}
    months = parameters["internship_months_maximum"].value(starts_on)
    longest = add_months(starts_on, int(str(months)))
    return min(place.until_on, longest) if place.until_on else longest
