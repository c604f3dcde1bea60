"""Timefold, called in an environment of its own; and a roster as it is given to it: what each worker can do on each day, as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.calendar import quotas
from opstap.engine.rostering.problem import DAYS_IN_WEEK
from opstap.engine.rostering.search.market import Market
from opstap.engine.rostering.search.view import View

ROOT = Path(__file__).resolve().parents[1]
TIMEFOLD = "OPSTAP_TIMEFOLD"
_LATE = 300.0
"""Seconds after its time in which it may still hand over what it found."""


def timefold() -> str | None:
    """Return the Python of the environment with Timefold, or None when it is not named."""
    named = os.environ.get(TIMEFOLD)
    return named if named and Path(named).exists() else None


def processor_seconds() -> float:
    """Return the processor time of this process and of those it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def run_timefold(module: str, path: str, seconds: float) -> Any:  # noqa: ANN401 - whatever the module prints
    """Return the JSON that a module of the bench prints in the environment with Timefold."""
    python = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    done = subprocess.run(
        [str(timefold()), "-m", module, path, str(seconds)],
        capture_output=True, text=True, check=True, timeout=seconds + _LATE, cwd=ROOT, env={**os.environ, "PYTHONPATH": python},
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def roster_of_timefold(market: Market, seconds: float) -> tuple[Assignment, ...]:
    """Return the shifts that Timefold finds in so many seconds, lawful or not; none when it did not end long after."""
    given, shifts = _question(market)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.json"
        path.write_text(json.dumps(given), encoding="utf-8")
        try:
            found = run_timefold("bench.roster_timefold", str(path), seconds)
        except subprocess.TimeoutExpired:
            return ()
    return tuple(sorted(shifts[number] for number in found["options"]))


def _question(market: Market) -> tuple[dict[str, Any], list[Assignment]]:
    """Return what is asked, and the shift behind each option."""
    problem, rules = market.problem, market.problem.rules
    sites = {site.key: number for number, site in enumerate(problem.sites)}
    slots: list[tuple[int, int, list[list[int]]]] = []
    shifts: list[Assignment] = []
    for row, view in enumerate(market.views):
        all_shifts = view.problem.cells
        of_day = _days(view)
        for day in sorted(of_day):
            options = []
            for option in of_day[day]:
                cell = all_shifts[int(view.cells[option])]
                options.append([
                    len(shifts), cell.index, int(market.crowd[cell.index]), sites[cell.demand.site], int(not view.learns[option]),
                    int(view.own[option]), cell.demand.minutes, int(view.goal[option]), *view.burdens[:, option].astype(int).tolist(),
                ])  # fmt: skip
                shifts.append(view.shifts(np.array([option]))[0])
            slots.append((row, day // DAYS_IN_WEEK, options))
    given = {
        "weeks": problem.weeks, "sites": len(sites), "slots": slots,
        "quotas": [list(quotas(view.worker, problem)) for view in market.views],
        "stays": [(sites[view.worker.stay[0]], view.worker.stay[1]) if view.worker.stay else (-1, 0) for view in market.views],
        "shares": market.share.T.tolist(),
        "minimum": market.minimum.tolist(), "wanted": market.wanted.tolist(), "maximum": market.maximum.tolist(),
        "room": market.room.tolist(), "guides": market.guides,
        "longest_stay": rules.longest_stay, "shortest_stay": rules.shortest_stay,
        "practice_days": rules.practice_days, "practice_weeks": rules.practice_weeks, "points": dict(problem.objective.points),
    }  # fmt: skip
    return given, shifts


def _days(view: View) -> dict[int, list[int]]:
    days = view.problem.weeks * DAYS_IN_WEEK
    found: dict[int, list[int]] = {}
    for option, place in enumerate(np.searchsorted(view.starts, np.arange(len(view.cells)), side="right") - 1):
        found.setdefault(int(place) % days, []).append(option)
    return found
