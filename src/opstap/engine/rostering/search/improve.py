"""The search over everybody in two lanes: the first weeks and the last side by side, or, where people are many, two regions of sites."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.search.answer_kernel import join, respond
from opstap.engine.rostering.search.crew import copy_of
from opstap.engine.rostering.search.crew_kernel import Crew, Roster, Worth, leave
from opstap.engine.rostering.search.kernel import INFINITE
from opstap.engine.rostering.search.market import Market
from opstap.engine.rostering.search.rounds_kernel import search

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Clock = Callable[[], float]
LANES = 2
HEAT, NOISE = 2000.0, 150.0
"""Points above which a round's result is never kept, which fall to nothing while the search goes on; and of chance in an answer."""

MANY = 150
"""From so many workers on each lane has its own sites and workers; below, its own weeks."""

_FEW_WEEKS = 4
"""In fewer weeks both lanes search the whole roster, and the better is kept."""

_PROBE = 400
"""Rounds of a lane between two looks at the clock."""


@dataclass
class Team:
    """The market, its arrays, the regions that sites can be cut into, and how many threads may search."""

    market: Market
    crew: Crew
    threads: int

    def __post_init__(self) -> None:
        """Count who can work at which sites."""
        sites = {site.key: number for number, site in enumerate(self.market.problem.sites)}
        reach = np.zeros((len(self.market.views), len(sites)))
        for row, view in enumerate(self.market.views):
            reach[row, [sites[key] for key in view.sites]] = 1.0
        self.between = reach.T @ reach
        self.is_large = len(self.market.views) >= MANY
        self.site_of = np.array([sites[cell.demand.site] for cell in self.market.problem.cells], np.int64)


def first_roster(team: Team, roster: Roster, worth: Worth, generator: np.random.Generator, much: float = 0.0) -> bool:
    """Fill an empty roster: everybody in turn, then everybody again against all the others; False when pins leave no roster."""
    crew, everywhere = team.crew, np.zeros(len(team.crew.minimum), np.int64)
    rows, weeks = [int(row) for row in generator.permutation(len(roster.chosen))], team.market.problem.weeks
    for row in rows:
        if respond(crew, roster, worth, row, 3 if much else 0, much, everywhere, 0, 0, weeks) >= INFINITE:
            return False
    for _ in range(3):
        for row in generator.permutation(rows):
            leave(crew, roster, int(row), 0, weeks)
            respond(crew, roster, worth, int(row), 2 if much else 0, 1.0, everywhere, 0, 0, weeks)
    return True


def improve_team(
    team: Team, roster: Roster, worth: Worth, generator: np.random.Generator, *,
    rounds: int, until: float, heat: float = HEAT, clock: Clock = time.monotonic,
) -> int:  # fmt: skip
    """Search from the roster for so many rounds or until the clock says so; leave the best roster in it. Return the rounds done.

    The heat falls with the rounds, and faster when the clock will end the search before they are done.
    """
    best, gain, least = copy_of(roster), 0.0, 0.0
    began, done, planned = clock(), 0, rounds
    while done < rounds:
        now = clock()
        if now >= until:
            break
        if done:
            planned = min(rounds, done + max(1, int((until - now) * done / (now - began + 1e-9))))
        slice_of = min(_PROBE, rounds - done)
        warm = heat * max(0.0, 1 - done / planned)
        seeds = [int(seed) for seed in generator.integers(2**31, size=LANES)]
        turn = _Turn(team, worth, slice_of, warm, seeds)
        if team.is_large:
            gain += _by_region(turn, roster, generator)
        elif team.market.problem.weeks < _FEW_WEEKS:
            gain += _by_chance(turn, roster)
        else:
            gain += _by_weeks(turn, roster, generator)
        done += slice_of
        if gain < least - 0.5:
            least = gain
            _take_over(best, roster)
    _take_over(roster, best)
    return done


@dataclass(frozen=True)
class _Turn:
    """So many rounds at one heat, with a seed for each lane."""

    team: Team
    worth: Worth
    rounds: int
    heat: float
    seeds: Sequence[int]

    def search(  # noqa: PLR0917 - what a lane may change
        self, lane: int, roster: Roster, rows: Int, parts: Int, part: int, low: int = 0, high: int | None = None
    ) -> float:
        """Search in a lane, in the weeks from `low` to `high` or in all; return by how much the cost changed."""
        if not len(rows):
            return 0.0
        high = self.team.market.problem.weeks if high is None else high
        return float(
            search(self.team.crew, roster, self.worth, rows, parts, part, low, high, self.heat, NOISE, self.rounds, self.seeds[lane])
        )

    def side_by_side(self, work: Callable[[int], float]) -> list[float]:
        """Return what the work of each lane gives."""
        with ThreadPoolExecutor(self.team.threads) as pool:
            return list(pool.map(work, range(LANES)))


