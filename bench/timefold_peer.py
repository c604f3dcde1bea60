"""Timefold, called in an environment of its own: a Python with its package, and Java 17."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TIMEFOLD = "OPSTAP_TIMEFOLD"
_HEAP = "-Xmx3g"
"""What its objects may take; Python and Java themselves come on top."""
_LATE = 300.0
"""Seconds after its time in which it may still hand over what it found, unless who calls is stopped before."""


def timefold() -> str | None:
    """Return the Python of the environment with Timefold, or None when it is not named."""
    named = os.environ.get(TIMEFOLD)
    return named if named and Path(named).exists() else None


def processor_seconds() -> float:
    """Return the processor time of this process and of those it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def run_timefold(module: str, path: str, seconds: float) -> Any:  # noqa: ANN401 - whatever the module prints
    """Return the JSON that a module of the bench prints in the environment with Timefold."""
    python = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    done = subprocess.run(
        [str(timefold()), "-m", module, path, str(seconds)],
        capture_output=True, text=True, check=False, timeout=seconds + _LATE, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": python, "JAVA_TOOL_OPTIONS": _HEAP},
    )  # fmt: skip
    if done.returncode:
        msg = f"{module} ended with {done.returncode}:\n{done.stderr[-2000:]}"
        raise RuntimeError(msg)
    return json.loads(done.stdout.splitlines()[-1])


def run_timefold_on(module: str, given: object, seconds: float) -> Any:  # noqa: ANN401 - whatever the module prints
    """Return what a module of the bench prints when it is given this as a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "question.json"
        path.write_text(json.dumps(given), encoding="utf-8")
        return run_timefold(module, str(path), seconds)
