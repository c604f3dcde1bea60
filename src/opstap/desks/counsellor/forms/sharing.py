"""Letting others follow somebody too, and closing a task."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from opstap.journey.referrals.enums import Scope
from opstap.ui.components.status import plain
from opstap.ui.day_field import DayInput
from opstap.ui.widgets import LongSelect


class ShareForm(forms.Form):
    """With whom, how far, from when until when, and why; what each way shows stands beside it."""

    who = forms.ChoiceField(label=lazy("With whom?"), widget=LongSelect)
    scope = forms.ChoiceField(label=lazy("What may they see?"), widget=forms.RadioSelect)
    from_on = forms.DateField(label=lazy("From"), widget=DayInput())
    until_on = forms.DateField(
        label=lazy("Until"), widget=DayInput(), required=False, help_text=lazy("This is the first day without it. Empty: until you end it.")
    )
    reason = forms.CharField(label=lazy("Why?"), max_length=300, help_text=lazy("A colleague must be able to understand it."))

    def __init__(self, *args: Any, today: date, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Offer organisations and counsellors, and the ways in words."""
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = today
        who, scope = self.fields["who"], self.fields["scope"]
        if isinstance(who, forms.ChoiceField) and isinstance(scope, forms.ChoiceField):
            who.choices = list(choices)
            scope.choices = [(each.value, plain(f"referrals.scope.{each.value}")) for each in Scope]
            scope.initial = Scope.PLAN.value


class CloseTaskForm(forms.Form):
    """Done or not needed, and a note."""

    outcome = forms.ChoiceField(
        label=lazy("What came of it?"),
        widget=forms.RadioSelect,
        choices=[("done", lazy("Done")), ("dropped", lazy("Not needed"))],
        initial="done",
    )
    note = forms.CharField(
        label=lazy("Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Nothing about health."),
    )
