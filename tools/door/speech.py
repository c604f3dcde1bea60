"""How the door speaks: short lines on stderr, so that stdout stays free for what a command yields."""

from __future__ import annotations

import sys


class Stopped(Exception):  # noqa: N818 - it reads as what happened, not as a programming error
    """The door cannot go on; the message says what happened and what to do."""

    def __init__(self, message: str, code: int = 1) -> None:
        """Keep the sentence for the person and the exit code for the caller."""
        super().__init__(message)
        self.code = code


def tell(line: str) -> None:
    """Write one line for the person at the keyboard."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
