"""Forms of the job seeker: a code, and why not."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

WHY_NOT = (
    ("work", _("I do not want this work")),
    ("days", _("I cannot work on these days")),
    ("far", _("It is too far")),
    ("other_work", _("I found other work")),
    ("later", _("Not now, maybe later")),
    ("other", _("Something else")),
)
"""Why somebody says no: simple, and none of them asks about health."""
_ASKS_FOR_GOOD = frozenset({"work", "far"})


class CodeForm(forms.Form):
    """The short code of a letter, however it is typed."""

    code = forms.CharField(label=_("Your code"), max_length=40, help_text=_("It is in your letter. For example: 7KQ4X-M2PRT"))


class NoForm(forms.Form):
    """Why not, and whether this place may be proposed again."""

    why = forms.ChoiceField(label=_("Why not?"), choices=WHY_NOT, widget=forms.RadioSelect)
    more = forms.CharField(
        label=_("Do you want to say more?"),
        required=False,
        max_length=500,
        widget=forms.Textarea,
        help_text=_("You need not. Do not write about your health."),
    )

    @property
    def reason(self) -> str:
        """Return the reason as a sentence, for whoever looks further with the person."""
        words = {code: str(label) for code, label in WHY_NOT}
        return ": ".join(part for part in (words[self.cleaned_data["why"]], self.cleaned_data["more"].strip()) if part)

    @property
    def for_good(self) -> bool:
        """Tell whether this place must not be proposed again: the work or the way is what is wrong."""
        return self.cleaned_data["why"] in _ASKS_FOR_GOOD


class CallForm(forms.Form):
    """A wish to be called; a better time may be said."""

    more = forms.CharField(label=_("When can we call you best?"), required=False, max_length=200)


class FreshLinkForm(forms.Form):
    """Which ended link to replace."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
