"""Why somebody's way through the programme stops."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from opstap.journey.referrals.enums import ClosingReason
from opstap.ui.components.status import plain


class ClosingForm(forms.Form):
    """The reason from the list, and in words for who reads the file later."""

    why = forms.ChoiceField(label=lazy("Why does it stop?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=lazy("In your own words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=lazy("A colleague must be able to understand it. Write nothing about health here."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Put the reasons in words."""
        super().__init__(*args, **kwargs)
        field = self.fields["why"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(why.value, plain(why.value)) for why in ClosingReason]
