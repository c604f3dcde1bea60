"""What somebody looks for."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.engine.shared.vocabulary import HALF_DAYS
from opstap.steering.overviews.queries.directory import Wanted
from opstap.ui.widgets import LongSelect, TextLine

MORNINGS = sum(1 << index for index in range(0, len(HALF_DAYS), 2))
AFTERNOONS = MORNINGS << 1
WEEKDAYS = (1 << 10) - 1
TIMES = {"mornings": MORNINGS, "afternoons": AFTERNOONS, "weekdays": WEEKDAYS}
"""Half-days that the work must stay within."""
_WHEN = (("", _("Any time")), ("mornings", _("Only mornings")), ("afternoons", _("Only afternoons")), ("weekdays", _("Not in the weekend")))


class SearchForm(forms.Form):
    """The search of the directory; whatever is not understood is simply not looked for."""

    wat = forms.CharField(label=_("What do you want to do?"), required=False, max_length=100, widget=TextLine)
    bij = forms.ChoiceField(label=_("At which organisation?"), required=False, widget=LongSelect)
    wanneer = forms.ChoiceField(label=_("When?"), required=False, choices=_WHEN, widget=LongSelect)
    vrij = forms.BooleanField(label=_("Only free places"), required=False)
    wijk = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def set_hosts(self, hosts: Sequence[tuple[str, str]]) -> None:
        """Offer these organisations, by id and name."""
        field = self.fields["bij"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("All organisations")), *hosts]

    @property
    def wanted(self) -> Wanted:
        """Return what is looked for, as far as it is understood."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            text=said.get("wat", ""),
            host=said.get("bij", ""),
            neighbourhood=said.get("wijk", ""),
            half_days=TIMES.get(said.get("wanneer", ""), 0),
            only_free=said.get("vrij", False),
        )
