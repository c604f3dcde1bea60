"""Forms of payments: from which account, on which day."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AccountForm(forms.Form):
    """From which account the programme pays."""

    name = forms.CharField(label=_("Name of who pays"), max_length=70)
    iban = forms.CharField(label=_("Account number (IBAN)"), max_length=42)
    bic = forms.CharField(label=_("Code of the bank (BIC)"), max_length=11, required=False)


class ApproveForm(forms.Form):
    """On which day the bank pays."""

    pay_on = forms.DateField(label=_("Pay on"), widget=forms.DateInput(attrs={"type": "date"}))
