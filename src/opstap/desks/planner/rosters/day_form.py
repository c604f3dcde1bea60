"""The form of one day of a worker: how it went, and why it is corrected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as later

from opstap.journey.rosters.enums import PresenceState
from opstap.ui.words import texts, translate


def _states() -> list[tuple[str, str]]:
    return [(state.value, translate(texts()[f"attendance.day.{state.value}"])) for state in PresenceState]


class DayForm(forms.Form):
    """How a day went; the hours are those of who was there. A closed month asks why."""

    state = forms.ChoiceField(label=later("How it should be"), choices=_states, widget=forms.RadioSelect)
    hours = forms.DecimalField(
        label=later("Hours of work"),
        required=False,
        min_value=0,
        max_value=12,
        max_digits=4,
        decimal_places=2,
        help_text=later("For who was there. Empty: as the roster told."),
    )
    reason = forms.CharField(
        label=later("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=later("For instance: noted on the wrong day. Never why somebody was ill."),
    )

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Ask why only when it is needed."""
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["reason"]
