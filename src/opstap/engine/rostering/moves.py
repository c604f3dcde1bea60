"""One move of a planner's hand, judged whole: somebody's shift goes to another place or person, and who was busy there leaves that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.verdict import Scene, Verdict
from opstap.engine.shared import Reason
from opstap.engine.shared.reason import FactValue

_ALONE = "rostering.learner_alone"


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move would do: the shifts that go, the one that comes (None: nothing), and the verdict on all of it together."""

    gone: tuple[Assignment, ...]
    new: Assignment | None
    verdict: Verdict


def without(scene: Scene, shift: Assignment) -> Scene:
    """Return the roster without a shift, for `judge_move` to be asked many times about it."""
    return Scene(scene.problem, [other for other in scene.shifts if other != shift])


def judge_move(scene: Scene, shift: Assignment | None, new: Assignment | None, rest: Scene | None = None) -> Moved:
    """Return what it would do to take `shift` away (None: nothing is taken) and give `new`; at least one of them is there.

    Whoever gets the new shift leaves the one of that day. A demand that is not there is a reason, as everything else that forbids.
    `rest` is the roster without the shift, when it is known already.
    """
    if new is not None and new.cell not in scene.problem.cell_by:
        facts = {"site": new.site, "function": new.function, "day": new.day.isoformat()}
        return Moved((shift,) if shift else (), new, Verdict((Reason("rostering.no_such_demand", facts),), {}))
    if shift is None or (new is not None and new.worker == shift.worker):
        taken = _leaves(scene, shift, new)
        return Moved(taken, new, scene.judge(taken, (new,) if new else ()))
    first = scene.judge((shift,))
    if new is None:
        return Moved((shift,), None, first)
    rest = rest or without(scene, shift)
    taken = _leaves(rest, None, new)
    second = rest.judge(taken, (new,))
    changes = Counter(first.changes)
    changes.update(second.changes)
    kept = tuple(reason for reason in first.reasons if reason.code != _ALONE) if new.cell == shift.cell else first.reasons
    verdict = Verdict(tuple(dict.fromkeys((*second.reasons, *kept, *_alone_after(rest, shift, new)))), dict(changes))
    return Moved((shift, *taken), new, verdict)


def _leaves(scene: Scene, shift: Assignment | None, new: Assignment | None) -> tuple[Assignment, ...]:
    """Return what the worker leaves: the shift that moves, and whatever they have on the day of the new one."""
    busy = scene.on.get((new.worker, new.day)) if new else None
    return tuple(dict.fromkeys(each for each in (shift, busy) if each is not None))


def _alone_after(rest: Scene, shift: Assignment, new: Assignment) -> tuple[Reason, ...]:
    """Return that learners stay alone when a learner takes the place of who could do the work."""
    if new.cell != shift.cell:
        return ()
    skilled = rest.skilled[shift.cell] + (not rest.problem.worker_by[new.worker].is_learning(new.function))
    learners = rest.learners[shift.cell] + rest.problem.worker_by[new.worker].is_learning(new.function)
    if learners <= skilled * rest.problem.rules.learners_per_skilled:
        return ()
    where: dict[str, FactValue] = {"site": shift.site, "function": shift.function, "day": shift.day.isoformat()}
    facts = where | {"learners": learners, "skilled": skilled}
    return (Reason(_ALONE, facts),)
