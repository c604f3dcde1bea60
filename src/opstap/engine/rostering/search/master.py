"""The question of the weeks at sites: what each worker can give a place in a week, and what every place asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.search.kernel import INFINITE
from opstap.engine.rostering.search.weeks_kernel import best_weeks

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Path = tuple[int, ...]
NEARLY = 1e-6


@dataclass(frozen=True)
class Weeks:
    """One worker's question: `own` (steps, sites + 1) costs, `able` and `days` (steps, sites + 1): what a week gives, 0 or 1.

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
        """Return the best path under costs (steps, sites + 1) and its value."""
        chosen = np.empty(len(cost), np.int64)
        longest, shortest, practice = self.rules
        variety, reach = self.points
        value = best_weeks(cost, self.teaches, self.goals, self.stay[0], self.stay[1], longest, shortest, variety, practice, reach, chosen)
        return float(value), tuple(chosen.tolist())

    def value(self, path: Path) -> float:
        """Return what a path costs by itself."""
        only = np.full(self.own.shape, INFINITE)
        rows = np.arange(len(path)), np.array(path, np.int64)
        only[rows] = self.own[rows]
        return self.best(only)[0]


@dataclass(frozen=True)
class Asked:
    """People asked (places, weeks): who can do it, anybody, and the most that can be received.

    `points`: of somebody who can that is missing, and of anybody; `spare` (places, weeks): of one too many.
    """

    minimum: Int
    wanted: Int
    most: Int
    points: tuple[float, float]
    spare: Float


@dataclass(frozen=True)
class Answers:
    """The bound that prices prove, what every row lacks then, and everybody's path."""

    bound: float
    lack: Float
    paths: dict[int, Path]


@dataclass
class Master:
    """All workers and one row per thing asked: the minimum of every place and week, then what is wanted, then the room.

    A row asks for `asks` at least and costs `points` for each one that lacks; `room` asks for minus what can be received.
    `rows` and `gives`, per worker (3, steps, sites): the rows of a week at a site, and what it gives them.
    """

    workers: list[Weeks]
    asked: Asked
    asks: Float = field(init=False)
    points: Float = field(init=False)
    rows: list[Int] = field(init=False)
    gives: list[Float] = field(init=False)
    paths: list[dict[Path, float]] = field(init=False)

    def __post_init__(self) -> None:
        """Lay out the rows."""
        asked, size = self.asked, self.asked.minimum.size
        self.asks = np.concatenate([asked.minimum.ravel(), asked.wanted.ravel(), -asked.most.ravel()]).astype(np.float64)
        low, high = ((people.ravel() > 0) * points for people, points in zip((asked.minimum, asked.wanted), asked.points, strict=True))
        self.points = np.concatenate([low, high, asked.spare.ravel()])
        at = [worker.place[None, :] * asked.minimum.shape[1] + worker.weeks[:, None] for worker in self.workers]
        self.rows = [np.stack([rows, rows + size, rows + 2 * size]) for rows in at]
        given = [(worker.able[:, :-1], worker.days[:, :-1]) for worker in self.workers]
        self.gives = [np.stack([able, days, -days]).astype(np.float64) for able, days in given]
        self.paths = [{} for _ in self.workers]

    def priced(self, row: int, prices: Float) -> Float:
        """Return what the weeks of a worker cost under prices of the rows (steps, sites + 1)."""
        cost: Float = self.workers[row].own.copy()
        cost[:, :-1] -= (self.gives[row] * prices[self.rows[row]]).sum(axis=0)
        return cost

    def answer(self, prices: Float) -> Answers:
        """Let everybody answer the prices; the paths are kept."""
        bound, paths = float(prices @ self.asks), {}
        for row, worker in enumerate(self.workers):
            cost = self.priced(row, prices)
            value, path = worker.best(cost)
            bound += value
            paths[row] = path
            self._keep(row, path, value, cost)
        return Answers(bound, self.lack(paths), paths)

    def first(self) -> dict[int, Path]:
        """Return a path for everybody: each in turn takes the best one beside those before."""
        paths: dict[int, Path] = {}
        lack = self.asks.copy()
        is_room = np.arange(len(lack)) >= 2 * self.asked.minimum.size
        for row, worker in enumerate(self.workers):
            cost = self.priced(row, np.where((lack > 0) | (is_room & (lack >= 0)), self.points, 0.0))
            value, paths[row] = worker.best(cost)
            self._keep(row, paths[row], value, cost)
            self._take(lack, row, paths[row])
        return paths

    def _keep(self, row: int, path: Path, value: float, cost: Float) -> None:
        if path not in self.paths[row]:
            at = np.arange(len(path)), np.array(path, np.int64)
            self.paths[row][path] = value - float(cost[at].sum()) + float(self.workers[row].own[at].sum())

    def lack(self, paths: Mapping[int, Path]) -> Float:
        """Return what every row lacks beside these paths; below 0 when there is more than is asked."""
        lack = self.asks.copy()
        for row, path in paths.items():
            self._take(lack, row, path)
        return lack

    def _take(self, lack: Float, row: int, path: Path) -> None:
        sites = np.array(path, np.int64)
        steps = np.nonzero(sites < len(self.workers[row].place))[0]
        at = slice(None), steps, sites[steps]
        lack[self.rows[row][at]] -= self.gives[row][at]

    def alone(self, row: int, path: Path) -> float:
        """Return what a path costs by itself."""
        if path not in self.paths[row]:
            self.paths[row][path] = self.workers[row].value(path)
        return self.paths[row][path]

    def cost(self, paths: Mapping[int, Path]) -> float:
        """Return what one path for everybody costs together."""
        alone = sum(self.alone(row, path) for row, path in paths.items())
        return alone + float(np.maximum(0.0, self.lack(paths)) @ self.points)

    def entries(self, row: int, step: int, site: int) -> list[tuple[int, float]]:
        """Return the rows of one week of a worker at a site with what it gives them, none when it is without work."""
        if site == len(self.workers[row].place):
            return []
        rows, gives = self.rows[row][:, step, site].tolist(), self.gives[row][:, step, site].tolist()
        return [(at, factor) for at, factor in zip(rows, gives, strict=True) if factor and self.points[at]]
