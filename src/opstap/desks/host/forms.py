"""Forms of the host: why not, and until when a place pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.ui.why_not import WhyNotForm

if TYPE_CHECKING:
    from datetime import date

WHY_NOT = (
    ("full", _("We have no room at this moment")),
    ("mentor", _("The mentor cannot guide anyone now")),
    ("work", _("The work has changed or is gone")),
    ("fit", _("After a talk: it does not fit")),
    ("other", _("Something else")),
)
"""Why a host says no; none of them asks about health, origin or family."""


class NoForm(WhyNotForm):
    """Why not; kept, told to the counsellor, and weighed in the next round: for good when it did not fit, not when there was no room."""

    reasons = WHY_NOT
    lasting = frozenset({"fit"})

    more = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=400,
        widget=forms.Textarea,
        help_text=_("The counsellor reads this. Write nothing about health, origin or family."),
    )


class PauseForm(forms.Form):
    """Until when a place pauses, and why."""

    return_on = forms.DateField(
        label=_("Open again on"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("A place opens again by itself on this day.")
    )
    reason = forms.CharField(label=_("Why?"), max_length=300, required=False)

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        """`today`: the first day that can be chosen is the next one."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.fields["return_on"].widget.attrs["min"] = today.isoformat()


class RefusalForm(forms.Form):
    """Why somebody does not sign an agreement."""

    reason = forms.CharField(
        label=_("Why do you not sign?"), max_length=500, widget=forms.Textarea, help_text=_("The counsellor reads this and calls you.")
    )


class RelayAnswerForm(forms.Form):
    """Taking somebody on by link: who you are, and why not when you cannot."""

    choice = forms.ChoiceField(choices=[("accept", "accept"), ("decline", "decline")], widget=forms.HiddenInput)
    name = forms.CharField(label=_("Your name"), max_length=200)
    words = forms.CharField(label=_("Why not?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500, required=False)
