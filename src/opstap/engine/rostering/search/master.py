"""The master of the weeks at sites: whole paths per worker, of which one each is chosen so that the places get their people."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.search.kernel import INFINITE
from opstap.engine.rostering.search.program import Program, Relaxed
from opstap.engine.rostering.search.weeks_kernel import best_weeks

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Path = tuple[int, ...]
NEARLY = 1e-6


@dataclass(frozen=True)
class Weeks:
    """One worker's question: `own` (steps, sites + 1) costs, `able` and `days` (steps, sites + 1): what a week gives.

    A step is a week with contract left, `weeks` (steps) says which. `place` (sites): the row of each local site. The last column is a
    week without work. `teaches` and the numbers: see `best_weeks`.
    """

    own: Float
    able: Int
    days: Int
    teaches: Int
    place: Int
    weeks: Int
    goals: int
    stay: tuple[int, int]
    rules: tuple[int, int, int]
    points: tuple[float, float]

    def best(self, cost: Float) -> tuple[float, Path]:
        """Return the best path under costs (weeks, sites + 1) and its value."""
        chosen = np.empty(len(cost), np.int64)
        longest, shortest, practice = self.rules
        variety, reach = self.points
        value = best_weeks(cost, self.teaches, self.goals, self.stay[0], self.stay[1], longest, shortest, variety, practice, reach, chosen)
        return float(value), tuple(chosen.tolist())

    def use(self, path: Path) -> list[tuple[int, int, int, int]]:
        """Return (place, week, days of one who can, days) for every week with work."""
        given = [(site, step) for step, site in enumerate(path) if site < len(self.place)]
        return [
            (int(self.place[site]), int(self.weeks[step]), int(self.able[step, site]), int(self.days[step, site])) for site, step in given
        ]

    def value(self, path: Path) -> float:
        """Return what a path costs by itself."""
        only = np.full(self.own.shape, INFINITE)
        rows = np.arange(len(path)), np.array(path)
        only[rows] = self.own[rows]
        return self.best(only)[0]


@dataclass(frozen=True)
class Asked:
    """Days asked (places, weeks): minimum, wanted, and the most that can be received; points of a day missing, and of one too many."""

    minimum: Int
    wanted: Int
    most: Int
    points: tuple[float, float]
    spare: Float


@dataclass(frozen=True)
class Prices:
    """What a day by one who can, by anybody, and a day for which there is no room are worth (places, weeks), all at least 0."""

    minimum: Float
    wanted: Float
    most: Float


@dataclass
class Master:
    """All workers, what is asked, and the paths known so far with what they cost alone."""

    workers: list[Weeks]
    asked: Asked
    paths: list[dict[Path, float]] = field(default_factory=list)

    def program(self, fixed: dict[int, Path], *, is_whole: bool) -> tuple[Program, list[tuple[int, Path]]]:
        """Return the program over the known paths and, for its first variables, the (worker, path) of each; one row per worker first."""
        program, columns = Program(), []
        rows: list[tuple[list[int], list[float]]] = [([], []) for _ in range(len(self.workers) + 3 * self.asked.minimum.size)]
        for row, known in enumerate(self.paths):
            for path, cost in known.items() if row not in fixed else [(fixed[row], known[fixed[row]])]:
                number = program.flag(cost) if is_whole else program.amount(cost)
                columns.append((row, path))
                _enter(rows, row, number, 1.0)
                for first, factor in self._entries(row, path):
                    _enter(rows, first, number, factor)
        for row in range(len(self.workers)):
            program.row(*rows[row], 1.0, 1.0)
        self.close(program, rows)
        return program, columns

    def _entries(self, row: int, path: Path) -> list[tuple[int, float]]:
        """Return the rows of a path: minimum, wanted and most of each place and week."""
        return [entry for step, site in enumerate(path) for entry in self.entries_of_week(row, step, site)]

    def entries_of_week(self, row: int, step: int, site: int) -> list[tuple[int, float]]:
        """Return the rows of one week of a worker at a site, none when it is without work."""
        worker, size = self.workers[row], self.asked.minimum.size
        if site == len(worker.place):
            return []
        at = len(self.workers) + int(worker.place[site]) * self.asked.minimum.shape[1] + int(worker.weeks[step])
        days = float(worker.days[step, site])
        return [(at, float(worker.able[step, site])), (at + size, days), (at + 2 * size, days)]

    def close(self, program: Program, rows: list[tuple[list[int], list[float]]]) -> None:
        """Add what is missing or too many to the rows, and the rows to the program."""
        asked, count, size = self.asked, len(self.workers), self.asked.minimum.size
        for block, days, points in ((0, asked.minimum, asked.points[0]), (1, asked.wanted, asked.points[1])):
            for at, lacking in enumerate(days.ravel()):
                variables, factors = rows[count + block * size + at]
                program.row([*variables, program.amount(points)], [*factors, 1.0], least=float(lacking))
        for at, most in enumerate(asked.most.ravel()):
            variables, factors = rows[count + 2 * size + at]
            program.row([*variables, program.amount(float(asked.spare.ravel()[at]))], [*factors, -1.0], most=float(most))

    def prices(self, found: Relaxed) -> Prices:
        """Return the prices of a relaxed program, cut to what is useful, so that any of them prove a bound."""
        count, size, shape = len(self.workers), self.asked.minimum.size, self.asked.minimum.shape
        minimum, wanted, most = (found.prices[count + block * size : count + (block + 1) * size].reshape(shape) for block in range(3))
        low, high = self.asked.points
        return Prices(np.clip(minimum, 0, low), np.clip(wanted, 0, high), np.clip(-most, 0, self.asked.spare))

    def answer(self, prices: Prices, rows: list[int]) -> tuple[float, int]:
        """Let these workers answer the prices; keep the paths. Return the sum of their values and how many paths are new."""
        total, new = 0.0, 0
        for row in rows:
            worker = self.workers[row]
            value, path = worker.best(self.priced(row, prices))
            total += value
            if path not in self.paths[row]:
                self.paths[row][path] = worker.value(path)
                new += 1
        return total, new

    def priced(self, row: int, prices: Prices) -> Float:
        """Return what the weeks of a worker cost under prices (weeks, sites + 1)."""
        worker = self.workers[row]
        cost: Float = worker.own.copy()
        where = np.ix_(worker.place, worker.weeks)
        worth = worker.able[:, :-1] * prices.minimum[where].T
        cost[:, :-1] -= worth + worker.days[:, :-1] * (prices.wanted - prices.most)[where].T
        return cost

    def bound(self, prices: Prices, answers: float) -> float:
        """Return the bound that prices prove, given the sum of everybody's best values under them."""
        asked = self.asked
        return answers + float((prices.minimum * asked.minimum + prices.wanted * asked.wanted - prices.most * asked.most).sum())

    def add(self, chosen: dict[int, Path]) -> float:
        """Keep one path for everybody; return what they cost together."""
        for row, path in chosen.items():
            self.paths[row].setdefault(path, self.workers[row].value(path))
        return self.cost(chosen)

    def cost(self, chosen: dict[int, Path]) -> float:
        """Return what one path for everybody costs together."""
        able, days = np.zeros_like(self.asked.minimum), np.zeros_like(self.asked.minimum)
        for row, path in chosen.items():
            for place, week, can, given in self.workers[row].use(path):
                able[place, week] += can
                days[place, week] += given
        asked, total = self.asked, sum(self.paths[row][path] for row, path in chosen.items())
        missing = np.maximum(0, asked.minimum - able).sum() * asked.points[0] + np.maximum(0, asked.wanted - days).sum() * asked.points[1]
        return float(total + missing + (np.maximum(0, days - asked.most) * asked.spare).sum())


def _enter(rows: list[tuple[list[int], list[float]]], row: int, number: int, factor: float) -> None:
    rows[row][0].append(number)
    rows[row][1].append(factor)
