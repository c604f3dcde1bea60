"""A line of progress on the error stream, only where someone waits longer than a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from opstap.ui.words import translate

_PATIENCE_SECONDS = 1.0
_WIDTH = 24
_STEPS = {
    "reading": "reading the lists",
    "decisions": "deciding who may start",
    "matching": "finding the best proposals",
    "explaining": "explaining every line",
    "rostering": "searching for a better roster",
    "proving": "proving how good it can be",
    "writing": "writing the result",
}


class ProgressBar:
    """Shows the step and its share once the command has run for a second; a stream that is no terminal gets one line per step."""

    def __init__(self, stream: TextIO, language: str, clock: Callable[[], float]) -> None:
        """Start the clock; `clock` returns seconds."""
        self._stream, self._language, self._clock = stream, language, clock
        self._began = clock()
        self._step = ""
        self._drawn = False

    def __call__(self, share: float, step: str) -> None:
        """Show that this share (0 to 1) of the step is done."""
        if self._clock() - self._began < _PATIENCE_SECONDS:
            return
        words = translate(_STEPS[step], self._language)
        if self._stream.isatty():
            done = round(share * _WIDTH)
            self._stream.write(f"\r{'█' * done}{'░' * (_WIDTH - done)} {share:4.0%} {words}\x1b[K")
            self._drawn = True
        elif step != self._step:
            self._stream.write(f"{words} …\n")
        self._step = step
        self._stream.flush()

    def clear(self) -> None:
        """Wipe the line, so that what follows stands alone."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
