"""Putting somebody aside, noting a contact, giving somebody to a colleague, and another address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from opstap.ui.components.status import plain
from opstap.ui.day_field import DayInput

WAYS = ("by_phone", "at_desk", "by_email", "on_visit")


class SnoozeForm(forms.Form):
    """Until when, and why."""

    until = forms.DateField(label=lazy("Until"), widget=DayInput())
    reason = forms.CharField(label=lazy("Why?"), max_length=300, help_text=lazy("A colleague must be able to understand it."))

    def __init__(self, *args: Any, proposed: date, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Fill in the proposed day."""
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = proposed


class ContactForm(forms.Form):
    """How there was contact."""

    how = forms.ChoiceField(label=lazy("How?"), widget=forms.RadioSelect, initial=WAYS[0])

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Put the ways in words."""
        super().__init__(*args, **kwargs)
        field = self.fields["how"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(way, plain(way)) for way in WAYS]


class AssignForm(forms.Form):
    """To which counsellor."""

    counsellor = forms.ChoiceField(label=lazy("Counsellor"))

    def __init__(self, *args: Any, counsellors: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Offer the team's counsellors."""
        super().__init__(*args, **kwargs)
        field = self.fields["counsellor"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(counsellors)


class ContactDataForm(forms.Form):
    """Where somebody lives and how to reach them; `version` is that of the record which the form showed."""

    phone = forms.CharField(label=lazy("Telephone"), max_length=30, required=False)
    email = forms.EmailField(label=lazy("E-mail address"), required=False)
    street = forms.CharField(label=lazy("Street and number"), max_length=200, required=False)
    postcode = forms.CharField(label=lazy("Postal code"), max_length=10, required=False)
    municipality = forms.CharField(label=lazy("Municipality"), max_length=100, required=False)
    neighbourhood = forms.CharField(label=lazy("Neighbourhood"), max_length=100, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


CONTACT_FIELDS: Sequence[str] = ("phone", "email", "street", "postcode", "municipality", "neighbourhood")
