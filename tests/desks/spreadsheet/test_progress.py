"""The line of progress."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest

from opstap.desks.spreadsheet.progress import ProgressBar


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Return that it is."""
        return True


def clock(*seconds: float) -> Callable[[], float]:
    """Return a clock that shows these moments one after the other."""
    moments: Iterator[float] = iter(seconds)
    return lambda: next(moments)


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_progress_silent_within_a_second(stream: io.StringIO) -> None:
    """Nobody who waits less than a second sees a bar."""
    bar = ProgressBar(stream, "en", clock(0.0, 0.5, 0.9))
    bar(0.1, "reading")
    bar(0.2, "matching")
    bar.clear()

    assert stream.getvalue() == ""


def test_progress_bar_on_a_terminal() -> None:
    """On a terminal the bar shows the share and the step, and leaves no trace."""
    stream = Terminal()
    bar = ProgressBar(stream, "en", clock(0.0, 1.5))
    bar(0.5, "decisions")
    bar.clear()

    assert stream.getvalue() == "\r████████████░░░░░░░░░░░░  50% deciding who may start\x1b[K\r\x1b[K"


def test_progress_one_line_per_step_in_a_file() -> None:
    """In a file or a log each step is named once."""
    stream = io.StringIO()
    bar = ProgressBar(stream, "nl", clock(0.0, 1.5, 1.6, 1.7))
    bar(0.1, "decisions")
    bar(0.2, "decisions")
    bar(0.0, "matching")

    assert stream.getvalue() == "beslissen wie mag starten …\nde beste voorstellen zoeken …\n"
