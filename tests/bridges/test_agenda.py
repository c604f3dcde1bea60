"""The calendar of working days: right across a clock change, whole for every letter, and the same for the same days."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from opstap.bridges.agenda import Entry, calendar

BRUSSELS = ZoneInfo("Europe/Brussels")
NOW = datetime(2023, 10, 1, 8, 0, tzinfo=UTC)


def work_on(day: int, title: str = "sorteren") -> Entry:
    """Return work from eight to four on a day of October 2023."""
    starts, ends = (datetime(2023, 10, day, hour, 0, tzinfo=BRUSSELS) for hour in (8, 16))
    return Entry(f"dag-{day}", starts, ends, title, "Karperstraat 10, Oostende")


def lines(file: bytes) -> list[str]:
    """Return the lines as an agenda reads them: folded ones whole again."""
    return file.decode().replace("\r\n ", "").split("\r\n")


def test_calendar_keeps_eight_o_clock_across_the_clock_change() -> None:
    """Eight in the morning is 06:00 in UTC on Saturday 28 October 2023, and 07:00 on Monday 30 October, after the clock went back."""
    found = lines(calendar("Werk", [work_on(28), work_on(30)], NOW))
    starts = [line for line in found if line.startswith("DTSTART")]
    assert starts == ["DTSTART:20231028T060000Z", "DTSTART:20231030T070000Z"]


def test_calendar_has_one_event_per_day_with_its_own_key() -> None:
    """A day that changes keeps its key, so that an agenda replaces it."""
    found = lines(calendar("Werk", [work_on(2), work_on(3)], NOW))
    keys = [line for line in found if line.startswith("UID")]
    assert (keys, found.count("BEGIN:VEVENT"), found.count("END:VEVENT")) == (["UID:dag-2", "UID:dag-3"], 2, 2)


def test_calendar_escapes_what_would_break_a_line() -> None:
    """Commas, semicolons and new lines stay text."""
    found = lines(calendar("Werk", [work_on(2, "sorteren; tillen,\nrijden")], NOW))
    assert "SUMMARY:sorteren\\; tillen\\,\\nrijden" in found


def test_calendar_folds_long_lines_between_letters() -> None:
    """No line is longer than 75 bytes, and letters of more bytes stay whole."""
    title = "é" * 100
    file = calendar("Werk", [work_on(2, title)], NOW)
    assert (max(len(line) for line in file.split(b"\r\n")) <= 75, f"SUMMARY:{title}" in lines(file)) == (True, True)


def test_calendar_refuses_a_moment_without_a_zone() -> None:
    """A time of nowhere would be read as another time elsewhere."""
    bare = datetime(2023, 10, 2, 8, 0)  # noqa: DTZ001 - the fault that is tested
    with pytest.raises(ValueError, match="needs a zone"):
        calendar("Werk", [Entry("x", bare, bare, "sorteren")], NOW)
