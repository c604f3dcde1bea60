"""Timing: the median of several runs, so that one disturbed run does not decide."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


def timed(work: Callable[[], Answer], repeats: int = 1) -> tuple[float, Answer]:
    """Return the median seconds of the runs and the last answer."""
    seconds = []
    for _ in range(max(1, repeats)):
        started = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds), answer
