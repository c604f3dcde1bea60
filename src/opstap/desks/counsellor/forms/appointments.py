"""Inviting, a trial day, and what somebody thinks of one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as lazy

from opstap.journey.appointments.enums import InvitationKind, Verdict
from opstap.ui.components.moments import Clock
from opstap.ui.components.status import plain
from opstap.ui.day_field import DayInput


class InviteForm(forms.Form):
    """To what somebody is invited; a visit is to one of the places that were proposed."""

    kind = forms.ChoiceField(label=lazy("To what?"), widget=forms.RadioSelect)
    place = forms.ChoiceField(label=lazy("Which place? (for a visit)"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Form
        kinds: tuple[InvitationKind, ...],
        places: tuple[tuple[str, str], ...],
        **kwargs: Any,  # noqa: ANN401 - as Form
    ) -> None:
        """Offer what is possible now: a visit only when there is a place to see."""
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        kind.initial = kinds[0].value if kinds else None
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [(each.value, plain(f"appointments.{each.value}")) for each in kinds]
        field = self.fields["place"]
        if places and isinstance(field, forms.ChoiceField):
            field.choices = list(places)
        else:
            del self.fields["place"]


class TrialPlanForm(forms.Form):
    """When somebody tries the work, and for how long."""

    on = forms.DateField(label=lazy("Day"), widget=DayInput())
    begins = forms.TimeField(label=lazy("From"), widget=Clock(), initial=time(9))
    hours = forms.TypedChoiceField(label=lazy("For how many hours?"), coerce=int, initial=4, choices=[(each, each) for each in range(1, 9)])

    def __init__(self, *args: Any, proposed: date, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Propose a day."""
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = proposed

    def starts_at(self) -> datetime:
        """Return the moment, aware."""
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["begins"], tzinfo=get_current_timezone())

    def minutes(self) -> int:
        """Return how long it takes."""
        return int(timedelta(hours=self.cleaned_data["hours"]).total_seconds() // 60)


class VerdictForm(forms.Form):
    """What the person says of the trial day, on the telephone."""

    verdict = forms.ChoiceField(label=lazy("What does the person say?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=lazy("In the person's own words"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Put the answers in words."""
        super().__init__(*args, **kwargs)
        field = self.fields["verdict"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (each.value, plain(each.value if each is not Verdict.MORE_DAYS else "appointments.more_days")) for each in Verdict
            ]
