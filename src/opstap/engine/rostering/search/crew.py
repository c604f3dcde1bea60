"""Everybody's options in one set of arrays for the compiled search, and the way between them and a load."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.problem import DAYS_IN_WEEK
from opstap.engine.rostering.search.crew_kernel import Crew, Roster, Worth
from opstap.engine.rostering.search.load import ALONE, Load
from opstap.engine.rostering.search.market import Market
from opstap.engine.rostering.search.prices import layout_of
from opstap.engine.rostering.search.view import View

Float = NDArray[np.float64]
Int = NDArray[np.int64]
_NEAR = 64
"""So many of the nearest workers are kept per worker; the search takes its neighbours from them."""


def crew_of(market: Market) -> Crew:
    """Return the market as arrays."""
    views, problem = market.views, market.problem
    rules, points = problem.rules, problem.objective.points
    cells = np.concatenate([view.cells for view in views]).astype(np.int64)
    kinship = kinship_of(market)
    near = np.argsort(-kinship, axis=1, kind="stable")[:, :_NEAR].astype(np.int64)
    return Crew(
        options_from=_starts([len(view.cells) for view in views]),
        starts_from=_starts([len(view.starts) for view in views]),
        starts=np.concatenate([view.starts for view in views]),
        cells=cells,
        place=np.concatenate([_places(view) for view in views]),
        learns=np.concatenate([view.learns for view in views]),
        pinned=np.concatenate([view.pinned for view in views]),
        own=np.concatenate([view.own for view in views]),
        units=np.concatenate([view.units for view in views]),
        goal=np.concatenate([view.goal for view in views]),
        burdens=np.concatenate([view.burdens.reshape(len(market.share), -1) for view in views], axis=1).astype(np.int8),
        sites=np.array([len(view.sites) for view in views], np.int64),
        goals=np.array([view.goals for view in views], np.int64),
        quotas=np.array([view.quotas for view in views], np.int64),
        must=np.array([view.must for view in views], np.int64),
        stay=np.array([_stay(view) for view in views], np.int64),
        minimum=market.minimum, wanted=market.wanted, maximum=market.maximum, crowd=market.crowd, room=market.room, share=market.share,
        rules=np.array([rules.longest_stay, rules.shortest_stay, rules.practice_days, rules.practice_weeks, market.guides], np.int64),
        points=np.array(
            [market.missing_points, market.wanted_points, market.unfair_points, points["variety"], points["learning"], ALONE], np.float64
        ),
        near=near,
        nearness=np.take_along_axis(kinship, near, axis=1).astype(np.float64),
    )  # fmt: skip


def kinship_of(market: Market) -> NDArray[np.float32]:
    """Return (workers, workers) the share of the second's options that lie at sites where the first can work too."""
    sites = {site.key: number for number, site in enumerate(market.problem.sites)}
    counts = np.zeros((len(market.views), len(sites)), np.float32)
    for row, view in enumerate(market.views):
        firsts = view.starts[:: market.problem.weeks * DAYS_IN_WEEK]
        counts[row, [sites[key] for key in view.sites]] = np.diff(firsts)
    return np.asarray((counts > 0).astype(np.float32) @ (counts / (counts.sum(axis=1, keepdims=True) + 1)).T, np.float32)


def roster_of(load: Load) -> Roster:
    """Return what is in a load as arrays of its own."""
    market, days = load.market, load.market.problem.weeks * DAYS_IN_WEEK
    chosen = np.full((len(market.views), days), -1, np.int64)
    for row, view in enumerate(market.views):
        options = load.chosen[row]
        chosen[row, (np.searchsorted(view.starts, options, side="right") - 1) % days] = options
    return Roster(chosen, load.alone.copy(), load.unfair.copy(), load.skilled.copy(), load.learners.copy(), load.crowds.copy())


def copy_of(roster: Roster) -> Roster:
    """Return a copy that shares nothing."""
    return Roster(**{name: each.copy() for name, each in roster._asdict().items()})


def fill(load: Load, roster: Roster) -> None:
    """Leave the roster in the load, whatever was there."""
    load.restore([(path[path >= 0], float(alone)) for path, alone in zip(roster.chosen, roster.alone, strict=True)])


def worth_of(market: Market, prices: Float) -> Worth:
    """Return the prices as the compiled search asks them."""
    minimum, wanted, maximum, beside, room, share = layout_of(market).split(prices)
    everybody = maximum - wanted + room[market.crowd]
    guiding = -market.guides * beside
    return Worth(everybody - minimum + guiding, everybody + beside, guiding, np.ascontiguousarray(share))


def _starts(lengths: list[int]) -> Int:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def _stay(view: View) -> tuple[int, int]:
    stay = view.worker.stay
    return (view.sites.index(stay[0]), stay[1]) if stay and stay[0] in view.sites else (-1, 0)


def _places(view: View) -> Int:
    """Return the local site of each option."""
    firsts = view.starts[:: view.problem.weeks * DAYS_IN_WEEK]
    return np.repeat(np.arange(len(view.sites)), np.diff(firsts)).astype(np.int64)
