"""The smallest change of a person that opens a place: at most two things a person can change or answer.

Never health, family, origin or sex: a clash with a physical limit, a veto, a host's no or the state of a place is not changeable here.
Effort, in steps that compare unlike things: one half-day more 1, an answer 1, ten minutes more travel 1, other means 2, a level of Dutch 3,
a licence 4, a decision 5.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.constraints import (
    dutch_level,
    eligible_instrument,
    half_days,
    licence,
    travel_time,
)
from opstap.engine.matching.travel import UNREACHABLE
from opstap.engine.shared import Period, Reason
from opstap.engine.shared.vocabulary import DUTCH_LEVELS, half_day_codes, half_day_mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person, Place, Problem

IMPOSSIBLE = 1_000
ANSWER, OTHER_MEANS, DUTCH, LICENCE, DECISION = 1, 2, 3, 4, 5
MOST_EXTRA_MINUTES = 30
MINUTES_PER_STEP = 10
OTHER_MODES = ("bike", "public_transport", "car")

Effort = Callable[["Problem"], "NDArray[np.int64]"]
Apply = Callable[["Person", "Place", "Problem"], tuple["Person", Reason]]


def _half_days_effort(problem: Problem) -> NDArray[np.int64]:
    return np.where(problem.crowd.unknown("half_days"), ANSWER, np.maximum(half_days.shortage(problem), 1)).astype(np.int64)


def _add_half_days(person: Person, place: Place, problem: Problem) -> tuple[Person, Reason]:
    if "half_days" in person.unknown:
        return _answered(person, "half_days", half_days.reason(person, place, problem), half_days=place.half_days)
    short = place.must_cover - (person.half_days & place.half_days).bit_count()
    missing = half_day_codes(place.half_days & ~person.half_days)
    changed = replace(person, half_days=person.half_days | half_day_mask(missing[:short]))
    code = "matching.change_half_days" if short == len(missing) else "matching.change_some_half_days"
    return changed, Reason(code, {"half_days": missing, "short": short})


def _dutch_effort(problem: Problem) -> NDArray[np.int64]:
    effort = np.where(dutch_level.levels_short(problem) <= 1, DUTCH, IMPOSSIBLE)
    return np.where(problem.crowd.unknown("dutch"), ANSWER, effort).astype(np.int64)


def _learn_dutch(person: Person, place: Place, problem: Problem) -> tuple[Person, Reason]:
    if "dutch" in person.unknown:
        return _answered(person, "dutch", dutch_level.reason(person, place, problem), dutch=place.dutch)
    return replace(person, dutch=place.dutch), Reason("matching.change_dutch", {"level": DUTCH_LEVELS[place.dutch]})


def _licence_effort(problem: Problem) -> NDArray[np.int64]:
    effort = np.where(licence.count_missing(problem) <= 1, LICENCE, IMPOSSIBLE)
    return np.where(problem.crowd.unknown("licences"), ANSWER, effort).astype(np.int64)


def _get_licence(person: Person, place: Place, problem: Problem) -> tuple[Person, Reason]:
    if "licences" in person.unknown:
        return _answered(person, "licences", licence.reason(person, place, problem), licences=place.licences)
    missing = tuple(sorted(place.licences - person.licences))
    return replace(person, licences=person.licences | place.licences), Reason("matching.change_licence", {"licences": missing})


def _travel_effort(problem: Problem) -> NDArray[np.int64]:
    most = np.array([person.max_travel_minutes for person in problem.people], dtype=np.int64)[:, None]
    extra = problem.minutes - most
    effort = np.where(extra <= MOST_EXTRA_MINUTES, np.maximum(1, -(-extra // MINUTES_PER_STEP)), IMPOSSIBLE)
    for mode in OTHER_MODES:
        can = np.array([_can_use(person, mode) for person in problem.people], dtype=np.bool_)[:, None]
        minutes = problem.travel.matrix(problem.people, problem.places, (mode,) * len(problem.people))
        effort = np.minimum(effort, np.where(can & (minutes <= most), OTHER_MEANS, IMPOSSIBLE))
    asks = problem.crowd.unknown("travel_mode") | problem.crowd.unknown("max_travel_minutes")
    nowhere = np.array([place.longitude is None for place in problem.places], dtype=np.bool_)
    off_the_map = np.array([not person.has_location for person in problem.people], dtype=np.bool_)[:, None]
    asks_home = (problem.minutes == UNREACHABLE) & off_the_map & ~nowhere
    return np.where(asks_home | (asks & (problem.minutes < UNREACHABLE)), ANSWER, effort).astype(np.int64)


def _can_use(person: Person, mode: str) -> bool:
    return mode != person.travel_mode and (mode != "car" or "B" in person.licences)


def _travel_otherwise(person: Person, place: Place, problem: Problem) -> tuple[Person, Reason]:
    needs_home = problem.travel.minutes_between(person, place, person.travel_mode) is None
    if needs_home or person.unknown & {"travel_mode", "max_travel_minutes"}:
        spot = {"longitude": place.longitude, "latitude": place.latitude} if needs_home else {}
        known = replace(person, unknown=person.unknown - {"location", "travel_mode", "max_travel_minutes"}, **spot)  # type: ignore[arg-type] # coordinates
        minutes = problem.travel.minutes_between(known, place, known.travel_mode) or 0
        question = travel_time.reason(person, place, problem).facts["question"]
        enough = max(minutes, known.max_travel_minutes)
        return replace(known, max_travel_minutes=enough), Reason(str(question))
    own = problem.travel.minutes_between(person, place, person.travel_mode) or UNREACHABLE
    modes = [mode for mode in OTHER_MODES if _can_use(person, mode)]
    ways = [(problem.travel.minutes_between(person, place, mode) or 0, mode) for mode in modes]
    fast = [way for way in ways if way[0] <= person.max_travel_minutes]
    if fast and own - person.max_travel_minutes > MINUTES_PER_STEP:
        minutes, mode = min(fast)
        return replace(person, travel_mode=mode), Reason("matching.change_means", {"mode": mode, "minutes": minutes})
    return replace(person, max_travel_minutes=own), Reason("matching.change_minutes", {"minutes": own})


def _decision_effort(problem: Problem) -> NDArray[np.int64]:
    effort = np.where(problem.crowd.unknown("instruments"), ANSWER, DECISION)
    to_decide = eligible_instrument.to_decide
    is_open = np.array([[bool(to_decide(person, place, problem)) for place in problem.places] for person in problem.people], dtype=np.bool_)
    return np.where(is_open.reshape(len(problem.people), len(problem.places)), effort, IMPOSSIBLE).astype(np.int64)


def _get_decision(person: Person, place: Place, problem: Problem) -> tuple[Person, Reason]:
    instrument = min(eligible_instrument.to_decide(person, place, problem), key=eligible_instrument.rank)
    start = problem.start_at(place)
    decided = {"instruments": {**person.instruments, instrument: Period(start)}}
    if "instruments" in person.unknown:
        return _answered(person, "instruments", eligible_instrument.reason(person, place, problem), **decided)
    changed = replace(person, **decided)  # type: ignore[arg-type] # one named field
    return changed, Reason("matching.change_decision", {"instrument": instrument, "start": start.isoformat()})


def _answered(person: Person, fact: str, asked: Reason, **answer: object) -> tuple[Person, Reason]:
    changed = replace(person, unknown=person.unknown - {fact}, **answer)  # type: ignore[arg-type] # one named field
    return changed, Reason(str(asked.facts["question"]))


CHANGES: dict[str, tuple[Effort, Apply]] = {
    half_days.NAME: (_half_days_effort, _add_half_days),
    dutch_level.NAME: (_dutch_effort, _learn_dutch),
    licence.NAME: (_licence_effort, _get_licence),
    travel_time.NAME: (_travel_effort, _travel_otherwise),
    eligible_instrument.NAME: (_decision_effort, _get_decision),
}
"""Per rule that a person can do something about: the effort for every pair, and the change itself with its words."""
