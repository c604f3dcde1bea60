"""Days of work as a calendar that any agenda reads (RFC 5545). Moments are written in UTC, so a clock change never moves them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_LINE_BYTES = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `key` stays the same when the entry changes, so that an agenda replaces it. Moments know their zone."""

    key: str
    starts_at: datetime
    ends_at: datetime
    title: str
    where: str = ""
    text: str = ""


def calendar(name: str, entries: Iterable[Entry], at: datetime) -> bytes:
    """Return the calendar as a file; raises ValueError for a moment without a zone."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Opstap//Roster//NL", "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    for entry in entries:
        lines += _event(entry, at)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(entry: Entry, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.key)}"
    yield f"DTSTAMP:{_moment(at)}"
    yield f"DTSTART:{_moment(entry.starts_at)}"
    yield f"DTEND:{_moment(entry.ends_at)}"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.where:
        yield f"LOCATION:{_text(entry.where)}"
    if entry.text:
        yield f"DESCRIPTION:{_text(entry.text)}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a moment in a calendar needs a zone")
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return text.translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 bytes; each next part begins with a space. No letter is cut in two."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LINE_BYTES:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part
