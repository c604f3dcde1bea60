"""Locks between processes: one makes, the others wait; the last one out turns off the light."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file while the block runs; others wait. The system frees it when the process dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


class Presence:
    """Being one of the users of something that several processes share."""

    def __init__(self, path: Path) -> None:
        """Enter; raises OSError when the folder cannot be written."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle: IO[str] = path.open("a")
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Leave; return whether nobody else is left."""
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        else:
            return True
        finally:
            self._handle.close()