def _by_region(turn: _Turn, roster: Roster, generator: np.random.Generator) -> float:
    """Let each lane search its own sites and workers, both in the same roster; return by how much the cost changed."""
    parts, groups = _regions(turn.team, roster, generator)
    return sum(turn.side_by_side(lambda lane: turn.search(lane, roster, groups[lane], parts, lane)))


def _by_chance(turn: _Turn, roster: Roster) -> float:
    """Let both lanes search the whole roster and keep the better; return by how much the cost changed."""
    parts, rows = np.zeros(len(turn.team.crew.minimum), np.int64), np.arange(len(roster.chosen))
    rosters = [roster, copy_of(roster)]
    gains = turn.side_by_side(lambda lane: turn.search(lane, rosters[lane], rows, parts, 0))
    if gains[1] < gains[0]:
        _take_over(roster, rosters[1])
    return min(gains)


def _by_weeks(turn: _Turn, roster: Roster, generator: np.random.Generator) -> float:
    """Let one lane search the weeks before a border and the other those behind it, each in a roster of its own, and join the two.

    What goes over the border, such as wishes and stays, may make them dearer together: the best of each alone and both goes on.
    Return by how much the cost changed.
    """
    crew, weeks = turn.team.crew, turn.team.market.problem.weeks
    parts, rows = np.zeros(len(crew.minimum), np.int64), np.arange(len(roster.chosen))
    border = int(generator.integers(weeks // 4, weeks - weeks // 4 + 1))
    before, edges = _cost(crew, roster), (0, border, weeks)
    rosters = [copy_of(roster), copy_of(roster)]
    gains = turn.side_by_side(lambda lane: turn.search(lane, rosters[lane], rows, parts, 0, edges[lane], edges[lane + 1]))
    both = copy_of(rosters[0])
    join(crew, both, rosters[1], border)
    gains.append(_cost(crew, both) - before)
    best = int(np.argmin(gains))
    _take_over(roster, [*rosters, both][best])
    return gains[best]


def _cost(crew: Crew, roster: Roster) -> float:
    """Return the points of a roster, without those that no choice changes."""
    points, everybody = crew.points, roster.skilled + roster.learners
    missing = np.maximum(0, crew.minimum - roster.skilled).sum() * points[0] + np.maximum(0, crew.wanted - everybody).sum() * points[1]
    wrong = np.maximum(0, roster.learners - crew.rules[4] * roster.skilled).sum() + np.maximum(0, everybody - crew.maximum).sum()
    wrong += np.maximum(0, roster.crowds - crew.room).sum()
    return float(missing + points[5] * wrong + roster.alone.sum() + roster.unfair.sum())


def _regions(team: Team, roster: Roster, generator: np.random.Generator) -> tuple[Int, list[Int]]:
    """Return the lane of every demand, and per lane the workers all of whose shifts lie in it: sites grown by who can reach both."""
    crew, sites = team.crew, len(team.between)
    at, works = np.full_like(roster.chosen, -1), roster.chosen >= 0
    at[works] = team.site_of[crew.cells[(crew.options_from[:-1, None] + roster.chosen)[works]]]
    busy = np.bincount(at[at >= 0], minlength=sites)
    lane_of, pull, half = np.ones(sites, np.int64), np.zeros(sites), busy.sum() / 2
    site, filled = int(generator.integers(sites)), 0
    while filled < half and lane_of.any():
        lane_of[site] = 0
        filled += busy[site] + 1
        pull += team.between[site] / (team.between.sum(axis=0) + 1)
        site = int(np.argmax(np.where(lane_of == 1, pull, -1.0)))
    lane_at = np.where(at >= 0, lane_of[at], -1)
    is_in = [~((lane_at == 1 - lane).any(axis=1)) for lane in range(LANES)]
    idle = is_in[0] & is_in[1]
    toss = generator.random(len(idle)) < 0.5  # noqa: PLR2004 - either lane
    return lane_of[team.site_of], [np.nonzero(is_in[lane] & (~idle | (toss == bool(lane))))[0] for lane in range(LANES)]


def _take_over(roster: Roster, other: Roster) -> None:
    for mine, theirs in zip(roster, other, strict=True):
        mine[...] = theirs
