"""A measurement in a process of its own, so that its peak memory is its own: `python -m bench.child <module> <function> <json>`."""

from __future__ import annotations

import importlib
import json
import resource
import subprocess
import sys
from typing import Any

_TIMEOUT_SECONDS = 1_800


def measured(module: str, function: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON can carry
    """Return what the function returned in a fresh process, with `peak_mib` of that process; raises RuntimeError when it failed."""
    command = [sys.executable, "-m", "bench.child", module, function, json.dumps(arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_TIMEOUT_SECONDS)
    if done.returncode:
        msg = f"{module}.{function}{arguments} ended with {done.returncode}:\n{done.stderr[-2000:]}"
        raise RuntimeError(msg)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(module: str, function: str, arguments: str) -> None:
    """Call the function and print its result with the peak memory as one line of JSON."""
    found = getattr(importlib.import_module(module), function)(**json.loads(arguments))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**found, "peak_mib": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
