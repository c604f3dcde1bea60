"""One person at one place: the same checks as a round, for a proposal by hand and before a draft is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.engine.eligibility import load_rulesets
from opstap.engine.eligibility.months import add_months
from opstap.engine.matching.constraints import obstacles
from opstap.engine.matching.constraints.eligible_instrument import instrument_for
from opstap.engine.matching.problem import Objective, Problem
from opstap.engine.shared import Reason
from opstap.journey.matching.assembly.people import as_seeker, directives_by_referral, instruments_in_force
from opstap.journey.matching.assembly.places import as_guide, as_host, as_offer
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class PairCheck:
    """Whether a person can start at a place: every obstacle, or the reasons, instrument and period of the start."""

    obstacles: tuple[Reason, ...]
    reasons: tuple[Reason, ...]
    instrument: str
    starts_on: date
    until_on: date


def check_pair(referral: Referral, place: Place, on: date) -> PairCheck:
    """Return what every hard rule says of this person at this place on this day; seats are counted elsewhere, under a lock."""
    asked = directives_by_referral([referral.pk]).get(referral.pk, [])
    in_force = instruments_in_force([referral.person_id], on)
    refused = [str(row.referral_id) for row in asked if row.kind == DirectiveKind.HOST_REFUSAL and row.place_id == place.pk]
    offer = as_offer(place, 1, refused)
    problem = Problem(
        people=(as_seeker(referral, referral.programme, on, in_force.get(referral.person_id), asked),),
        places=(offer,),
        hosts=(as_host(place.organisation),),
        mentors=(as_guide(place.mentor, on),) if place.mentor else (),
        on=on,
        forbidden=frozenset((str(row.referral_id), str(row.place_id)) for row in asked if row.kind == DirectiveKind.FORBID),
        objective=Objective(tuple(referral.programme.order)),
    )
    starts_on = problem.start_at(offer)
    return PairCheck(
        obstacles=tuple(obstacles(problem.people[0], offer, problem)),
        reasons=_reasons(problem),
        instrument=instrument_for(problem.people[0], offer, problem) or "",
        starts_on=starts_on,
        until_on=last_day(place, starts_on),
    )


def _reasons(problem: Problem) -> tuple[Reason, ...]:
    """Return what speaks for the pair beyond being possible."""
    person, place = problem.people[0], problem.places[0]
    reasons = [Reason("matching.by_hand")]
    if place.occupation in person.wishes:
        reasons.append(Reason("matching.hand_wished"))
    if place.key in person.interests:
        reasons.append(Reason("matching.hand_interest"))
    return tuple(reasons)


def last_day(place: Place, starts_on: date) -> date:
    """Return the day before which the work ends: the place's end, or the longest that an internship may last (a dated rule)."""
    parameters = {parameter.id: parameter for parameter in load_rulesets().parameters()}
    months = parameters["internship_months_maximum"].value(starts_on)
    longest = add_months(starts_on, int(str(months)))
    return min(place.until_on, longest) if place.until_on else longest
