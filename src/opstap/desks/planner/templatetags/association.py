"""`{% load association %}`: words of statuses and stages, hours of the clock, weekdays."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from opstap.desks.planner.forms.fields import clock_text
from opstap.engine.shared import Reason
from opstap.ui.components.status import reason

register = template.Library()


@register.filter
def word(value: str, kind: str) -> str:
    """Return what a status, stage, kind or verdict is called."""
    return reason(Reason(f"associations.{kind}.{value}")) if value else ""


@register.filter
def changed(name: str) -> str:
    """Return what a field of a worker or site is called."""
    return reason(Reason(f"associations.field_{name}"))


@register.filter
def state_word(state: str) -> str:
    """Return how a day went in a word: here, late, excused, absent."""
    return reason(Reason(f"attendance.day.{state}"))


@register.filter
def verdict(value: str) -> str:
    """Return what was said of a correction: waits, approved, refused, taken back."""
    return reason(Reason(f"rosters.verdict.{value}"))


@register.filter
def clock(minutes: int) -> str:
    """Return "08:05" for 485."""
    return clock_text(minutes)


@register.filter
def duration(minutes: int) -> str:
    """Return "7:36" for 456 minutes, "-0:30" for 30 too many."""
    return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"


@register.filter
def nth(values: Sequence[str], place: int) -> str:
    """Return the value at a place."""
    return values[place]


@register.filter
def weekday(number: int) -> str:
    """Return the name of a weekday, 0 is Monday."""
    return reason(Reason(f"rostering.day_{number}"))


@register.filter
def weekdays(numbers: list[int]) -> str:
    """Return weekdays in short: "ma di wo"."""
    return " ".join(weekday(number)[:2] for number in sorted(numbers))


@register.filter
def numbered_days(text: str) -> str:
    """Return weekdays in short for "0 1 2"."""
    return weekdays([int(number) for number in text.split()]) if text else "–"
