"""Better rosters near the best one: CP-SAT chooses anew for a few workers, or on a few days, and the rest stays."""

from __future__ import annotations

import numpy as np

from opstap.engine.rostering.shifts.bound import within
from opstap.engine.rostering.shifts.choose import choose
from opstap.engine.rostering.shifts.diagram import Diagram
from opstap.engine.rostering.shifts.run import Run

_NEAR = 3
"""Points above the bound: workers are opened only to paths that a roster so near to it could use."""

_STEP_SECONDS = 4.0
_SMALLEST, _WIDER, _NARROWER = 2.0, 1.25, 1.15


def improve(run: Run, until: float) -> None:
    """Open some workers, or some days of everybody, inside what a better roster could still use; more while that goes quickly."""
    while not run.is_over and run.clock() < until:
        for kind in run.sizes:
            started = run.clock()
            diagrams = _opened(run, kind, round(run.sizes[kind]))
            seconds, seed = min(_STEP_SECONDS, until - started), int(run.generator.integers(1 << 30))
            found = choose(run.market, diagrams, run.bound, run.cost - 1, seconds=seconds, seed=seed)
            is_quick = run.clock() - started < _STEP_SECONDS / 4
            if run.take(found.paths):
                run.note(kind)
            if found.is_none and is_quick:
                run.sizes[kind] *= _WIDER
            elif not found.is_none and not found.paths:
                run.sizes[kind] = max(_SMALLEST, run.sizes[kind] / _NARROWER)


def _opened(run: Run, kind: str, size: int) -> list[Diagram]:
    """Return the diagrams of a neighbourhood: the paths that differ from the best ones only for some workers, or on some days."""
    everybody, (days, choices) = len(run.market.diagrams), run.market.diagrams[0].shape
    free = np.zeros((everybody, days), bool)
    if kind == "workers":
        free[run.generator.choice(everybody, min(size, everybody), replace=False)] = True
    else:
        first = int(run.generator.integers(-size // 2, days - size // 2))
        free[:, max(0, first) : first + size] = True
    found = []
    most = run.cost - 1 if kind == "days" else min(run.cost - 1, run.bound + _NEAR)
    for row, diagram in enumerate(within(run.market, run.proof, most)):
        is_open = np.repeat(free[row][:, None], choices, axis=1)
        is_open[np.arange(days), run.paths[row]] = True
        found.append(diagram.where(is_open))
    return found
