"""Forms of an agreement: one field at a time, a scan, a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from opstap.engine.shared.vocabulary import HALF_DAYS, half_day_codes, half_day_mask
from opstap.journey.agreements.enums import FIELDS, FieldKind
from opstap.journey.agreements.enums.fields import OPTIONAL
from opstap.ui.components.status import plain
from opstap.ui.day_field import DayInput


class FieldForm(forms.Form):
    """One field of an agreement, filled in as it stands."""

    def __init__(self, key: str, label: str, value: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Form, and any field
        """Put in the field that fits what it holds."""
        super().__init__(*args, **kwargs)
        self._kind = FIELDS[key].kind
        self.fields["value"] = _FIELDS[self._kind](label, value)
        if key not in OPTIONAL:
            self.fields["value"].required = True

    @property
    def value(self) -> Any:  # noqa: ANN401 - any field
        """The value as an agreement keeps it."""
        given = self.cleaned_data["value"]
        if self._kind is FieldKind.HALF_DAYS:
            return half_day_mask(given)
        if self._kind is FieldKind.LINES:
            return given.splitlines()
        return given


def _text(label: str, value: Any) -> forms.Field:  # noqa: ANN401 - any field
    return forms.CharField(label=label, initial=value or "", max_length=300, required=False)


def _day(label: str, value: Any) -> forms.Field:  # noqa: ANN401 - any field
    return forms.DateField(label=label, initial=value, widget=DayInput())


def _number(label: str, value: Any) -> forms.Field:  # noqa: ANN401 - any field
    return forms.IntegerField(label=label, initial=value, min_value=1, max_value=240)


def _half_days(label: str, value: Any) -> forms.Field:  # noqa: ANN401 - any field
    choices = [(code, plain(code)) for code in HALF_DAYS]
    return forms.MultipleChoiceField(label=label, choices=choices, initial=half_day_codes(value or 0), widget=forms.CheckboxSelectMultiple)


def _lines(label: str, value: Any) -> forms.Field:  # noqa: ANN401 - any field
    text = "\n".join(value or ())
    return forms.CharField(label=label, initial=text, widget=forms.Textarea, help_text=lazy("One per line."), max_length=6000)


_FIELDS = {
    FieldKind.TEXT: _text,
    FieldKind.DAY: _day,
    FieldKind.NUMBER: _number,
    FieldKind.HALF_DAYS: _half_days,
    FieldKind.LINES: _lines,
}


class AddendumForm(FieldForm):
    """The field that changes by an addendum, and why."""

    reason = forms.CharField(label=lazy("Why?"), max_length=300, required=False)


class PaperForm(forms.Form):
    """The scan of a paper that was signed."""

    scan = forms.FileField(label=lazy("Scan of the signed paper"), help_text=lazy("A PDF, JPEG or PNG of at most 5 MB."))
