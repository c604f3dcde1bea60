"""What one change would do, at once and without a solver: allowed and what it costs, or forbidden and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opstap.engine.rostering.assignment import Assignment, by_day
from opstap.engine.rostering.constraints import WORKER_RULES, obstacles
from opstap.engine.rostering.fairness import BURDENS, shares
from opstap.engine.rostering.groups import by_worker
from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.score import worker_parts
from opstap.engine.shared import Reason

CellKey = tuple[str, str, date, int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` why it is forbidden (empty: allowed), and the change of points per criterion; below zero is better."""

    reasons: tuple[Reason, ...]
    changes: Mapping[str, int]

    @property
    def is_allowed(self) -> bool:
        """Whether no hard rule forbids it."""
        return not self.reasons

    @property
    def cost(self) -> int:
        """All points that it adds."""
        return sum(self.changes.values())


class Scene:
    """A roster, counted so that one change can be judged without counting all of it again."""

    def __init__(self, problem: Problem, shifts: Sequence[Assignment]) -> None:
        """Count the roster."""
        self.problem, self.shifts = problem, tuple(sorted(shifts))
        self.of = by_worker(self.shifts)
        self.on = {(shift.worker, shift.day): shift for shift in self.shifts}
        self.skilled: Counter[CellKey] = Counter()
        self.learners: Counter[CellKey] = Counter()
        self.crowds: Counter[tuple[str, date]] = Counter()
        for shift in self.shifts:
            self._count(shift)
        self._parts: dict[str, dict[str, int]] = {}

    def _count(self, shift: Assignment) -> None:
        is_learner = self.problem.worker_by[shift.worker].is_learning(shift.function)
        (self.learners if is_learner else self.skilled)[shift.cell] += 1
        self.crowds[shift.site, shift.day] += 1

    def judge(self, take: Iterable[Assignment] = (), give: Iterable[Assignment] = ()) -> Verdict:
        """Return the verdict on taking some shifts away and giving others, all of one worker."""
        taken, given = tuple(take), tuple(give)
        worker = self.problem.worker_by[(*taken, *given)[0].worker]
        before = self.of.get(worker.key, ())
        after = tuple(sorted((*(shift for shift in before if shift not in taken), *given), key=by_day))
        changes = Counter(self._shared_change(taken, given))
        changes.update(worker_parts(worker, after, self.problem))
        changes.subtract(self._own(worker.key))
        changes["fairness"] += self._burden(worker.key, after) - self._burden(worker.key, before)
        return Verdict(self._reasons(worker.key, after, taken, given), dict(changes))

    def _own(self, key: str) -> dict[str, int]:
        if key not in self._parts:
            self._parts[key] = worker_parts(self.problem.worker_by[key], self.of.get(key, ()), self.problem)
        return self._parts[key]

    def _burden(self, key: str, shifts: Sequence[Assignment]) -> int:
        problem, share = self.problem, shares(self.problem)
        above = 0
        for name, is_burden in BURDENS.items():
            carried = sum(is_burden(problem.cell_by[shift.cell], problem) for shift in shifts)
            above += max(0, carried - share[name, key])
        return above * problem.objective.points["fairness"]

    def _shared_change(self, taken: Sequence[Assignment], given: Sequence[Assignment]) -> dict[str, int]:
        """Return the change of what is missing under minimum and wanted."""
        points, found = self.problem.objective.points, {"minimum": 0, "wanted": 0}
        change = Counter(shift.cell for shift in given)
        change.subtract(shift.cell for shift in taken)
        for cell, by in change.items():
            demand = self.problem.cell_by[cell].demand
            shift = next(each for each in (*given, *taken) if each.cell == cell)
            is_learner = self.problem.worker_by[shift.worker].is_learning(shift.function)
            skilled, everybody = self.skilled[cell], self.skilled[cell] + self.learners[cell]
            if not is_learner:
                found["minimum"] += points["minimum"] * (max(0, demand.minimum - skilled - by) - max(0, demand.minimum - skilled))
            found["wanted"] += points["wanted"] * (max(0, demand.wanted - everybody - by) - max(0, demand.wanted - everybody))
        return found

    def _reasons(
        self, key: str, after: Sequence[Assignment], taken: Sequence[Assignment], given: Sequence[Assignment]
    ) -> tuple[Reason, ...]:
        problem, worker = self.problem, self.problem.worker_by[key]
        found = [reason for shift in given for reason in obstacles(worker, problem.cell_by[shift.cell], problem)]
        for rule in WORKER_RULES:
            found += [violation.reason for violation in rule.violations(worker, after, problem) if set(violation.shifts) & {*given}]
        for shift in given:
            found += self._no_room(shift, taken)
        for shift in taken:
            found += self._left_alone(shift, given)
        return tuple(dict.fromkeys(found))

    def _no_room(self, shift: Assignment, taken: Sequence[Assignment]) -> list[Reason]:
        """Return why the site cannot take one more: its maximum, its coaches, or nobody to learn beside."""
        problem, cell = self.problem, shift.cell
        gone = sum(other.cell == cell for other in taken)
        people = self.skilled[cell] + self.learners[cell] + 1 - gone
        demand, day = problem.cell_by[cell].demand, {"day": shift.day.isoformat()}
        found = []
        if people > demand.maximum:
            found.append(Reason("rostering.over_maximum", {**_where(shift), **day, "people": people, "most": demand.maximum}))
        crowd = self.crowds[shift.site, shift.day] + 1 - sum((other.site, other.day) == (shift.site, shift.day) for other in taken)
        room = sum(coach.maximum for coach in problem.coaches_of[shift.site] if coach.is_present_on(shift.day))
        if crowd > room:
            found.append(Reason("rostering.over_coach", {"site": shift.site, **day, "people": crowd, "most": room}))
        if shift.function in problem.worker_by[shift.worker].wishes:
            learners, guides = self.learners[cell] + 1 - gone, self.skilled[cell]
            if learners > guides * problem.rules.learners_per_skilled:
                found.append(Reason("rostering.learner_alone", {**_where(shift), **day, "learners": learners, "skilled": guides}))
        return found

    def _left_alone(self, shift: Assignment, given: Sequence[Assignment]) -> list[Reason]:
        """Return that learners would stay without anybody who can, when this shift goes."""
        problem, cell = self.problem, shift.cell
        if problem.worker_by[shift.worker].is_learning(shift.function) or any(other.cell == cell for other in given):
            return []
        guides, learners = self.skilled[cell] - 1, self.learners[cell]
        if learners <= guides * problem.rules.learners_per_skilled:
            return []
        day = {"day": shift.day.isoformat()}
        return [Reason("rostering.learner_alone", {**_where(shift), **day, "learners": learners, "skilled": guides})]


def _where(shift: Assignment) -> dict[str, str]:
    return {"site": shift.site, "function": shift.function}
