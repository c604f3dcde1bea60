"""A decision must be in force under one of the place's instruments on the day the person would start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import INSTRUMENTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.people import UsedUp
    from opstap.engine.matching.problem import Person, Place, Problem

NAME = "eligible_instrument"


def instrument_for(person: Person, place: Place, problem: Problem) -> str | None:
    """Return the first instrument of the place, in the order of the field, with a decision in force at the start; None without."""
    start = problem.start_at(place)
    for instrument in sorted(place.instruments, key=rank):
        if instrument in person.instruments and start in person.instruments[instrument]:
            return instrument
    return None


def holds(person: Person, place: Place, problem: Problem) -> bool:
    """Tell whether a decision is in force at the start."""
    return "instruments" not in person.unknown and instrument_for(person, place, problem) is not None


def reason(person: Person, place: Place, problem: Problem) -> Reason:
    """Return why no decision carries this start."""
    offered = tuple(sorted(place.instruments, key=rank))
    start = problem.start_at(place).isoformat()
    if "instruments" in person.unknown:
        return Reason("matching.decision_unknown", {"instruments": offered, "question": "matching.ask_decision"})
    decided = [instrument for instrument in offered if instrument in person.instruments]
    spent = [instrument for instrument in offered if instrument in spent_at(person, place, problem)]
    if spent and set(decided) <= set(spent):
        return too_little_left(spent[0], person.used_up[spent[0]])
    if not decided:
        return Reason("matching.no_decision", {"instruments": offered, "start": start})
    decided = [instrument for instrument in decided if instrument not in spent]
    period = person.instruments[decided[0]]
    if period.start > problem.start_at(place):
        return Reason("matching.decision_not_yet", {"instrument": decided[0], "from": period.start.isoformat(), "start": start})
    until = period.until.isoformat() if period.until else None
    return Reason("matching.decision_ended", {"instrument": decided[0], "until": until, "start": start})


def too_little_left(instrument: str, used_up: UsedUp) -> Reason:
    """Return that of the instrument's months none is left, or fewer days than are worth proposing."""
    months, left = used_up.months, used_up.left
    if left:
        return Reason("matching.few_days_left", {"instrument": instrument, "months": months, "days": left, "least": used_up.least})
    return Reason("matching.months_used_up", {"instrument": instrument, "months": months, "since": used_up.since.isoformat()})


def spent_at(person: Person, place: Place, problem: Problem) -> frozenset[str]:
    """Return the instruments of which the person has no month, or too few days, left on the day of the start."""
    if not person.used_up:
        return frozenset()
    start = problem.start_at(place)
    return frozenset(name for name, used_up in person.used_up.items() if used_up.since <= start)


def to_decide(person: Person, place: Place, problem: Problem) -> frozenset[str]:
    """Return the place's instruments on which a decision could still open it: neither refused nor used up."""
    return place.instruments - person.closed - spent_at(person, place, problem)


def mask(problem: Problem) -> NDArray[np.bool_]:
    """Return bool (people, places): where a decision is in force at the start."""
    starts = np.array([problem.start_at(place).toordinal() for place in problem.places])
    allowed = np.zeros((len(problem.people), len(problem.places)), dtype=np.bool_)
    for instrument in set().union(*(place.instruments for place in problem.places)) if problem.places else ():
        first, until = problem.crowd.periods(instrument)
        offers = np.array([instrument in place.instruments for place in problem.places])
        allowed |= (first[:, None] <= starts) & (starts < until[:, None]) & offers
    return allowed & ~problem.crowd.unknown("instruments")


def rank(instrument: str) -> tuple[int, str]:
    """Return the sort key that puts instruments in the order of the field, others after them by name."""
    return (INSTRUMENTS.index(instrument) if instrument in INSTRUMENTS else len(INSTRUMENTS), instrument)
