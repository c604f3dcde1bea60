"""The solver's process: `python -m opstap.engine.matching.worker` reads a task, solves it within its limits and reports."""

from __future__ import annotations

import math
import os
import pickle
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from opstap.engine.matching.frames import write_message

if TYPE_CHECKING:
    from opstap.engine.matching.limits import Limits
    from opstap.engine.matching.problem import Problem
    from opstap.engine.matching.result import Result

Solver = Callable[["Problem", "Limits", Callable[[float], None]], "Result"]


def main() -> None:
    """Solve the task on standard input; messages go to standard output, everything that is printed to standard error."""
    reports = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        limits, solver, body = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent process
        _keep(limits)
        problem = pickle.loads(body)  # noqa: S301 - as above
        solve = _named(solver)
        write_message(reports, ("ready", None))
        result = solve(problem, limits, lambda share: write_message(reports, ("progress", share)))
        write_message(reports, ("result", result))
    except MemoryError:
        write_message(reports, ("out_of_memory", None))


def _keep(limits: Limits) -> None:
    """Let the system end this process when it takes too much memory, or more processor time than all cores could give."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    seconds = math.ceil(limits.seconds * (os.cpu_count() or 1)) + 10
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _named(solver: str) -> Solver:
    module, _, name = solver.partition(":")
    found: Solver = getattr(import_module(module), name)
    return found


if __name__ == "__main__":
    main()
