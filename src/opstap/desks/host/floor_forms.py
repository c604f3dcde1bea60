"""What a mentor sends: one day of one person, or a week of everybody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms

from opstap.foundation.clock import today
from opstap.journey.attendance.enums import DayState
from opstap.journey.attendance.operations import DayNote
from opstap.journey.rosters.enums import PresenceState
from opstap.ui.words import texts, translate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.forms import BoundField
    from django.http import HttpRequest

    from opstap.steering.overviews.queries.floor_today import FloorDay, FloorWeek

MOST_HOURS = 12
_FARTHEST = timedelta(days=400)


def day_asked(request: HttpRequest) -> date:
    """Return the day that the address asks for, today when it asks for none or for one far away."""
    try:
        asked = date.fromisoformat(request.GET.get("dag", ""))
    except ValueError:
        return today()
    return asked if abs(asked - today()) < _FARTHEST else today()


def state_choices() -> list[tuple[str, str]]:
    """Return the states of a day with their words."""
    return [(state.value, translate(texts()[f"attendance.day.{state.value}"])) for state in DayState]


class DayForm(forms.Form):
    """How one day went; without hours it is as agreed."""

    state = forms.ChoiceField(choices=[(state.value, state.value) for state in DayState])
    hours = forms.DecimalField(required=False, min_value=0, max_value=MOST_HOURS, max_digits=4, decimal_places=2)


class PresenceForm(forms.Form):
    """How a worker's day went; without hours it is as was told."""

    state = forms.ChoiceField(choices=[(state.value, state.value) for state in PresenceState])
    hours = forms.DecimalField(required=False, min_value=0, max_value=MOST_HOURS, max_digits=4, decimal_places=2)


class WeekForm(forms.Form):
    """A field for each agreed day of each person that can still be noted: one of the states, "here" at first."""

    def __init__(self, week: FloorWeek, data: Mapping[str, Any] | None = None) -> None:
        """`week` says who is expected when."""
        super().__init__(data)
        self.week = week
        for person in week.people:
            for day in person:
                if day.is_open:
                    self.fields[_name(day)] = forms.ChoiceField(
                        choices=state_choices(), initial=day.state or DayState.HERE.value, widget=forms.RadioSelect
                    )

    def rows(self) -> Iterator[tuple[str, str, list[tuple[FloorDay, BoundField | None]]]]:
        """Yield each person's name and place, with the days and their fields; None for a day that is signed."""
        for person in self.week.people:
            cells = [(day, self[_name(day)] if day.is_open else None) for day in person]
            yield person[0].name, person[0].place, cells

    def notes(self) -> list[DayNote]:
        """Return what to note: every open day; one that was noted with other hours keeps them while its state stays."""
        days = [day for person in self.week.people for day in person if day.is_open]
        return [_note(day, DayState(self.cleaned_data[_name(day)])) for day in days]


def _note(day: FloorDay, state: DayState) -> DayNote:
    hours = day.hours if day.state == state and day.has_other_hours else None
    return DayNote(day.placement_id, day.on, state, hours)


def _name(day: FloorDay) -> str:
    return f"d{day.placement_id.hex}{day.on:%Y%m%d}"
