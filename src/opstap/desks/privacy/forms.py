"""What an auditor searches by."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from opstap.ui.words_privacy import action_choices


class LogForm(forms.Form):
    """A job seeker, a reader, or a kind of action; all may stay empty."""

    q = forms.CharField(label=lazy("Job seeker"), required=False, max_length=100)
    who = forms.CharField(label=lazy("Who read or changed"), required=False, max_length=100)
    action = forms.ChoiceField(label=lazy("What was done"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """List the kinds of actions in the reader's language."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        field = self.fields["action"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("everything")), *action_choices()]
