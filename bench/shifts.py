"""Days and shifts on the published instances: ours, the textbook model in CP-SAT and HiGHS, and Timefold; one thread, the same time.

The instances stay out of the repository: `--instances` says in which folder they lie (`Instance1.txt` and so on). Timefold needs Java and
an environment of its own, named by `OPSTAP_TIMEFOLD`. What is not there is said, not skipped in silence.
"""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.child import measured
from bench.figures import Figure
from bench.shift_instances import BEST_KNOWN, read
from bench.shift_textbook import Textbook, by_cp_sat, by_highs
from bench.timefold_peer import TIMEFOLD, processor_seconds, run_timefold, timefold
from opstap.engine.rostering.shifts.check import broken, cost
from opstap.engine.rostering.shifts.problem import Contract, Cover, Kind, Roster, ShiftProblem
from opstap.engine.rostering.shifts.solve import solve

FOLDER, SECONDS_ASKED = "OPSTAP_SHIFT_INSTANCES", "OPSTAP_SHIFT_SECONDS"
SECONDS = 60.0
WITHIN = 1.01
PEERS = ("CP-SAT", "HiGHS")


def figures(sizes: list[str]) -> Iterator[Figure]:
    """Measure every instance that is there, or those whose number is asked for as a size."""
    folder = os.environ.get(FOLDER)
    if not folder:
        print(f"shifts: not measured; --instances or {FOLDER} names the folder with the published instances", file=sys.stderr)
        return
    peers: tuple[str, ...] = PEERS
    if timefold():
        peers = (*PEERS, "Timefold")
    else:
        print(f"shifts: Timefold is not measured; {TIMEFOLD} names a Python that has it", file=sys.stderr)
    seconds = float(os.environ.get(SECONDS_ASKED, SECONDS))
    for number, best in BEST_KNOWN.items():
        path = Path(folder) / f"Instance{number}.txt"
        if sizes and str(number) not in sizes:
            continue
        if path.exists():
            yield from _instance(path, f"shifts {number}", best, peers, seconds)
        else:
            print(f"shifts: {path.name} is not there", file=sys.stderr)


def _instance(path: Path, name: str, best: int, peers: tuple[str, ...], seconds: float) -> Iterator[Figure]:
    ours = measured("bench.shifts", "run_engine", path=str(path), seconds=seconds)
    yield Figure(f"{name}: cost, best known {best}", ours["cost"], "points", at_most=math.floor(best * WITHIN))
    yield Figure(f"{name}: not proven", 100 * (ours["cost"] - ours["bound"]) / ours["cost"], "%")
    yield Figure(f"{name}: rules broken, by the judge", ours["broken"], "rules", at_most=0)
    for peer in peers:
        theirs = measured("bench.shifts", "run_peer", path=str(path), seconds=seconds, peer=peer)
        yield Figure(f"{name}: cost", ours["cost"], "points", peer, theirs["cost"], ratio_at_least=1.0)
        yield Figure(f"{name}: seconds to the end", ours["seconds"], "s", peer, theirs["seconds"])
        yield Figure(f"{name}: processor time", ours["processor"], "s", peer, theirs["processor"])
        if theirs["bound"] is not None:
            yield Figure(f"{name}: proven bound", ours["bound"], "points", peer, theirs["bound"])


def run_engine(path: str, seconds: float) -> dict[str, Any]:
    """Solve one instance; what is compiled is loaded before the clock starts."""
    solve(_warm(), 5.0)
    problem, processor = read(Path(path)), time.process_time()
    found = solve(problem, seconds)
    judged = {"broken": len(broken(problem, found.roster)), "cost": cost(problem, found.roster)}
    return {**judged, "bound": found.bound, "seconds": found.seconds, "processor": time.process_time() - processor}


def run_peer(path: str, seconds: float, peer: str) -> dict[str, Any]:
    """Give one instance to a peer; a roster that breaks a rule, or none, costs without end."""
    problem, began, processor = read(Path(path)), time.monotonic(), processor_seconds()
    if peer == "Timefold":
        roster, bound = _by_timefold(path, seconds), float("nan")
    else:
        book = Textbook(problem)
        began, processor = time.monotonic(), processor_seconds()
        roster, bound = (by_cp_sat if peer == "CP-SAT" else by_highs)(book, seconds)
    spent = {"seconds": time.monotonic() - began, "processor": processor_seconds() - processor}
    is_lawful = bool(roster) and not broken(problem, roster)
    return {"cost": cost(problem, roster) if is_lawful else float("inf"), "bound": None if math.isnan(bound) else bound, **spent}


def _by_timefold(path: str, seconds: float) -> Roster:
    return {worker: tuple(shifts) for worker, shifts in run_timefold("bench.shift_timefold", path, seconds).items()}


def _warm() -> ShiftProblem:
    """Return a small question that runs through everything compiled."""
    kinds = (Kind("early", 480), Kind("late", 480, frozenset({"early"})))
    workers = tuple(Contract(name, {"early": 7, "late": 7}, 960, 1920, 3, 2, 2, 1) for name in ("An", "Bo"))
    return ShiftProblem(7, kinds, workers, (), tuple(Cover(day, kind.key, 1, 9, 4) for day in range(7) for kind in kinds))
