"""Ending work with two views, writing and sending a relay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from opstap.engine.shared import Reason
from opstap.journey.outcomes.enums import ACCESS_MONTHS, RELAY_LINES, Barrier, OutcomeKind
from opstap.journey.outcomes.operations import Access
from opstap.journey.placements.enums import EndReason
from opstap.journey.referrals.enums import Scope
from opstap.ui.components.status import plain, reason
from opstap.ui.widgets import LongSelect

if TYPE_CHECKING:
    from opstap.foundation.access.models import User
    from opstap.steering.overviews.queries.ending import EndingPage

_HALF_A_YEAR = 6
_PAGE_ONLY = "page"


class EndingForm(forms.Form):
    """The first day without work, why, both views, and what the person does then."""

    on = forms.DateField(
        label=lazy("First day without work"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=lazy("From this day the seat is free for somebody else."),
    )
    reason_code = forms.ChoiceField(label=lazy("Why does it end?"), widget=forms.RadioSelect)
    doing = forms.ChoiceField(
        label=lazy("What does the person do then?"),
        widget=forms.RadioSelect,
        required=False,
        help_text=lazy("Not known yet? Leave it open."),
    )
    person_view = forms.CharField(
        label=lazy("How does the person look back?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=lazy("In the person's own words. Can also come later, on the person's own page."),
    )
    host_view = forms.CharField(
        label=lazy("How does the host look back?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )
    wants_relay = forms.BooleanField(
        label=lazy("Somebody else goes on with this person: make a relay"),
        required=False,
        initial=True,
        help_text=lazy("One page, filled in already. You read it and send it."),
    )

    def __init__(self, *args: Any, page: EndingPage, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Put the choices in words and propose the day."""
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = page.proposed
        self.fields["on"].widget.attrs |= {"min": page.first.isoformat(), "max": page.last.isoformat()}
        _choose(self.fields["reason_code"], [(code.value, reason(Reason(f"placements.end_reason.{code.value}"))) for code in EndReason])
        _choose(self.fields["doing"], [(kind.value, reason(Reason(f"outcomes.kind.{kind.value}"))) for kind in OutcomeKind])


class RelayForm(forms.Form):
    """What a relay says."""

    goals = forms.CharField(
        label=lazy("What the person wants"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=lazy("One line for each goal."),
    )
    barriers = forms.MultipleChoiceField(label=lazy("What still stands in the way"), widget=forms.CheckboxSelectMultiple, required=False)
    next_step = forms.CharField(
        label=lazy("The next step"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=300,
        help_text=lazy("What does the next counsellor do first? Write nothing about health here."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Put what can stand in the way in words."""
        super().__init__(*args, **kwargs)
        _choose(self.fields["barriers"], [(code.value, reason(Reason(f"outcomes.barrier.{code.value}"))) for code in Barrier])
        self.fields["goals"].widget.attrs["maxlength"] = RELAY_LINES * 300

    @property
    def lines(self) -> list[str]:
        """The goals, one for each line."""
        return [line for line in self.cleaned_data["goals"].splitlines() if line.strip()]


class RecipientForm(forms.Form):
    """Who takes over: somebody of this house, or somebody outside by name."""

    user = forms.ChoiceField(label=lazy("Somebody who works here"), widget=LongSelect, required=False)
    name = forms.CharField(label=lazy("Or somebody outside: name"), max_length=200, required=False)
    organisation = forms.CharField(label=lazy("Their organisation"), max_length=200, required=False)
    email = forms.EmailField(label=lazy("Their e-mail address"), required=False)
    scope = forms.ChoiceField(
        label=lazy("What may they see after a yes?"),
        widget=forms.RadioSelect,
        required=False,
        initial=Scope.FULL.value,
        help_text=lazy("They read this before they answer. Somebody outside gets this page only."),
    )
    months = forms.TypedChoiceField(
        label=lazy("For how long?"),
        coerce=int,
        required=False,
        initial=_HALF_A_YEAR,
        help_text=lazy("From the day of the yes. You can end it sooner or give it again. Nobody else loses anything."),
    )

    def __init__(self, *args: Any, users: list[User], may_give_access: bool, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Offer the counsellors and team leads by name, and what they may see: asked only of who may give it."""
        super().__init__(*args, **kwargs)
        self.users = {str(user.pk): user for user in users}
        _choose(self.fields["user"], [("", _("choose somebody")), *((key, user.name or user.email) for key, user in self.users.items())])
        if not may_give_access:
            del self.fields["scope"], self.fields["months"]
            return
        scopes = [(each.value, plain(f"referrals.scope.{each.value}")) for each in Scope]
        _choose(self.fields["scope"], [*scopes, (_PAGE_ONLY, _("this page only"))])
        _choose(self.fields["months"], [(str(count), _("%(count)d months") % {"count": count}) for count in ACCESS_MONTHS])

    @property
    def access(self) -> Access | None:
        """What accepting opens; None for this page alone."""
        scope = self.cleaned_data.get("scope")
        if not scope or scope == _PAGE_ONLY:
            return None
        return Access(Scope(scope), self.cleaned_data["months"] or _HALF_A_YEAR)


class AnswerRelayForm(forms.Form):
    """Taking somebody on, or sending back with a reason."""

    words = forms.CharField(label=lazy("Why not?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500, required=False)


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
