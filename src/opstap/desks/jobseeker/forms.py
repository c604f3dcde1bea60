"""Forms of the job seeker: a code, and why not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from opstap.ui.why_not import WhyNotForm

WHY_NOT = (
    ("work", _("I do not want this work")),
    ("days", _("I cannot work on these days")),
    ("far", _("It is too far")),
    ("other_work", _("I found other work")),
    ("later", _("Not now, maybe later")),
    ("other", _("Something else")),
)
"""Why somebody says no: simple, and none of them asks about health."""


class CodeForm(forms.Form):
    """The short code of a letter, however it is typed."""

    code = forms.CharField(label=_("Your code"), max_length=40, help_text=_("It is in your letter. For example: 7KQ4X-M2PRT"))


class NoForm(WhyNotForm):
    """Why not, and whether this place may be proposed again: not when the work or the way is what is wrong."""

    reasons = WHY_NOT
    lasting = frozenset({"work", "far"})

    more = forms.CharField(
        label=_("Do you want to say more?"),
        required=False,
        max_length=500,
        widget=forms.Textarea,
        help_text=_("You need not. Do not write about your health."),
    )


class CallForm(forms.Form):
    """A wish to be called; a better time may be said."""

    more = forms.CharField(label=_("When can we call you best?"), required=False, max_length=200)


class FreshLinkForm(forms.Form):
    """Which ended link to replace."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput)


PAUSES = (("week", _("One week")), ("month", _("One month")), ("always", _("Until I say so")), ("resume", _("Let messages come again")))
_DAYS = {"week": 7, "month": 30}


class PauseForm(forms.Form):
    """For how long no messages come, or, when they were stopped, that they may come again."""

    choice = forms.ChoiceField(label=_("How long do you want no messages?"), choices=PAUSES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, is_paused: bool, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Offer that messages come again only when they were stopped."""
        super().__init__(*args, **kwargs)
        if not is_paused:
            self.fields["choice"].choices = [each for each in PAUSES if each[0] != "resume"]  # type: ignore[attr-defined]  # a choice field

    def until(self, at: datetime) -> date | None:
        """Return the first day on which messages come again; None for until the person says so."""
        days = _DAYS.get(self.cleaned_data["choice"])
        return localdate(at) + timedelta(days=days) if days else None


VERDICTS = (("yes", _("Yes, this suits me")), ("more_days", _("I want to try more days")), ("no", _("No, this does not suit me")))


class TrialForm(forms.Form):
    """What the person thinks of a trial day."""

    verdict = forms.ChoiceField(label=_("Does the work suit you?"), choices=VERDICTS, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Do you want to say more?"), required=False, max_length=500, widget=forms.Textarea, help_text=_("You need not.")
    )


class RefusalForm(forms.Form):
    """Why somebody does not sign."""

    reason = forms.CharField(label=_("Why do you not sign?"), max_length=500, widget=forms.Textarea)


class LookBackForm(forms.Form):
    """How somebody looks back on the work, in own words."""

    words = forms.CharField(label=_("How was your work here?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
