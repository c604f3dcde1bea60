"""Forms of the rosters: what to ask for, who is away, why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opstap.journey.associations.enums import AbsenceKind
from opstap.ui.day_field import DayField, DayInput

if TYPE_CHECKING:
    from datetime import date

SECONDS = (
    (10, gettext_lazy("10 seconds: a first look")),
    (60, gettext_lazy("1 minute")),
    (300, gettext_lazy("5 minutes: for the last per cent")),
)
FIRST = (
    ("usual", gettext_lazy("The usual order: minimum, wanted, hours, learning, variety, fairness, travel, few changes")),
    ("learning", gettext_lazy("Learning directly after the minimum")),
    ("moves", gettext_lazy("As few changes as possible directly after the minimum")),
)
USUAL = ("minimum", "wanted", "hours", "learning", "variety", "fairness", "travel", "moves")
AWAY_KINDS = (
    (AbsenceKind.AWAY.value, gettext_lazy("away")),
    (AbsenceKind.LEAVE.value, gettext_lazy("leave")),
    (AbsenceKind.TRAINING.value, gettext_lazy("training")),
)


class AskForm(forms.Form):
    """Which roster: from which Monday, how many weeks, what counts first, how long to search."""

    start = DayField(label=gettext_lazy("From Monday"), widget=DayInput())
    weeks = forms.IntegerField(label=gettext_lazy("Weeks"), min_value=1, max_value=52, initial=12)
    order = forms.ChoiceField(label=gettext_lazy("What counts first"), choices=FIRST, widget=forms.RadioSelect, initial="usual")
    seconds = forms.TypedChoiceField(label=gettext_lazy("How long to search"), choices=SECONDS, coerce=int, initial=60)

    def clean_start(self) -> date:
        """Return the first day; a roster begins on a Monday."""
        start: date = self.cleaned_data["start"]
        if start.weekday():
            monday = start - timedelta(days=start.weekday())
            raise forms.ValidationError(_("This is no Monday. The Monday before it is %(day)s.") % {"day": f"{monday:%d/%m/%Y}"})
        return start

    @property
    def criteria(self) -> tuple[str, ...]:
        """The order that was chosen."""
        chosen = self.cleaned_data["order"]
        if chosen == "usual":
            return USUAL
        return ("minimum", chosen, *(name for name in USUAL if name not in {"minimum", chosen}))


class DaysForm(forms.Form):
    """Has a first day, and perhaps a last one."""

    def clean(self) -> dict[str, Any]:
        """Refuse days that run backwards."""
        given = super().clean() or {}
        if given.get("last_on") and given.get("from_on") and given["last_on"] < given["from_on"]:
            self.add_error("last_on", _("The last day lies before the first."))
        return given


class AwayForm(DaysForm):
    """Who cannot come, from when until when."""

    contract = forms.ChoiceField(label=gettext_lazy("Who"))
    from_on = DayField(label=gettext_lazy("First day away"), widget=DayInput())
    last_on = DayField(
        label=gettext_lazy("Last day away"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Leave empty when nobody knows yet."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=AWAY_KINDS,
        help_text=gettext_lazy("Never why: what somebody has is nobody's business here."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Offer the people of the association."""
        super().__init__(*args, **kwargs)
        self.fields["contract"].choices = people  # type: ignore[attr-defined]  # it is a ChoiceField

    @property
    def until_on(self) -> date | None:
        """The first day back, or None."""
        last: date | None = self.cleaned_data["last_on"]
        return last + timedelta(days=1) if last else None
