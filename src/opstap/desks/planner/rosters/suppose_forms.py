"""Forms of what is supposed: somebody leaves, is away or joins, a site is closed, more people are asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from opstap.desks.planner.rosters.forms import DaysForm
from opstap.journey.rosters.enums import SupposedKind
from opstap.journey.rosters.operations import Supposed
from opstap.ui.day_field import DayField, DayInput

Choices = Sequence[tuple[str, str]]
HOW = (("few", later("Change as little as possible")), ("anew", later("Search anew, everybody may move (a minute)")))
URGENT = (("wanted", later("It would be good")), ("minimum", later("They must be there")))


class SupposeForm(DaysForm):
    """What every supposition has: of whom or what, from when until when, beside which roster, how it is answered, a name for it."""

    kind: SupposedKind
    has_end = True
    subject = forms.ChoiceField()
    from_on = DayField(label=later("From"), widget=DayInput())
    last_on = DayField(label=later("Until and including"), required=False, widget=DayInput(), help_text=later("Empty: for good."))
    beside = forms.ChoiceField(label=later("Beside which roster"))
    how = forms.ChoiceField(label=later("How to answer it"), choices=HOW, widget=forms.RadioSelect, initial="few")
    title = forms.CharField(label=later("A name to find it by"), max_length=120, required=False)

    def __init__(self, *args: Any, label: str, subjects: Choices, rosters: Choices, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Offer the people or sites, and the rosters; a choice of one is not shown."""
        super().__init__(*args, **kwargs)
        self.fields["subject"] = forms.ChoiceField(label=label, choices=subjects)
        self.fields["beside"] = forms.ChoiceField(label=_("Beside which roster"), choices=rosters)
        if len(rosters) == 1:
            self.fields["beside"].widget = forms.HiddenInput()
            self.initial["beside"] = rosters[0][0]
        if not self.has_end:
            del self.fields["last_on"]

    @property
    def supposed(self) -> Supposed:
        """What is supposed."""
        given = self.cleaned_data
        return Supposed(self.kind, given["subject"], given["from_on"], self._until)

    @property
    def _until(self) -> date | None:
        last: date | None = self.cleaned_data.get("last_on")
        return last + timedelta(days=1) if last else None


class JoinsForm(SupposeForm):
    """Somebody new begins, like somebody who works already."""

    kind, has_end = SupposedKind.JOINS, False
    from_on = DayField(
        label=later("First day of the new worker"),
        widget=DayInput(),
        help_text=later("With the same hours, days, skills, wishes and way to work, but without days away or limits of the body."),
    )


class LeavesForm(SupposeForm):
    """Somebody's contract ends."""

    kind, has_end = SupposedKind.LEAVES, False
    from_on = DayField(label=later("First day without this person"), widget=DayInput())


class AwayForm(SupposeForm):
    """Somebody is away for a while."""

    kind = SupposedKind.AWAY


class ClosedForm(SupposeForm):
    """A site has no work for a while."""

    kind = SupposedKind.CLOSED


class MoreForm(SupposeForm):
    """A site asks more people for a function; the subject is both, with a line between."""

    kind = SupposedKind.MORE
    more = forms.IntegerField(label=later("So many people more"), min_value=1, max_value=30, initial=1)
    urgent = forms.ChoiceField(label=later("How much it is needed"), choices=URGENT, widget=forms.RadioSelect, initial="wanted")
    field_order = ("subject", "more", "urgent", "from_on", "last_on")

    @property
    def supposed(self) -> Supposed:
        """What is supposed."""
        given = self.cleaned_data
        site, _line, function = given["subject"].partition("_")
        return Supposed(self.kind, site, given["from_on"], self._until, function, given["more"], is_minimum=given["urgent"] == "minimum")


FORMS: dict[str, type[SupposeForm]] = {
    "vertrekt": LeavesForm,
    "afwezig": AwayForm,
    "gesloten": ClosedForm,
    "meer": MoreForm,
    "erbij": JoinsForm,
}
"""The form of each kind, by the word in its address."""
