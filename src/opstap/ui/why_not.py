"""The form of a no: why, from a short list, and more in one's own words; the same for the person and the host."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class WhyNotForm(forms.Form):
    """Why not. A desk gives its own `reasons` (code, words) and which of them are `lasting`, and may say otherwise what `more` asks."""

    reasons: ClassVar[tuple[tuple[str, str | Promise], ...]] = ()
    lasting: ClassVar[frozenset[str]] = frozenset()

    why = forms.ChoiceField(label=_("Why not?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a reason.")})
    more = forms.CharField(required=False, max_length=500, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Offer the desk's own reasons."""
        super().__init__(*args, **kwargs)
        choices = self.fields["why"]
        if isinstance(choices, forms.ChoiceField):
            choices.choices = self.reasons

    @property
    def reason(self) -> str:
        """Return the reason as a sentence, for whoever looks further."""
        words = {code: str(label) for code, label in self.reasons}
        return ": ".join(part for part in (words[self.cleaned_data["why"]], self.cleaned_data["more"].strip()) if part)

    @property
    def for_good(self) -> bool:
        """Tell whether this pair must not be proposed again: what is wrong will still be wrong next week."""
        return self.cleaned_data["why"] in self.lasting
