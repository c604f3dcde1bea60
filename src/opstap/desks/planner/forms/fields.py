"""Fields that several forms have: days, weekdays, hours of the clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import HALF_DAYS
from opstap.ui.components.status import plain
from opstap.ui.words import say

MINUTES = 60


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:  # noqa: ANN401 - lazy text
    """Return a field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=help_text)


def clock_field(label: Any) -> forms.TimeField:  # noqa: ANN401 - lazy text
    """Return a field for an hour of the clock."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def minutes_of(moment: time) -> int:
    """Return minutes after midnight."""
    return moment.hour * MINUTES + moment.minute


def time_of(minutes: int) -> time:
    """Return the hour of the clock; midnight at the end of the day is shown as 23:59."""
    return time(minutes // MINUTES, minutes % MINUTES) if minutes < 24 * MINUTES else time(23, 59)


def clock_text(minutes: int) -> str:
    """Return "08:05" for 485."""
    return f"{minutes // MINUTES:02d}:{minutes % MINUTES:02d}"


def weekday_choices() -> list[tuple[str, str]]:
    """Return the weekdays, 0 is Monday."""
    return [(str(number), say(Reason(f"rostering.day_{number}"))) for number in range(7)]


class WeekdaysField(forms.TypedMultipleChoiceField):
    """Some weekdays."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(choices=weekday_choices, coerce=int, widget=forms.CheckboxSelectMultiple, **given)


class HalfDaysField(forms.MultipleChoiceField):
    """Some half-days of the week."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(choices=lambda: [(code, plain(code)) for code in HALF_DAYS], widget=forms.CheckboxSelectMultiple, **given)


def told(kind: str, values: Iterable[str]) -> list[tuple[str, str]]:
    """Return choices with the words of "associations.<kind>.<value>"."""
    return [(value, say(Reason(f"associations.{kind}.{value}"))) for value in values]


NEEDS_HELP = gettext_lazy("Minimum: people who can do it. Wanted and maximum: everybody, learners too.")
