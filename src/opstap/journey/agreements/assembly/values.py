"""Values of fields: checked when they come in, in Dutch words when they are shown or printed."""

from __future__ import annotations

from datetime import date
from typing import Any

from opstap.engine.shared import Reason, Refused
from opstap.engine.shared.vocabulary import WEEKDAYS
from opstap.journey.agreements.assembly.terms import Terms
from opstap.journey.agreements.enums import FIELDS, FieldKind

MOST_TEXT = 300
MOST_LINES = 20
MOST_HOURS = 240
_WEEK = 1 << 14


def clean_value(key: str, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value as it is kept; raises `Refused` for an unknown field and for what it cannot hold."""
    field = FIELDS.get(key)
    if field is None:
        raise Refused(Reason("agreements.no_such_field", {"field": key}))
    cleaned = _CLEANERS[field.kind](value)
    if cleaned is None:
        raise Refused(Reason(f"agreements.wrong_{field.kind.value}"))
    return cleaned


def _text(value: Any) -> str | None:  # noqa: ANN401 - any JSON value
    return " ".join(value.split())[:MOST_TEXT] if isinstance(value, str) else None


def _day(value: Any) -> str | None:  # noqa: ANN401 - any JSON value
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        return None


def _number(value: Any) -> int | None:  # noqa: ANN401 - any JSON value
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole and 0 < value <= MOST_HOURS else None


def _half_days(value: Any) -> int | None:  # noqa: ANN401 - any JSON value
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole and 0 < value < _WEEK else None


def _lines(value: Any) -> list[str] | None:  # noqa: ANN401 - any JSON value
    if not isinstance(value, list | tuple) or not all(isinstance(line, str) for line in value):
        return None
    lines = [text for line in value if (text := " ".join(line.split())[:MOST_TEXT])]
    return lines if len(lines) <= MOST_LINES else None


_CLEANERS = {
    FieldKind.TEXT: _text,
    FieldKind.DAY: _day,
    FieldKind.NUMBER: _number,
    FieldKind.HALF_DAYS: _half_days,
    FieldKind.LINES: _lines,
}


def shown(key: str, value: Any, terms: Terms) -> str:  # noqa: ANN401 - any JSON value
    """Return a field's value in words, "" for nothing: the same on the page and on paper."""
    if value in (None, "", []):
        return ""
    kind = FIELDS[key].kind
    if kind is FieldKind.DAY:
        return day_in_words(value, terms)
    if kind is FieldKind.HALF_DAYS:
        return week_in_words(value, terms)
    if kind is FieldKind.LINES:
        return "; ".join(value)
    return str(value)


def day_in_words(value: str | date, terms: Terms) -> str:
    """Return a day as people write it: "1 september 2023"."""
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return f"{day.day} {terms.labels['months'][day.month - 1]} {day.year}"


def week_in_words(mask: int, terms: Terms) -> str:
    """Return half-days as people say them: "maandag voormiddag en namiddag, vrijdag voormiddag"."""
    parts = (terms.labels["mornings"], terms.labels["afternoons"])
    said = []
    for index, _ in enumerate(WEEKDAYS):
        halves = [word for shift, word in enumerate(parts) if mask >> (2 * index + shift) & 1]
        if halves:
            said.append(f"{terms.labels['days'][index]} {' en '.join(halves)}")
    return ", ".join(said)
