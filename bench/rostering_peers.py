"""The peers of the whole roster, one line each: CP-SAT on the textbook model and Timefold, with the same rules, time, cores and memory.

`python -m bench.rostering_peers <size> <seconds> <our cost>` measures them alone.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator
from typing import Any

from bench.child import Fence, Stopped, fenced
from bench.figures import Figure, written
from bench.rostering_instances import problem_of
from bench.rostering_textbook import solve_together
from bench.timefold_peer import TIMEFOLD, processor_seconds, run_timefold_on, timefold
from bench.timefold_question import answer, question
from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.check import check_shifts
from opstap.engine.rostering.score import cost
from opstap.engine.rostering.search.load import Load
from opstap.engine.rostering.search.market import Market, market_of, unavoidable

THREADS, MOST_MIB = 2, 4096
GRACE = 180.0
"""Seconds beside its time in which a peer starts, is told the question, and hands over; then it is stopped."""
RUNS = {"CP-SAT": "run_textbook", "Timefold": "run_timefold"}
TWICE = {("CP-SAT", "25x12"), ("CP-SAT", "49x26")}
"""Where a peer's cost should be at least twice ours; elsewhere at least ours."""


def peers(size: str, ours: float, seconds: float) -> Iterator[Figure]:
    """Measure each peer that is there beside our cost."""
    for peer, run in RUNS.items():
        if peer == "Timefold" and not timefold():
            print(f"rostering: Timefold is not measured; {TIMEFOLD} names a Python that has it", file=sys.stderr)
            continue
        try:
            theirs = fenced(Fence(seconds + GRACE, MOST_MIB), "bench.rostering_peers", run, size=size, seconds=seconds)
        except Stopped as stopped:
            print(f"rostering: {peer} on {size}: {stopped}", file=sys.stderr)
            theirs = {"stopped": stopped.why, "peak_mib": stopped.peak_mib}
        yield line(f"roster {size}: cost", ours, peer, theirs, 2.0 if (peer, size) in TWICE else 1.0)


def line(name: str, ours: float, peer: str, theirs: dict[str, Any], at_least: float) -> Figure:
    """Return a peer's line: its cost by our checker, or why it has none, and all that was measured of it."""
    points, said = math.inf, []
    if "stopped" in theirs:
        said.append(f"no roster: {theirs['stopped']}")
    elif not theirs["shifts"]:
        said.append("no roster")
    elif theirs["broken"]:
        said.append(f"{theirs['broken']} hard rules broken, so no cost ({written(theirs['cost'], 'points')} with them)")
    else:
        points = theirs["cost"]
        said.append("0 hard rules broken")
        said.append(f"{(points - theirs['unavoidable']) / max(1.0, ours - theirs['unavoidable']):.3g} x ours of what can be avoided")
    if math.isfinite(theirs.get("bound", math.nan)):
        said.append(f"bound {written(theirs['bound'], '')}")
    if "seconds" in theirs:
        said.append(f"{written(theirs['seconds'], 's')} by the clock, {written(theirs['processor'], 's')} of processor")
    said.append(written(theirs["peak_mib"], "MiB"))
    return Figure(name, ours, "points", peer, points, ratio_at_least=at_least, note="; ".join(said))


def run_textbook(size: str, seconds: float) -> dict[str, Any]:
    """Give the whole roster to CP-SAT at once: booleans per worker and shift, and per worker, week and site. Building is not its time."""
    problem = problem_of(size)
    market = market_of(problem)
    load = Load(market)
    began, processor = time.monotonic(), time.process_time()
    solved = solve_together(load, list(range(len(market.views))), seconds, threads=THREADS)
    spent = {"seconds": time.monotonic() - began, "processor": time.process_time() - processor}
    for row, (options, alone) in solved.paths.items():
        load.take(row)
        load.put(row, options, alone)
    return {**judged(market, load.shifts()), "bound": solved.bound, **spent}


def run_timefold(size: str, seconds: float) -> dict[str, Any]:
    """Give the whole roster to Timefold: an entity per worker and day. Only its solver's own time counts against its limit."""
    problem = problem_of(size)
    market = market_of(problem)
    began, processor = time.monotonic(), processor_seconds()
    given, slots = question(market)
    found = run_timefold_on("bench.roster_timefold", given, seconds)
    spent = {"seconds": time.monotonic() - began, "processor": processor_seconds() - processor}
    return {**judged(market, answer(market, slots, found["chosen"])), **spent}


def judged(market: Market, shifts: tuple[Assignment, ...]) -> dict[str, Any]:
    """Return what our checker and our score say of a roster, and the points that no roster avoids."""
    problem = market.problem
    said = {"cost": cost(problem, shifts), "broken": len(check_shifts(problem, shifts))}
    return {"shifts": len(shifts), "unavoidable": unavoidable(market), **said}


if __name__ == "__main__":
    asked, limit, beside = sys.argv[1:]
    for each in peers(asked, float(beside), float(limit)):
        print(" | ".join(cell for cell in each.cells() if cell), flush=True)
