"""The form that proposes a new value: its field fits the unit of the parameter."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from opstap.ui.components.status import plain
from opstap.ui.words_eligibility import CONFIDENCE

if TYPE_CHECKING:
    from opstap.steering.overviews.queries.rules import ParameterLine

_MOST_MONTHS = 1200


def value_field(parameter: ParameterLine) -> forms.Field:
    """Return the field in which a value of this parameter is filled in, with the present value in it."""
    now = parameter.now.value if parameter.now else None
    if parameter.unit == "months":
        help_text = _("Leave this empty when no number of months is asked from that day on.")
        field: forms.Field = forms.IntegerField(min_value=0, max_value=_MOST_MONTHS, required=False, help_text=help_text, initial=now)
    elif parameter.unit == "yes_no":
        choices = [("yes", _("yes")), ("no", _("no"))]
        field = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, initial="yes" if now else "no")
    elif parameter.codes:
        choices = [(code, plain(code)) for code in parameter.codes]
        field = forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, required=False, initial=now)
    else:
        names = "\n".join(now) if isinstance(now, tuple) else ""
        widget = forms.Textarea(attrs={"rows": 8})
        field = forms.CharField(widget=widget, help_text=_("One per line."), initial=names)
    field.label = _("New value (number of months)") if parameter.unit == "months" else _("New value")
    return field


class ProposalForm(forms.Form):
    """A new value, from when, on which source, how sure, and why."""

    effective_from = forms.DateField(label=lazy("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    source = forms.CharField(label=lazy("Source"), max_length=300, help_text=lazy("The law, decision or page where the new value stands."))
    confidence = forms.ChoiceField(label=lazy("How sure is this?"), initial="M")
    motivation = forms.CharField(label=lazy("Why"), widget=forms.Textarea(attrs={"rows": 4}), min_length=10, max_length=2000)

    def __init__(self, parameter: ParameterLine, *args: Any, today: date | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Put the value's own field first; `today` fills the day."""
        super().__init__(*args, **kwargs)
        self._unit = parameter.unit
        self._has_codes = bool(parameter.codes)
        self.fields["value"] = value_field(parameter)
        confidence = self.fields["confidence"]
        if isinstance(confidence, forms.ChoiceField):
            confidence.choices = [(code, _(text)) for code, text in CONFIDENCE.items()]
        self.fields["effective_from"].initial = today
        self.order_fields(["value", "effective_from", "source", "confidence", "motivation"])

    def clean_value(self) -> int | bool | list[str] | None:
        """Return the value as the rules hold it: each name once, empty lines left out."""
        given = self.cleaned_data["value"]
        if self._unit == "yes_no":
            return bool(given == "yes")
        if self._unit == "months" or self._has_codes:
            return given  # type: ignore[no-any-return]  # a number, a list of codes or None, by the field
        return list(dict.fromkeys(filter(None, (line.strip() for line in given.splitlines()))))
