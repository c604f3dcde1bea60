"""A measurement in processes of its own, so that its peak memory is its own: `python -m bench.child <module> <function> <json>`."""

from __future__ import annotations

import importlib
import json
import math
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

_TIMEOUT_SECONDS = 1_800
_LOOKED_EVERY = 1.0
"""Seconds between two looks at the clock and the memory."""
_PROCESSES = Path("/proc")
_PAGES_A_MIB = (1 << 20) // os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Fence:
    """Where a measurement is stopped: after so many seconds by the clock, or with so many MiB for all its processes together."""

    seconds: float = _TIMEOUT_SECONDS
    mib: float = math.inf


class Stopped(RuntimeError):  # noqa: N818 - it is an outcome of measuring, not a mistake
    """A measurement that gave nothing: stopped at its fence, or failed by itself. `why` in a few words, for the table."""

    def __init__(self, why: str, peak_mib: float, said: str = "") -> None:
        """Keep why, the most memory seen, and the end of what it said on stderr."""
        super().__init__(f"{why}\n{said}" if said else why)
        self.why, self.peak_mib = why, peak_mib


def measured(module: str, function: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON can carry
    """Return what the function returned in a fresh process, with `peak_mib` of that process; raises Stopped when it gave nothing."""
    return fenced(Fence(), module, function, **arguments)


def fenced(fence: Fence, module: str, function: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON can carry
    """Return the same; stopped at the fence with all that it started. With a limit of memory `peak_mib` is of all its processes."""
    command = [sys.executable, "-m", "bench.child", module, function, json.dumps(arguments)]
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as complained:
        peak = _watched(subprocess.Popen(command, stdout=said, stderr=complained, start_new_session=True), fence, complained)
        said.seek(0)
        found: dict[str, Any] = json.loads(said.read().splitlines()[-1])
    return {**found, "peak_mib": max(peak, found["peak_mib"])}


def _watched(process: subprocess.Popen[bytes], fence: Fence, complained: IO[str]) -> float:
    """Wait for the end and return the most MiB seen; ends the process and all it started at the fence, and when we are interrupted."""
    began, peak = time.monotonic(), 0.0
    try:
        while not _ended(process):
            peak = max(peak, group_mib(process.pid)) if math.isfinite(fence.mib) else peak
            if peak > fence.mib:
                raise Stopped(f"nothing within {fence.mib:,.0f} MiB", peak)
            if time.monotonic() - began > fence.seconds:
                raise Stopped(f"nothing within {fence.seconds:,.0f} s", peak)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if process.returncode:
        complained.seek(0)
        raise Stopped(f"ended with {process.returncode} by itself", peak, complained.read()[-2000:])
    return peak


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Tell whether the process ended, after a while at most."""
    try:
        process.wait(_LOOKED_EVERY)
    except subprocess.TimeoutExpired:
        return False
    return True


def group_mib(group: int) -> float:
    """Return the resident memory in MiB of all processes of a group; 0 where the system does not show them."""
    pages = 0
    for status in _PROCESSES.glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended since
        if int(fields[2]) == group:
            pages += int(fields[21])
    return pages / _PAGES_A_MIB


def main(module: str, function: str, arguments: str) -> None:
    """Call the function and print its result with the peak memory as one line of JSON."""
    found = getattr(importlib.import_module(module), function)(**json.loads(arguments))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**found, "peak_mib": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
