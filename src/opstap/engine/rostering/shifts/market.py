"""Everybody's diagram and what everybody together is asked: the question as numbers, ready for prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.shifts.automaton import automaton_of
from opstap.engine.rostering.shifts.diagram import Diagram, Path, diagram_of
from opstap.engine.rostering.shifts.problem import Roster, ShiftProblem

Float = NDArray[np.float64]
Int = NDArray[np.int64]


@dataclass(frozen=True)
class Market:
    """`own` (workers, days, choices): points of a choice by itself, choice 0 a day off; `constant`: points that no choice changes.

    `people`, `missing`, `extra` (days, kinds): the people asked, and the points of each one missing and each one too many.
    """

    problem: ShiftProblem
    diagrams: tuple[Diagram, ...]
    own: Float
    constant: int
    people: Int
    missing: Int
    extra: Int

    def alone(self, row: int, path: Path) -> float:
        """Return the points of a worker's path by itself."""
        return float(self.own[row][np.arange(len(path)), path].sum())

    def cost(self, paths: dict[int, Path]) -> int:
        """Return the points of one path for everybody."""
        there = np.zeros((self.people.shape[0], self.people.shape[1] + 1), np.int64)
        for path in paths.values():
            there[np.arange(len(path)), path] += 1
        lack = self.people - there[:, 1:]
        shared = (np.maximum(0, lack) * self.missing + np.maximum(0, -lack) * self.extra).sum()
        return round(self.constant + int(shared) + sum(self.alone(row, path) for row, path in paths.items()))

    def roster(self, paths: dict[int, Path]) -> Roster:
        """Return the paths in the words of the question."""
        names = [None, *(kind.key for kind in self.problem.kinds)]
        return {self.problem.workers[row].key: tuple(names[choice] for choice in path) for row, path in paths.items()}


def market_of(problem: ShiftProblem) -> Market:
    """Return the numbers of a question."""
    diagrams = tuple(diagram_of(automaton_of(problem, worker)) for worker in problem.workers)
    number = {kind.key: at for at, kind in enumerate(problem.kinds)}
    row = {worker.key: at for at, worker in enumerate(problem.workers)}
    own, constant = np.zeros((len(row), problem.days, len(number) + 1)), 0
    for wish in problem.wishes:
        where = row[wish.worker], wish.day, number[wish.kind] + 1
        own[where] += -wish.points if wish.is_wanted else wish.points
        constant += wish.points if wish.is_wanted else 0
    people, missing, extra = (np.zeros((problem.days, len(number)), np.int64) for _ in range(3))
    for cover in problem.covers:
        where_asked = cover.day, number[cover.kind]
        people[where_asked], missing[where_asked], extra[where_asked] = cover.people, cover.missing, cover.extra
    return Market(problem, diagrams, own, constant, people, missing, extra)
