"""The textbook model of days and shifts: yes or no per worker, day and kind, every rule a row; for HiGHS and for CP-SAT alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from opstap.engine.rostering.search.program import Program
from opstap.engine.rostering.shifts.problem import Contract, Roster, ShiftProblem

_MANY = 10_000


@dataclass
class Textbook:
    """`taken`: the variable of (worker, day, kind) where it may be; `constant`: points that no choice changes."""

    problem: ShiftProblem
    program: Program = field(default_factory=Program)
    taken: dict[tuple[str, int, str], int] = field(default_factory=dict)
    constant: int = 0

    def __post_init__(self) -> None:
        """Write all rows."""
        points = self._points()
        for worker in self.problem.workers:
            works = self._choices(worker, points)
            self._successions(worker)
            self._runs(worker, works)
            self._weekends(worker, works)
        self._covers()

    def _points(self) -> dict[tuple[str, int, str], int]:
        points: defaultdict[tuple[str, int, str], int] = defaultdict(int)
        for wish in self.problem.wishes:
            points[wish.worker, wish.day, wish.kind] += -wish.points if wish.is_wanted else wish.points
            self.constant += wish.points if wish.is_wanted else 0
        return points

    def _choices(self, worker: Contract, points: dict[tuple[str, int, str], int]) -> list[int]:
        """Add the choices of a worker with the limits per kind and of time; return per day whether work is done."""
        program, works = self.program, []
        for day in range(self.problem.days):
            kinds = [kind.key for kind in self.problem.kinds if worker.most_of.get(kind.key, 0) > 0 and day not in worker.days_off]
            for kind in kinds:
                self.taken[worker.key, day, kind] = program.flag(float(points.get((worker.key, day, kind), 0)))
            works.append(program.flag())
            row = [self.taken[worker.key, day, kind] for kind in kinds]
            program.row([*row, works[-1]], [1.0] * len(row) + [-1.0], 0.0, 0.0)
        own = {kind.key: self._of(worker.key, kind.key) for kind in self.problem.kinds}
        for kind, flags in own.items():
            program.row(flags, [1.0] * len(flags), most=float(worker.most_of.get(kind, 0)))
        minutes = [float(kind.minutes) for kind in self.problem.kinds for _ in own[kind.key]]
        program.row([flag for flags in own.values() for flag in flags], minutes, float(worker.least_minutes), float(worker.most_minutes))
        return works

    def _of(self, worker: str, kind: str) -> list[int]:
        return [self.taken[worker, day, kind] for day in range(self.problem.days) if (worker, day, kind) in self.taken]

    def _successions(self, worker: Contract) -> None:
        for day in range(self.problem.days - 1):
            for kind in self.problem.kinds:
                if (now := self.taken.get((worker.key, day, kind.key))) is not None:
                    after = [self.taken.get((worker.key, day + 1, other)) for other in sorted(kind.not_followed_by)]
                    flags = [now, *(flag for flag in after if flag is not None)]
                    self.program.row(flags, [1.0] * len(flags), most=1.0)

    def _runs(self, worker: Contract, works: list[int]) -> None:
        program, days = self.program, self.problem.days
        for first in range(days - worker.longest_run):
            program.row(works[first : first + worker.longest_run + 1], [1.0] * (worker.longest_run + 1), most=float(worker.longest_run))
        for length in range(1, worker.shortest_run):
            for first in range(1, days - length):
                flags = works[first - 1 : first + length + 1]
                program.row(flags, [1.0, *([-1.0] * length), 1.0], least=1.0 - length)
        for length in range(1, worker.shortest_rest):
            for first in range(1, days - length):
                flags = works[first - 1 : first + length + 1]
                program.row(flags, [-1.0, *([1.0] * length), -1.0], least=-1.0)

    def _weekends(self, worker: Contract, works: list[int]) -> None:
        program, weekends = self.program, []
        for saturday in range(5, self.problem.days, 7):
            weekends.append(program.flag())
            for day in works[saturday : saturday + 2]:
                program.row([weekends[-1], day], [1.0, -1.0], least=0.0)
        program.row(weekends, [1.0] * len(weekends), most=float(worker.most_weekends))

    def _covers(self) -> None:
        for cover in self.problem.covers:
            flags = [flag for (_, day, kind), flag in self.taken.items() if (day, kind) == (cover.day, cover.kind)]
            slack = [self.program.amount(float(cover.missing)), self.program.amount(float(cover.extra))]
            people = float(cover.people)
            self.program.row([*flags, *slack], [1.0] * len(flags) + [1.0, -1.0], people, people)

    def roster(self, values: list[float]) -> Roster:
        """Return the roster of an answer."""
        found: dict[str, list[str | None]] = {worker.key: [None] * self.problem.days for worker in self.problem.workers}
        for (worker, day, kind), flag in self.taken.items():
            if values[flag] > 0.5:
                found[worker][day] = kind
        return {worker: tuple(shifts) for worker, shifts in found.items()}


def by_highs(book: Textbook, seconds: float) -> tuple[Roster, float]:
    """Return the roster of HiGHS, empty when it found none, and its bound."""
    answer = book.program.solve(seconds)
    if answer is None:
        return {}, float("nan")
    return book.roster(answer.values.tolist()), answer.bound + book.constant


def by_cp_sat(book: Textbook, seconds: float) -> tuple[Roster, float]:
    """Return the roster of CP-SAT with one thread, empty when it found none, and its bound."""
    model, program = cp_model.CpModel(), book.program
    flags = [model.new_int_var(0, int(min(highest, _MANY)), "") for highest in program.highest]
    for (numbers, factors), least, most in zip(program.rows, program.least, program.most, strict=True):
        low = -_MANY * _MANY if np.isinf(least) else int(least)
        high = _MANY * _MANY if np.isinf(most) else int(most)
        model.add_linear_constraint(sum(int(factor) * flags[number] for number, factor in zip(numbers, factors, strict=True)), low, high)
    model.minimize(sum(int(cost) * flags[number] for number, cost in enumerate(program.costs) if cost))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return {}, solver.best_objective_bound + book.constant
    return book.roster([float(solver.value(flag)) for flag in flags]), solver.best_objective_bound + book.constant
