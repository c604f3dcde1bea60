"""Rosters: the engine on its own problems, and beside it the textbook model in CP-SAT and Timefold (`bench.rostering_peers`)."""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bench.child import measured
from bench.figures import Figure
from bench.rostering_instances import START, association, problem_of
from bench.rostering_peers import MOST_MIB, THREADS, peers
from opstap.engine.rostering.check import check, check_shifts
from opstap.engine.rostering.problem import DAYS_IN_WEEK
from opstap.engine.rostering.repair import repair
from opstap.engine.rostering.replan import differences, replacements
from opstap.engine.rostering.rotation import weeks_at_sites
from opstap.engine.rostering.solve import Limits, solve
from opstap.engine.shared import Period

ROTATION_SECONDS = {"25x12": 15.0, "49x26": 26.0}
"""What the search may use."""
ROTATION_AT_MOST = {"25x12": 5.0, "49x26": 30.0}
"""What it should need, in seconds of the processor."""
ROTATION_GAP = {"25x12": 0.0, "49x26": 0.5}
"""How near to its bound it should come, in percent."""
ABSENCES = 30
SECONDS = {"25x12": 60.0, "49x26": 300.0, "500x8": 300.0, "2000x4": 300.0}
"""What each solver may use of the clock, on the same two cores."""
SECONDS_ASKED = "OPSTAP_ROSTER_SECONDS"
"""Names other seconds for every solver and size, for a quick look."""
GAP = {"25x12": 10.0}
"""How near to its bound the cost should come, in percent of the cost; at the other sizes the gap is shown for what it is."""
LATEST = 300.0


def figures(sizes: list[str]) -> Iterator[Figure]:
    """Measure each size; all but the smallest only when asked for, since they take five minutes for each solver."""
    for size in sizes or ["25x12"]:
        if size in ROTATION_SECONDS:
            yield from _rotation(size)
        if size in SECONDS:
            yield from _size(size, float(os.environ.get(SECONDS_ASKED, SECONDS[size])))
        if size in ROTATION_SECONDS:
            yield from _absences(size)


def _size(size: str, seconds: float) -> Iterator[Figure]:
    """Ours, then each peer that is there."""
    ours, name = measured("bench.rostering", "run_engine", size=size, seconds=seconds), f"roster {size}"
    is_large = size not in ROTATION_SECONDS
    yield Figure(f"{name}: first lawful roster", ours["first"], "s", at_most=None if is_large else 2.0)
    yield Figure(f"{name}: cost", ours["cost"], "points")
    yield Figure(f"{name}: proven bound", ours["bound"], "points")
    yield Figure(f"{name}: gap, share of the cost", 100 * (ours["cost"] - ours["bound"]) / ours["cost"], "%", at_most=GAP.get(size))
    yield Figure(f"{name}: gap, share of what can be avoided", 100 * ours["gap"], "%")
    yield Figure(f"{name}: rules broken, by the checker", ours["broken"], "rules", at_most=0)
    yield Figure(f"{name}: by the clock", ours["seconds"], "s", at_most=LATEST if is_large else None)
    yield Figure(f"{name}: processor time", ours["processor"], "s")
    yield Figure(f"{name}: peak memory", ours["peak_mib"], "MiB", at_most=MOST_MIB)
    yield from peers(size, ours["cost"], seconds)


def _rotation(size: str) -> Iterator[Figure]:
    """Weeks at sites as a question of its own."""
    found = measured("bench.rostering", "run_rotation", size=size, seconds=ROTATION_SECONDS[size])
    name = f"weeks at sites {size}"
    yield Figure(f"{name}: cost", found["cost"], "points")
    yield Figure(f"{name}: proven bound", found["bound"], "points")
    yield Figure(f"{name}: gap", 100 * (found["cost"] - found["bound"]) / found["cost"], "%", at_most=ROTATION_GAP[size])
    yield Figure(f"{name}: processor time", found["processor"], "s", at_most=ROTATION_AT_MOST[size])


def _absences(size: str) -> Iterator[Figure]:
    """Drawn absences of a week: who could take over, and a whole repair; medians of processor time."""
    found = measured("bench.rostering", "run_absences", size=size, seconds=30.0, absences=ABSENCES)
    name = f"absence {size}, median of {ABSENCES}"
    yield Figure(f"{name}: ranked replacements of a shift", found["replacements"], "s", at_most=0.3)
    yield Figure(f"{name}: whole repair", found["repair"], "s", at_most=2.0)
    yield Figure(f"{name}: other people moved", found["moved"], "people", at_most=3)
    yield Figure(f"{name}: rules broken, by the checker", found["broken"], "rules", at_most=0)


def run_rotation(size: str, seconds: float) -> dict[str, Any]:
    """Answer the weeks at sites in so many seconds of processor time; the compiled part is loaded before the clock starts."""
    problem = problem_of(size)
    weeks_at_sites(association(3, 2, START, seed=2))
    began = time.process_time()
    found = weeks_at_sites(problem, seconds, clock=time.process_time)
    return {"cost": found.cost, "bound": found.bound, "processor": time.process_time() - began}


def run_absences(size: str, seconds: float, absences: int) -> dict[str, Any]:
    """Make a roster, then draw workers who fall ill on a day with a shift, each for a week from that day."""
    problem = problem_of(size)
    shifts = solve(problem, Limits(seconds=seconds, rounds=1_000_000)).shifts
    chance = random.Random(1)  # noqa: S311 - to draw an example, not to keep a secret
    replaced, repaired, moved, broken = [], [], [], 0
    for lost in chance.sample(shifts, absences):
        away = Period(lost.day, lost.day + timedelta(days=DAYS_IN_WEEK))
        ill = replace(problem.worker_by[lost.worker], absent=(*problem.worker_by[lost.worker].absent, away))
        workers = tuple(ill if worker.key == ill.key else worker for worker in problem.workers)
        changed = replace(problem, workers=workers, published=shifts)
        rest = [shift for shift in shifts if shift.worker != ill.key or shift.day not in away]
        began = time.process_time()
        replacements(changed, rest, lost)
        replaced.append(time.process_time() - began)
        began = time.process_time()
        after = repair(changed, Limits(seconds=60))
        repaired.append(time.process_time() - began)
        moved.append(len(set(differences(shifts, after)) - {ill.key}))
        broken += len(check_shifts(changed, after))
    return {
        "replacements": statistics.median(replaced),
        "repair": statistics.median(repaired),
        "moved": statistics.median(moved),
        "broken": broken,
    }


def run_engine(size: str, seconds: float) -> dict[str, Any]:
    """Make a roster with the engine; its compiled part is loaded before the clock starts."""
    problem = problem_of(size)
    solve(association(3, 2, START, seed=2), Limits(seconds=5, rounds=5, climbs=5))
    began, processor = time.monotonic(), time.process_time()
    result = solve(problem, Limits(seconds, rounds=100_000_000, climbs=1_000_000, threads=THREADS))
    return {
        "seconds": time.monotonic() - began,
        "processor": time.process_time() - processor,
        "first": result.steps[0][1],
        "cost": result.cost,
        "bound": result.bound,
        "unavoidable": result.unavoidable,
        "gap": result.gap,
        "broken": len(check(problem, result)),
    }


if __name__ == "__main__":
    for each in figures(sys.argv[1:]):
        print(" | ".join(cell for cell in each.cells() if cell), flush=True)
