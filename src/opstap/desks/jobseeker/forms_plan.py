"""What the person says of the plan."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as lazy


class WordsForm(forms.Form):
    """Own words."""

    text = forms.CharField(
        label=lazy("What do you think of it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=lazy("Your counsellor reads this. You need not say anything about your health."),
    )
