"""Deciding otherwise than the rules, proposing, answering for somebody at the desk, and what is asked of every round."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from opstap.journey.matching.enums import Answer, DirectiveKind

_ASKED = (DirectiveKind.INTEREST, DirectiveKind.VETO, DirectiveKind.PIN, DirectiveKind.FORBID)


class OverruleForm(forms.Form):
    """The other answer, and why."""

    answer = forms.ChoiceField(label=lazy("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=lazy("Why do you decide otherwise than the rules?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=lazy("This stays readable in the file, also for the person."),
    )

    def __init__(self, *args: Any, present: str, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Offer the answers that are not the present one."""
        super().__init__(*args, **kwargs)
        words = {"yes": _("may start"), "no": _("may not start")}
        field = self.fields["answer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, word) for code, word in words.items() if code != present]
            field.initial = next((code for code in words if code != present), "")


class AnswerForm(forms.Form):
    """What the person said by telephone or at the desk."""

    answer = forms.ChoiceField(
        label=lazy("What does the person say?"),
        widget=forms.RadioSelect,
        choices=[(Answer.YES.value, lazy("yes")), (Answer.NO.value, lazy("no")), (Answer.CALL_ME.value, lazy("call me"))],
    )
    reason = forms.CharField(
        label=lazy("In the person's own words"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=lazy("Why?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class SendForm(forms.Form):
    """A word with a proposal that is sent."""

    motivation = forms.CharField(
        label=lazy("A word for the file"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500, required=False
    )


class ProposeForm(SendForm):
    """A proposal by hand."""

    as_reserve = forms.BooleanField(
        label=lazy("Also when all seats are spoken for"),
        required=False,
        help_text=lazy("The first two yeses on a seat then win it."),
    )


class DirectiveForm(forms.Form):
    """What every round must take into account."""

    kind = forms.ChoiceField(label=lazy("What must every round know?"), widget=forms.RadioSelect)
    reason = forms.CharField(label=lazy("Why?"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Put the kinds in words."""
        super().__init__(*args, **kwargs)
        words = {
            DirectiveKind.INTEREST: _("The person is interested in this place"),
            DirectiveKind.VETO: _("The person does not want this place"),
            DirectiveKind.PIN: _("This person goes to this place"),
            DirectiveKind.FORBID: _("Never propose this place to this person"),
        }
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(kind.value, words[kind]) for kind in _ASKED]
