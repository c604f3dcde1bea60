"""Matching at four sizes over all admissible pairs, against min-cost flow, the linear program, pruning and first come, first served."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.child import measured
from bench.clock import timed
from bench.figures import Figure
from bench.pairs import all_pairs, best_pairs, first_come_first_served, layout_of
from bench.peers import min_cost_flow_value
from opstap.engine.matching.scale import certify, generate, solve
from opstap.engine.matching.scale.warm import warm_up

SEED = 1
PRUNED_TO = 30


@dataclass(frozen=True, slots=True)
class Size:
    """A size, its limits, and which peers can stand beside it."""

    people: int
    places: int
    repeats: int
    gap: float = 2e-4
    seconds: float | None = None
    mib: float | None = None
    ratio: float | None = None
    has_all_pairs: bool = False
    has_program: bool = False
    has_pruning: bool = False


SIZES = {
    "city": Size(320, 39, 9, gap=0.0, seconds=0.02, has_all_pairs=True, has_program=True),
    "province": Size(20_000, 3_000, 3, ratio=4.0, has_all_pairs=True),
    "region": Size(200_000, 20_000, 1, seconds=20.0, mib=1024, has_pruning=True),
    "country": Size(1_000_000, 100_000, 1, seconds=120.0, mib=3072),
}


def figures(sizes: list[str]) -> Iterator[Figure]:
    """Measure the sizes one after the other."""
    for name in sizes or list(SIZES):
        yield from _figures_of(name, SIZES[name])


def _figures_of(name: str, size: Size) -> Iterator[Figure]:
    asked = {"people": size.people, "places": size.places}
    title = f"matching {name} {size.people:,} x {size.places:,}"
    ours = measured("bench.matching", "run_ours", **asked, repeats=size.repeats, gap=size.gap)
    yield from _against_flow(title, size, ours, asked)
    yield Figure(f"{title}: gap, certified over {ours['pairs']:,} pairs", ours["gap_percent"], "%", at_most=100 * size.gap)
    yield Figure(f"{title}: faults found by the judge ({ours['certify_seconds']:.2f} s)", ours["faults"], "", at_most=0)
    if size.mib is not None:
        yield Figure(f"{title}: peak memory", ours["peak_mib"], "MiB", at_most=size.mib)
    habit = measured("bench.matching", "run_habit", **asked)
    yield _lost(f"{title}: value", ours, "first come, first served", habit)
    if size.has_program:
        program = measured("bench.program", "run", **asked, seed=SEED)
        yield Figure(f"{title}: time", ours["seconds"], "s", "HiGHS linear program", program["seconds"])
    if size.has_pruning:
        pruned = measured("bench.matching", "run_pruned", **asked)
        peer = f"OR-Tools on the {PRUNED_TO} best places a person"
        yield Figure(f"{title}: time", ours["seconds"], "s", peer, pruned["seconds"])
        yield Figure(f"{title}: peak memory", ours["peak_mib"], "MiB", peer, pruned["peak_mib"])
        yield _lost(f"{title}: value", ours, peer, pruned)


def _against_flow(title: str, size: Size, ours: dict[str, Any], asked: dict[str, int]) -> Iterator[Figure]:
    if not size.has_all_pairs:
        yield Figure(f"{title}: time", ours["seconds"], "s", at_most=size.seconds)
        return
    flow = measured("bench.matching", "run_flow", **asked)
    peer = "OR-Tools min-cost flow, same pairs"
    yield Figure(f"{title}: time", ours["seconds"], "s", peer, flow["seconds"], at_most=size.seconds, ratio_at_least=size.ratio)
    yield Figure(f"{title}: peak memory", ours["peak_mib"], "MiB", peer, flow["peak_mib"])
    yield _lost(f"{title}: value", ours, peer, flow)


def _lost(name: str, ours: dict[str, Any], peer: str, theirs: dict[str, Any]) -> Figure:
    """Return what both stay below our certified bound, in per cent of it."""
    below = [100 * (1 - each["value"] / ours["bound"]) for each in (ours, theirs)]
    return Figure(f"{name} below the bound", below[0], "%", peer, below[1])


def run_ours(people: int, places: int, repeats: int, gap: float) -> dict[str, Any]:
    """Solve and certify; the time is that of the solver, from the instance as given to the proven result."""
    warm_up()
    instance = generate.instance(people, places, SEED)
    seconds, result = timed(lambda: solve(instance, target_gap=gap), repeats)
    certify_seconds, judged = timed(lambda: certify(instance, result))
    return {
        "seconds": seconds,
        "certify_seconds": certify_seconds,
        "value": judged.value,
        "bound": judged.bound,
        "gap_percent": 100 * judged.gap,
        "faults": len(judged.faults),
        "pairs": judged.pairs,
        "rounds": result.rounds,
    }


def run_flow(people: int, places: int) -> dict[str, Any]:
    """Min-cost flow over all admissible pairs; only the solving counts, not listing the pairs nor handing them over."""
    pairs, seats = layout_of(generate.instance(people, places, SEED))
    value, _, seconds = min_cost_flow_value(all_pairs(pairs), seats)
    return {"seconds": seconds, "value": value}


def run_pruned(people: int, places: int) -> dict[str, Any]:
    """Min-cost flow over the best places of each person; only the solving counts."""
    pairs, seats = layout_of(generate.instance(people, places, SEED))
    value, _, seconds = min_cost_flow_value(best_pairs(pairs, PRUNED_TO), seats)
    return {"seconds": seconds, "value": value}


def run_habit(people: int, places: int) -> dict[str, Any]:
    """First come, first served: whoever has most points of their own (priority, waiting) chooses first."""
    pairs, seats = layout_of(generate.instance(people, places, SEED))
    first_come_first_served(pairs, seats, np.zeros(0, np.int64))
    order = np.argsort(-pairs.people.points, kind="stable")
    seconds, value = timed(lambda: first_come_first_served(pairs, seats, order))
    return {"seconds": seconds, "value": value}
