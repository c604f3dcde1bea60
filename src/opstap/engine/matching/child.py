"""Solving in a process of its own, which can be killed: the caller is safe from a solver that hangs, crashes or eats memory.

A fresh interpreter is started (no fork), so this works from a thread of a web server and from a background worker alike.
"""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

from opstap.engine.matching.check import check
from opstap.engine.matching.frames import Inbox
from opstap.engine.matching.limits import Limits
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.matching.problem import Problem
    from opstap.engine.matching.result import Result

SOLVER = "opstap.engine.matching.solve:solve"
STARTUP_SECONDS = 30.0
PATIENCE = 1.2
"""How much longer than its limit the solver may take by the clock."""

_INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "NUMBA_CACHE_DIR")
_OUT_OF_MEMORY = (b"bad_alloc", b"MemoryError", b"Cannot allocate memory", b"failed to map segment")


class SolverFailed(Exception):  # noqa: N818 - it reads as what happened
    """No result that can be trusted: late, crashed, out of memory, or refused by the check. Says which as a reason."""

    def __init__(self, reason: Reason, details: str = "") -> None:
        """Keep the reason for people and the details for the log."""
        super().__init__(f"{reason.code} {details}".strip())
        self.reason = reason
        self.details = details


def solve_in_child(
    problem: Problem, limits: Limits | None = None, on_progress: Callable[[float], None] | None = None, solver: str = SOLVER
) -> Result:
    """Return the result of `solver` ("module:function"), solved in a child process and checked here; raises SolverFailed.

    `on_progress` is called in this process with the share that is done. `limits` hold for the child: memory as address space.
    """
    result: Result = compute_in_child(problem, limits or Limits(), on_progress or (lambda _share: None), solver)
    if violations := check(problem, result):
        details = "; ".join(f"{violation.rule}: {violation.detail}" for violation in violations[:10])
        raise SolverFailed(Reason("matching.result_rejected", {"rule": violations[0].rule}), details)
    return result


def compute_in_child(given: object, limits: Limits, on_progress: Callable[[float], None], solver: str) -> Any:  # noqa: ANN401 - as the solver says
    """Return what `solver` ("module:function") makes of what is given, in a child process, not checked; raises SolverFailed."""
    with tempfile.TemporaryFile() as task, tempfile.TemporaryFile() as log:
        pickle.dump((limits, solver, pickle.dumps(given)), task)
        task.seek(0)
        child = _start(task, log)
        try:
            result = _await_result(child, limits, on_progress)
        finally:
            _end(child)
        if result is None:
            raise _failure(child.returncode, log, limits)
    return result


def _start(task: IO[bytes], log: IO[bytes]) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    paths = os.pathsep.join(path for path in sys.path if path)
    environment |= {"PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "opstap.engine.matching.worker"]
    return subprocess.Popen(  # noqa: S603 - our own program, no text of a user in it
        command, stdin=task, stdout=subprocess.PIPE, stderr=log, env=environment, start_new_session=True
    )


def _await_result(child: subprocess.Popen[bytes], limits: Limits, tell: Callable[[float], None]) -> Any:  # noqa: ANN401 - see above
    """Read the child's messages until its result; None when it ends without one. Raises SolverFailed when it is late."""
    assert child.stdout is not None  # noqa: S101 - for the type checker: the pipe was asked for
    inbox, deadline = Inbox(), time.monotonic() + STARTUP_SECONDS
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise SolverFailed(Reason("matching.solver_late", {"seconds": limits.seconds}))
            chunk = os.read(child.stdout.fileno(), 1 << 20)
            if not chunk:
                return None
            for kind, content in inbox.take(chunk):
                if kind == "result":
                    return content
                if kind == "out_of_memory":
                    raise _out_of_memory(limits)
                if kind == "ready":
                    deadline = time.monotonic() + limits.seconds * PATIENCE
                else:
                    tell(content)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child with all it started; harmless when it has ended. Always collects it."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    if child.stdout is not None:
        child.stdout.close()


def _failure(code: int, log: IO[bytes], limits: Limits) -> SolverFailed:
    """Return what a child without a result died of, from its exit code and the end of its log."""
    log.seek(0)
    written = log.read()[-4000:]
    if code == -signal.SIGXCPU:
        return SolverFailed(Reason("matching.solver_late", {"seconds": limits.seconds}))
    if any(sign in written for sign in _OUT_OF_MEMORY):
        return _out_of_memory(limits)
    return SolverFailed(Reason("matching.solver_crashed"), f"exit code {code}: {written.decode(errors='replace')}")


def _out_of_memory(limits: Limits) -> SolverFailed:
    return SolverFailed(Reason("matching.solver_out_of_memory", {"megabytes": limits.memory_bytes >> 20}))
