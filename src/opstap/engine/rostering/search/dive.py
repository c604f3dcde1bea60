"""Columns and prices by turns until the bound stands, then whole paths: a dive, and the best choice among all paths known."""

from __future__ import annotations

from collections.abc import Callable

from opstap.engine.rostering.search.master import NEARLY, Master, Path, Prices
from opstap.engine.rostering.search.open_weeks import prove

_SURE = 0.85
_SMOOTH = 0.5
_RENEWALS = 4
_NARROW, _SHARE = 0.003, 0.6
_CLOSE = 0.5
"""Points under which the bound of the prices and the linear optimum are the same: costs are whole."""


def relax(master: Master, until: float, clock: Callable[[], float]) -> tuple[float, Prices]:
    """Return the best bound of all prices tried, and its prices; the paths found stay in the master.

    Everybody answers twice: the prices of the linear program, which alone would jump to and fro, and some half way to the best so far.
    """
    rows = list(range(len(master.workers)))
    centre, best = _first(master, rows), float("-inf")
    while True:
        program, _ = master.program({}, is_whole=False)
        relaxed = program.relaxed()
        value = sum(cost * share for cost, share in zip(program.costs, relaxed.values, strict=True))
        found, new = master.prices(relaxed), 0
        for asked in (_between(centre, found, _SMOOTH), found):
            answers, some = master.answer(asked, rows)
            new += some
            if (bound := master.bound(asked, answers)) > best:
                best, centre = bound, asked
        if clock() >= until or not new or value - best < _CLOSE:
            return best, centre


def _renew(master: Master, fixed: dict[int, Path]) -> None:
    """Let those who are not fixed answer the prices that the others leave, a few times."""
    rows = [row for row in range(len(master.workers)) if row not in fixed]
    for _ in range(_RENEWALS):
        program, _ = master.program(fixed, is_whole=False)
        _, new = master.answer(master.prices(program.relaxed()), rows)
        if not new:
            return


def _first(master: Master, rows: list[int]) -> Prices:
    """Return prices to begin with, half of what is missing; make sure that everybody has a path."""
    asked = master.asked
    low, high = asked.points
    start = Prices((asked.minimum > 0) * low / 2, (asked.wanted > 0) * high / 2, asked.spare * 0.0)
    master.answer(start, rows)
    return start


def _between(one: Prices, other: Prices, share: float) -> Prices:
    return Prices(
        share * one.minimum + (1 - share) * other.minimum,
        share * one.wanted + (1 - share) * other.wanted,
        share * one.most + (1 - share) * other.most,
    )


def whole(master: Master, bound: float, prices: Prices, until: float, clock: Callable[[], float]) -> tuple[dict[int, Path], float]:
    """Return one path for everybody and the bound, raised where that could be proven.

    First all that lies near the bound is searched whole, which often ends with the proof; else the better of what that found, a dive,
    and the best choice among all known paths.
    """
    limit = bound + max(_NARROW * abs(bound), 1.0)
    found = prove(master, prices, bound, limit, (until - clock()) * _SHARE)
    if found.paths and master.add(found.paths) <= found.bound + NEARLY:
        return found.paths, found.bound
    best = dive(master, clock() + (until - clock()) / 2, clock)
    best = min(best, found.paths or best, key=master.cost)
    if master.cost(best) - found.bound >= 1 - NEARLY and clock() < until:
        program, columns = master.program({}, is_whole=True)
        answer = program.solve(until - clock())
        if answer is not None:
            other = dict(column for number, column in enumerate(columns) if answer.values[number] > _CLOSE)
            best = min(best, other, key=master.cost)
    return best, min(found.bound, master.cost(best))


def dive(master: Master, until: float, clock: Callable[[], float]) -> dict[int, Path]:
    """Fix the paths that the linear program is sure of, at least one a time, and let the others answer anew.

    When the clock says so the rest is fixed as the linear program leans.
    """
    fixed: dict[int, Path] = {}
    while len(fixed) < len(master.workers):
        program, columns = master.program(fixed, is_whole=False)
        values = program.relaxed().values
        free = sorted(((values[number], row, path) for number, (row, path) in enumerate(columns) if row not in fixed), reverse=True)
        is_late = clock() >= until
        for share, row, path in free:
            if row not in fixed and (share >= _SURE or row == free[0][1] or is_late):
                fixed[row] = path
        if not is_late:
            _renew(master, fixed)
    return fixed
