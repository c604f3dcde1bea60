"""One move of a planner's hand, judged whole: somebody's shift goes to another place or person, and who was busy there leaves that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.constraints import obstacles
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


class Lifted:
    """A shift (None: work that nobody has) in the hand of a planner, who asks of many places whether it may go there."""

    def __init__(self, scene: Scene, shift: Assignment | None) -> None:
        """Count the roster without the shift, once."""
        self._scene, self._shift = scene, shift
        self._first = scene.judge((shift,)) if shift else Verdict((), {})
        self._rest = Scene(scene.problem, [other for other in scene.shifts if other != shift]) if shift else scene

    def to(self, new: Assignment) -> Moved:
        """Return what it would do to put it there; whoever gets it leaves the shift of that day.

        A place that a rule about one shift forbids is told by those rules alone, without points.
        """
        scene, shift = self._scene, self._shift
        if reasons := _obstacles(scene, new):
            return Moved((shift,) if shift else (), new, Verdict(reasons, {}))
        if shift is None or new.worker == shift.worker:
            taken = _leaves(scene, shift, new)
            return Moved(taken, new, scene.judge(taken, (new,)))
        taken = _leaves(self._rest, None, new)
        second = self._rest.judge(taken, (new,))
        changes = Counter(self._first.changes)
        changes.update(second.changes)
        left = _alone_after(self._rest, shift, new) if new.cell == shift.cell else self._first.reasons
        return Moved((shift, *taken), new, Verdict(tuple(dict.fromkeys((*second.reasons, *left))), dict(changes)))

    def away(self) -> Moved:
        """Return what it would do to take the shift away."""
        return Moved((self._shift,) if self._shift else (), None, self._first)


def judge_move(scene: Scene, shift: Assignment | None, new: Assignment | None) -> Moved:
    """Return what it would do to take `shift` away (None: nothing is taken) and give `new` (None: nothing is given)."""
    lifted = Lifted(scene, shift)
    return lifted.to(new) if new is not None else lifted.away()


def _obstacles(scene: Scene, new: Assignment) -> tuple[Reason, ...]:
    cell = scene.problem.cell_by.get(new.cell)
    if cell is None:
        return (Reason("rostering.no_such_demand", {"site": new.site, "function": new.function, "day": new.day.isoformat()}),)
    return obstacles(scene.problem.worker_by[new.worker], cell, scene.problem)


def _leaves(scene: Scene, shift: Assignment | None, new: Assignment | None) -> tuple[Assignment, ...]:
    """Return what the worker leaves: the shift that moves, and whatever they have on the day of the new one."""
    busy = scene.on.get((new.worker, new.day)) if new else None
    return tuple(dict.fromkeys(each for each in (shift, busy) if each is not None))


def _alone_after(rest: Scene, shift: Assignment, new: Assignment) -> tuple[Reason, ...]:
    """Return that learners stay alone when a learner takes the place of who could do the work."""
    skilled = rest.skilled[shift.cell] + (not rest.problem.worker_by[new.worker].is_learning(new.function))
    learners = rest.learners[shift.cell] + rest.problem.worker_by[new.worker].is_learning(new.function)
    if learners <= skilled * rest.problem.rules.learners_per_skilled:
        return ()
    where: dict[str, FactValue] = {"site": shift.site, "function": shift.function, "day": shift.day.isoformat()}
    facts = where | {"learners": learners, "skilled": skilled}
    return (Reason(_ALONE, facts),)
