"""The place's mentor has a certificate that holds, and is not away, on the day someone would start. A place without a mentor passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person, Place, Problem

NAME = "mentor"


def holds(person: Person, place: Place, problem: Problem) -> bool:
    """Tell whether the mentor can welcome someone at the start; it does not depend on the person."""
    del person
    return _can_welcome(place, problem)


def reason(person: Person, place: Place, problem: Problem) -> Reason:
    """Return that the mentor is not trained yet, that the certificate has ended, or that they are away and until when."""
    del person
    mentor = problem.mentor_by[place.mentor or ""]
    start = problem.start_at(place)
    if mentor.has_ended_on(start) and mentor.certified_until:
        return Reason("matching.mentor_certificate_ended", {"start": start.isoformat(), "until": mentor.certified_until.isoformat()})
    if not mentor.is_certified_on(start):
        planned = mentor.certified_from.isoformat() if mentor.certified_from else None
        code = "matching.mentor_trained_later" if planned else "matching.mentor_not_trained"
        return Reason(code, {"start": start.isoformat(), "trained_from": planned})
    back = next(period.until for period in mentor.absent if start in period)
    code = "matching.mentor_absent_until" if back else "matching.mentor_absent"
    return Reason(code, {"start": start.isoformat(), "until": back.isoformat() if back else None})


def mask(problem: Problem) -> NDArray[np.bool_]:
    """Return bool (people, places): where the mentor can welcome someone at the start."""
    can = np.array([_can_welcome(place, problem) for place in problem.places], dtype=np.bool_)
    return np.broadcast_to(can, (len(problem.people), len(problem.places)))


def _can_welcome(place: Place, problem: Problem) -> bool:
    if place.mentor is None:
        return True
    mentor = problem.mentor_by[place.mentor]
    start = problem.start_at(place)
    return mentor.is_certified_on(start) and not mentor.is_absent_on(start)
