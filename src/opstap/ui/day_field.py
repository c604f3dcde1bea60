"""A day in a form: how a browser asks for it, within what people and programmes live in."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opstap.journey.people.enums import EARLIEST, LATEST


class DayInput(forms.DateInput):
    """A field that a browser shows as a calendar; it wants the day as 2023-09-04."""

    input_type = "date"

    def __init__(self) -> None:
        """Write the day as a browser wants it."""
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day from 1900 to 2099: a slip of the keyboard such as the year 9999 is said, and never computed with."""

    def validate(self, value: date | None) -> None:
        """Raise ValidationError for a day that cannot be meant."""
        super().validate(value)
        if value is not None and not EARLIEST <= value < LATEST:
            raise ValidationError(_("This day cannot be right. Choose a day between 1900 and 2100."), code="day")
