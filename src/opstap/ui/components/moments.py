"""A form that opens a series of moments: days of the week between two days, from an hour until an hour."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

_DAYS = (lazy("Monday"), lazy("Tuesday"), lazy("Wednesday"), lazy("Thursday"), lazy("Friday"), lazy("Saturday"))
_LENGTHS = (15, 20, 30, 45, 60, 90, 120)


class Browser(forms.DateInput):
    """A date as browsers ask for one."""

    input_type = "date"

    def __init__(self) -> None:
        """Write the day as browsers read it."""
        super().__init__(format="%Y-%m-%d")


class Clock(forms.TimeInput):
    """An hour as browsers ask for one."""

    input_type = "time"

    def __init__(self) -> None:
        """Write the hour as browsers read it."""
        super().__init__(format="%H:%M")


class SeriesForm(forms.Form):
    """Which days, between which hours, how long each, and where; with `places` also at which place."""

    place = forms.ChoiceField(label=lazy("Place"))
    first_on = forms.DateField(label=lazy("First day"), widget=Browser())
    last_on = forms.DateField(label=lazy("Last day"), widget=Browser())
    days = forms.MultipleChoiceField(label=lazy("On which days?"), widget=forms.CheckboxSelectMultiple)
    begins = forms.TimeField(label=lazy("From"), widget=Clock(), initial=time(9))
    ends = forms.TimeField(label=lazy("Until"), widget=Clock(), initial=time(12))
    minutes = forms.TypedChoiceField(label=lazy("How long is one moment?"), coerce=int, initial=30)
    where = forms.CharField(label=lazy("Where?"), max_length=200, help_text=lazy("Street, building and room: the person reads this."))

    def __init__(self, *args: Any, today: date, where: str = "", places: tuple[tuple[str, str], ...] = (), **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Fill in the coming two weeks; without places that question is not there."""
        super().__init__(*args, **kwargs)
        self.fields["first_on"].initial, self.fields["last_on"].initial = today + timedelta(days=1), today + timedelta(days=14)
        self.fields["where"].initial = where
        self._choose("days", [(str(number), label) for number, label in enumerate(_DAYS)])
        self._choose("minutes", [(length, _("%(minutes)s minutes") % {"minutes": length}) for length in _LENGTHS])
        if places:
            self._choose("place", list(places))
        else:
            del self.fields["place"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Refuse days and hours that end before they begin, and a series longer than half a year."""
        given = super().clean() or {}
        first, last, begins, ends = (given.get(name) for name in ("first_on", "last_on", "begins", "ends"))
        if first and last and not first <= last <= first + timedelta(days=183):
            self.add_error("last_on", _("Choose a last day after the first, and within half a year."))
        if begins and ends and begins >= ends:
            self.add_error("ends", _("Choose an hour after the first."))
        return given

    def starts(self) -> list[datetime]:
        """Return the moments of a form that is right: every start from which a whole moment fits before the end."""
        given = self.cleaned_data
        length = timedelta(minutes=given["minutes"])
        days = [given["first_on"] + timedelta(days=number) for number in range((given["last_on"] - given["first_on"]).days + 1)]
        found: list[datetime] = []
        for day in days:
            if str(day.weekday()) not in given["days"]:
                continue
            moment, end = datetime.combine(day, given["begins"]), datetime.combine(day, given["ends"])
            while moment + length <= end:
                found.append(moment.replace(tzinfo=get_current_timezone()))
                moment += length
        return found
