"""A measurement runs in processes of its own and is stopped, with all that it started, where its fence stands."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from bench.child import Fence, Stopped, fenced, group_mib, measured

WAITS = "import os, time; print(os.getpgrp(), file=open({path!r}, 'w'), flush=True); held = bytearray({mib} << 20); time.sleep(60)"


def test_measured_returns_what_the_function_says_and_its_memory() -> None:
    """The answer of the function comes back with the peak of its process."""
    found = measured("json", "loads", s='{"cost": 12}')
    assert (found["cost"], found["peak_mib"] > 1) == (12, True)


@pytest.mark.parametrize(
    ("fence", "mib", "why"), [(Fence(seconds=6), 0, "nothing within 6 s"), (Fence(60, 100), 200, "nothing within 100 MiB")]
)
def test_fenced_stops_what_it_started_at_the_fence(tmp_path: Path, fence: Fence, mib: int, why: str) -> None:
    """Time and memory each end the process and the process that it started."""
    noted = tmp_path / "group"
    with pytest.raises(Stopped) as stopped:
        fenced(fence, "subprocess", "call", args=[sys.executable, "-c", WAITS.format(path=str(noted), mib=mib)])
    assert stopped.value.why == why
    assert _left_of(int(noted.read_text(encoding="utf-8"))) == 0.0


def _left_of(group: int) -> float:
    """Return what a group holds once the system has had time to clear what was ended."""
    for _ in range(100):
        if not group_mib(group):
            break
        time.sleep(0.1)
    return group_mib(group)


def test_measured_says_when_the_function_failed() -> None:
    """A failure is told with the end of what it said."""
    with pytest.raises(Stopped, match="JSONDecodeError") as stopped:
        measured("json", "loads", s="no")
    assert stopped.value.why == "ended with 1 by itself"
