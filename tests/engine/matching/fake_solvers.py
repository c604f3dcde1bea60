"""Solvers that misbehave, run in a real child process."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from opstap.engine.matching.limits import Limits
from opstap.engine.matching.problem import Problem
from opstap.engine.matching.result import Result
from opstap.engine.matching.solve import solve

Tell = Callable[[float], None]


def late(problem: Problem, limits: Limits, tell: Tell) -> Result:
    """Never comes back in time."""
    del limits, tell
    time.sleep(60)
    return solve(problem)


def crashing(problem: Problem, limits: Limits, tell: Tell) -> Result:
    """Dies as a fault in native code does."""
    del problem, limits, tell
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def greedy(problem: Problem, limits: Limits, tell: Tell) -> Result:
    """Takes memory until there is none."""
    del problem, limits, tell
    hoard = [bytearray(1 << 20)]
    while True:
        hoard.append(bytearray(64 << 20))


def wrong(problem: Problem, limits: Limits, tell: Tell) -> Result:
    """Gives the only seat away twice."""
    del limits, tell
    result = solve(problem)
    return replace(result, assignments=(*result.assignments, replace(result.assignments[0], person="ann")))


def talkative(problem: Problem, limits: Limits, tell: Tell) -> Result:
    """Prints on its standard output, where its messages go too."""
    print("thinking")  # noqa: T201 - that is the point
    sys.stdout.flush()
    return solve(problem, limits, tell)


def nothing(problem: Problem, limits: Limits, tell: Tell) -> Result:
    """Ends without a word."""
    del problem, limits, tell
    os._exit(0)
