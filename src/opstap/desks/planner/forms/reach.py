"""How somebody is reached: e-mail, telephone, and where the post comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from opstap.bridges.spreadsheets.limits import ReadLimits
from opstap.bridges.spreadsheets.parsers.contact import parse_phone_number
from opstap.bridges.spreadsheets.parsers.parsed import Context

if TYPE_CHECKING:
    from opstap.journey.people.models import Person

REACH = ("email", "phone", "street", "postcode", "municipality")
"""Fields of a person by which messages and letters reach them."""


class ReachForm(forms.Form):
    """E-mail, telephone and address; whoever has none of them hears of a roster on paper only."""

    email = forms.EmailField(label=later("E-mail"), required=False)
    phone = forms.CharField(
        label=later("Telephone"), max_length=30, required=False, help_text=later("A mobile number gets an SMS when there is no e-mail.")
    )
    street = forms.CharField(label=later("Street and number"), max_length=200, required=False)
    postcode = forms.CharField(label=later("Postcode"), max_length=10, required=False)
    municipality = forms.CharField(label=later("Town"), max_length=100, required=False)

    def clean_phone(self) -> str:
        """Return the number as people write it; one that cannot exist is refused."""
        text: str = self.cleaned_data["phone"].strip()
        found = parse_phone_number(text, Context(None, ReadLimits())).value if text else ""
        if found is None:
            raise forms.ValidationError(_("This telephone number cannot exist. Look at the digits again."))
        return found


def reach_values(person: Person) -> dict[str, str]:
    """Return what the form shows at first."""
    return {name: getattr(person, name) for name in REACH}
