"""Forms of workers: contract, wage support, skills and wishes, absences; and of those who may come next."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from opstap.desks.planner.forms.fields import HalfDaysField, day, told
from opstap.desks.planner.forms.reach import REACH, ReachForm
from opstap.engine.shared.vocabulary import TRAVEL_MODES, half_day_codes, half_day_mask
from opstap.journey.associations.enums import AbsenceKind, CoachingLevel, HiringStage, SupportStatus
from opstap.journey.associations.operations import Support, Terms
from opstap.ui.components.status import plain

if TYPE_CHECKING:
    from opstap.journey.associations.models import Contract


class ContractForm(forms.Form):
    """Hours, days and period of a contract."""

    number = forms.CharField(label=later("Number"), max_length=40, required=False, help_text=later("Empty: the next free number."))
    from_on = day(later("First day"))
    until_on = day(later("First day after it"), required=False, help_text=later("Empty for a contract without an end."))
    weekly_hours = forms.DecimalField(label=later("Hours a week"), min_value=Decimal(1), max_value=Decimal(38), decimal_places=2)
    half_days = HalfDaysField(label=later("Half-days of the contract"))
    is_variable = forms.BooleanField(
        label=later("The hours vary from week to week"), required=False, help_text=later("Then the roster is told 7 working days ahead.")
    )
    status = forms.ChoiceField(label=later("Wage support"), choices=lambda: told("status", [status.value for status in SupportStatus]))

    def terms(self, was: Contract | None = None) -> Terms:
        """Return what the form says; another support than before begins anew, so that nothing of the old one stays."""
        given, status = self.cleaned_data, SupportStatus(self.cleaned_data["status"])
        support = was.supported if was is not None and was.supported.status is status else Support(status)
        return Terms(
            from_on=given["from_on"],
            weekly_hours=given["weekly_hours"],
            half_days=half_day_mask(given["half_days"]),
            support=support,
            until_on=given["until_on"],
            is_variable=given["is_variable"],
            number=given["number"],
            age_told=was.age_told if was else None,
            age_told_on=was.age_told_on if was else None,
        )


def contract_values(contract: Contract) -> dict[str, Any]:
    """Return what the form of a contract shows at first."""
    return {
        "number": contract.number,
        "from_on": contract.from_on,
        "until_on": contract.until_on,
        "weekly_hours": contract.weekly_hours,
        "half_days": list(half_day_codes(contract.half_days)),
        "is_variable": contract.is_variable,
        "status": contract.supported.status.value,
    }


class NewWorkerForm(ReachForm, ContractForm):
    """Somebody new with a contract, and how to reach them."""

    first_name = forms.CharField(label=later("First name"), max_length=100)
    last_name = forms.CharField(label=later("Last name"), max_length=100)
    birth_date = day(later("Date of birth"))
    travel_mode = forms.ChoiceField(
        label=later("Way of travelling"),
        required=False,
        choices=lambda: [("", "–"), *((mode, plain(mode)) for mode in TRAVEL_MODES)],
    )
    field_order = ("first_name", "last_name", "birth_date", *REACH, "travel_mode", "number")

    def person(self) -> dict[str, Any]:
        """Return what is known of the person."""
        names = ("first_name", "last_name", "birth_date", "travel_mode", *REACH)
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}


class SupportForm(forms.Form):
    """The wage support of a contract, and what its premium is counted from."""

    status = forms.ChoiceField(label=later("Wage support"), choices=lambda: told("status", [status.value for status in SupportStatus]))
    from_on = day(later("Right from"), required=False, help_text=later("Empty: the first day of the contract."))
    until_on = day(later("Right until"), required=False, help_text=later("The first day without the right; empty while nobody knows."))
    right_years = forms.TypedChoiceField(
        label=later("Length of the right"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=(("", later("not known")), ("2", later("2 years")), ("5", later("5 years"))),
    )
    percent = forms.IntegerField(
        label=later("Percentage that was granted"),
        required=False,
        min_value=5,
        max_value=75,
        help_text=later("Only when it differs from the usual steps, and always with collective custom work."),
    )
    coaching = forms.ChoiceField(
        label=later("Level of coaching"),
        required=False,
        choices=lambda: [("", "–"), *told("coaching", [level.value for level in CoachingLevel])],
    )
    wage_cost = forms.DecimalField(
        label=later("Wage cost of a full quarter, in euros"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(99999),
        decimal_places=2,
        help_text=later("Gross wage and employer's contributions, less reductions."),
    )

    def support(self) -> Support:
        """Return what the form says."""
        given = self.cleaned_data
        return Support(
            SupportStatus(given["status"]),
            given["from_on"],
            given["until_on"],
            given["right_years"],
            given["percent"],
            given["coaching"],
            given["wage_cost"],
        )


def support_values(support: Support) -> dict[str, Any]:
    """Return what the form of a support shows at first."""
    return {
        "status": support.status.value,
        "from_on": support.from_on,
        "until_on": support.until,
        "right_years": support.right_years,
        "percent": support.percent,
        "coaching": support.coaching,
        "wage_cost": support.wage_cost,
    }


class EndForm(forms.Form):
    """When and why a contract ends."""

    until_on = day(later("First day after the contract"))
    reason = forms.CharField(label=later("Why does it end?"), max_length=300, help_text=later("In a few words, without health."))


class FunctionsForm(forms.Form):
    """Some functions of the association."""

    functions = forms.MultipleChoiceField(label=later("Functions"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, functions: list[tuple[str, str]], label: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self.fields["functions"] = forms.MultipleChoiceField(
            label=label, required=False, choices=functions, widget=forms.CheckboxSelectMultiple
        )


class WishesForm(forms.Form):
    """What somebody wishes to learn, in order."""

    def __init__(self, *args: Any, functions: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        for place, label in enumerate((_("First wish"), _("Second wish"), _("Third wish")), 1):
            self.fields[f"wish_{place}"] = forms.ChoiceField(label=label, required=False, choices=[("", "–"), *functions])

    def wishes(self) -> list[str]:
        """Return the chosen functions, each once."""
        return [key for key in dict.fromkeys(self.cleaned_data[f"wish_{place}"] for place in (1, 2, 3)) if key]


class AwayForm(forms.Form):
    """Days on which a worker is away; never why in words."""

    from_on = day(later("First day away"))
    until_on = day(later("Back on"), required=False, help_text=later("Empty while no return is known."))
    kind = forms.ChoiceField(
        label=later("What is it?"),
        choices=lambda: told("kind", [kind.value for kind in AbsenceKind]),
        help_text=later("Never write what somebody has."),
    )


class BackForm(forms.Form):
    """On which day somebody is back."""

    until_on = day(later("Back on"))


class StepForm(forms.Form):
    """To which stage somebody moves; a contract has a form of its own."""

    to = forms.ChoiceField(label=later("Next stage"), widget=forms.RadioSelect)
    reason = forms.CharField(label=later("Why not for now?"), max_length=300, required=False, help_text=later("Only when it stops."))

    def __init__(self, *args: Any, stages: list[HiringStage], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        choices = told("stage", [stage.value for stage in stages if stage is not HiringStage.CONTRACT])
        self.fields["to"] = forms.ChoiceField(label=_("Next stage"), widget=forms.RadioSelect, choices=choices)
