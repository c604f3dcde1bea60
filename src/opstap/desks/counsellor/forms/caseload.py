"""What to see of a caseload."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.steering.overviews.queries.caseload import Choice
from opstap.ui.components.states import STATES
from opstap.ui.components.status import plain
from opstap.ui.widgets import LongSelect


class FilterForm(forms.Form):
    """Filters of a caseload; whatever is not understood is left out, a list is never refused."""

    q = forms.CharField(label=lazy("Find somebody"), required=False)
    fase = forms.ChoiceField(label=lazy("Stage"), widget=LongSelect, required=False)
    wacht = forms.ChoiceField(label=lazy("Waits for"), widget=LongSelect, required=False)
    gemeente = forms.ChoiceField(label=lazy("Municipality"), widget=LongSelect, required=False)
    wie = forms.ChoiceField(label=lazy("Counsellor"), widget=LongSelect, required=False)
    stil = forms.BooleanField(label=lazy("Stands still"), required=False)
    opzij = forms.BooleanField(label=lazy("Is put aside"), required=False)

    def __init__(self, *args: Any, municipalities: Iterable[str] = (), counsellors: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Fill the choices; without counsellors (for somebody who leads no team) that filter is not there."""
        super().__init__(*args, **kwargs)
        self._choose("fase", [(stage.value, _(STATES[stage.value].word)) for stage in Stage])
        self._choose("wacht", [(cause.value, plain(cause.value)) for cause in WaitingCause if cause is not WaitingCause.NONE])
        self._choose("gemeente", [(name, name) for name in municipalities])
        people = list(counsellors)
        if people:
            self._choose("wie", [*people, ("none", _("nobody yet"))])
        else:
            del self.fields["wie"]

    def _choose(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("all")), *choices]


def choice_of(given: Any) -> Choice:  # noqa: ANN401 - a QueryDict or a mapping of texts
    """Return what an address asks to see; unknown values choose nothing."""
    return Choice(
        stage=given.get("fase", "") if given.get("fase", "") in set(Stage) else "",
        cause=given.get("wacht", ""),
        municipality=given.get("gemeente", ""),
        text=given.get("q", "")[:100],
        counsellor=given.get("wie", ""),
        is_stalled=bool(given.get("stil")),
        is_snoozed=bool(given.get("opzij")),
        sort=given.get("sort", ""),
    )
