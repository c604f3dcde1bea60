"""Forms of the association itself: its terms, members, sites and coaches."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from opstap.desks.planner.forms.fields import WeekdaysField, day
from opstap.foundation.organisations.enums import OrganisationKind
from opstap.ui.components.status import plain

_SUNDAY = 6


class TermsForm(forms.Form):
    """How many people the association means to employ, and at most."""

    target = forms.IntegerField(label=later("Target: people employed"), min_value=1, max_value=5000)
    next_target = forms.IntegerField(label=later("Target after that"), min_value=1, max_value=5000, required=False)
    worker_cap = forms.IntegerField(
        label=later("At most so many people at the same time"),
        min_value=1,
        max_value=5000,
        required=False,
        help_text=later("The law of 2000 set 50; whether that still holds is to be confirmed. Empty: no limit."),
    )
    notice = forms.IntegerField(
        label=later("Working days of notice for variable hours"),
        min_value=1,
        max_value=60,
        help_text=later("7 since 20 November 2022; to be confirmed by the work rules."),
    )


def _kinds() -> list[tuple[str, str]]:
    kinds = (OrganisationKind.COMPANY, OrganisationKind.SOCIAL_ENTERPRISE, OrganisationKind.NONPROFIT, OrganisationKind.LOCAL_GOVERNMENT)
    return [(kind.value, plain(kind.value)) for kind in kinds]


class MemberForm(forms.Form):
    """Which organisation becomes a member, and when."""

    organisation = forms.ChoiceField(label=later("Organisation"))
    new_name = forms.CharField(label=later("Not in the list? Its name"), max_length=200, required=False)
    kind = forms.ChoiceField(label=later("What a new one is"), required=False, choices=_kinds)
    from_on = day(later("Member from"))
    until_on = day(later("Member until"), required=False, help_text=later("The first day as no member; empty while it goes on."))

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        choices = [("", _("not in the list")), *organisations]
        self.fields["organisation"] = forms.ChoiceField(label=_("Organisation"), choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one organisation: of the list, or a new one."""
        given = super().clean() or {}
        if bool(given.get("organisation")) == bool(given.get("new_name", "").strip()):
            self.add_error("organisation", _("Choose an organisation, or fill in the name of a new one."))
        return given


class UntilForm(forms.Form):
    """The first day on which something no longer holds."""

    until_on = day(later("Until"), help_text=later("The first day on which it no longer holds."))


class NewSiteForm(forms.Form):
    """A site of a member that is not known yet."""

    name = forms.CharField(label=later("Name of the site"), max_length=200)
    street = forms.CharField(label=later("Street and number"), max_length=200, required=False)
    postcode = forms.CharField(label=later("Postcode"), max_length=10, required=False)
    municipality = forms.CharField(label=later("Town"), max_length=100)
    neighbourhood = forms.CharField(
        label=later("Area"),
        max_length=100,
        required=False,
        help_text=later("So that ways to work are known; empty: the middle of the town."),
    )


class SiteForm(forms.Form):
    """What a roster must know of a site."""

    municipality = forms.CharField(label=later("Town"), max_length=100, required=False)
    neighbourhood = forms.CharField(
        label=later("Area"),
        max_length=100,
        required=False,
        help_text=later("So that ways to work are known; empty: the middle of the town."),
    )
    is_seaside_shop = forms.BooleanField(
        label=later("A shop at most 5 km from the coast"),
        required=False,
        help_text=later("It may open on Sunday from May to September."),
    )
    extra_sundays = forms.CharField(
        label=later("Other Sundays on which it opens"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=later("At most 13 a year, one date on a line: 2023-12-17."),
    )

    def clean_extra_sundays(self) -> list[date]:
        """Return the Sundays; refuse what is no date, and a day that is no Sunday."""
        found = []
        for text in str(self.cleaned_data["extra_sundays"]).split():
            try:
                on = date.fromisoformat(text)
            except ValueError as error:
                raise forms.ValidationError(_("“%(text)s” is no date. Write it as 2023-12-17.") % {"text": text}) from error
            if on.weekday() != _SUNDAY:
                raise forms.ValidationError(_("%(text)s is no Sunday.") % {"text": text})
            found.append(on)
        return found


class PeriodForm(forms.Form):
    """From which day, and until which."""

    from_on = day(later("First day"))
    until_on = day(later("First day after it"))


class CoachForm(forms.Form):
    """Who coaches where, on which weekdays, how many at once."""

    site = forms.ChoiceField(label=later("Site"))
    name = forms.CharField(label=later("Name of the coach"), max_length=120)
    weekdays = WeekdaysField(label=later("Weekdays"))
    maximum = forms.IntegerField(label=later("Workers at the same time, at most"), min_value=1, max_value=30)

    def __init__(self, *args: Any, sites: list[tuple[str, str]], fixed: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self.fields["site"] = forms.ChoiceField(label=_("Site"), choices=sites, disabled=fixed)
        self.fields["name"].disabled = fixed
