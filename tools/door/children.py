"""Several processes as one: they start together, and when one ends or the person stops, all end."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from door.speech import Stopped, tell

PATIENCE = 15.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


class Children:
    """The processes that one command keeps running."""

    def __init__(self, patience: float = PATIENCE) -> None:
        """Start with none; `patience` is how many seconds a child gets to finish what it does."""
        self._patience = patience
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def running(self) -> list[subprocess.Popen[bytes]]:
        """The processes that were started."""
        return list(self._running.values())

    def start(self, name: str, command: list[str], environment: Mapping[str, str], folder: Path) -> None:
        """Start a child in a session of its own, so that only we tell it to stop."""
        self._running[name] = subprocess.Popen(
            command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_die_with_parent  # noqa: PLW1509 - one call
        )  # fmt: skip

    def watch(self, is_done: Callable[[], bool] = lambda: False, pause: float = 0.2) -> None:
        """Return when `is_done`; raises Stopped when a child ends before that."""
        while not is_done():
            for name, child in self._running.items():
                if child.poll() is not None:
                    raise Stopped(f"The {name} stopped by itself (exit code {child.returncode}); see the lines above.")
            time.sleep(pause)

    def stop(self) -> None:
        """Ask all to stop, wait, and end those that do not listen."""
        for child in self._running.values():
            child.terminate()
        deadline = time.monotonic() + self._patience
        for name, child in self._running.items():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                tell(f"The {name} did not stop in time; it is ended.")
                child.kill()
                child.wait()


@contextmanager
def children(patience: float = PATIENCE) -> Iterator[Children]:
    """Yield a group of children that ends with the block; a wish to stop (Ctrl-C) is a normal end of the block."""
    group = Children(patience)
    try:
        yield group
    except KeyboardInterrupt:
        tell("Stopping ...")
    finally:
        with undisturbed():
            group.stop()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Finish the block even when the person presses Ctrl-C again."""
    previous = {number: signal.signal(number, signal.SIG_IGN) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def interrupt_on_signals() -> None:
    """Let the system's wish to stop arrive as Ctrl-C does, so that everything we started is stopped too."""
    for number in STOP_SIGNALS:
        signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
