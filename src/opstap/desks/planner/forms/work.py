"""Forms of functions, shortage lists, demand and workbooks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from opstap.desks.planner.forms.fields import NEEDS_HELP, clock_field, day, minutes_of, weekday_choices
from opstap.engine.shared.vocabulary import LIMITS
from opstap.journey.associations.operations import Ask, FunctionTerms, Hours, Needs
from opstap.ui.components.status import plain


class FunctionForm(forms.Form):
    """What a function is and asks."""

    title = forms.CharField(label=later("Title"), max_length=120)
    occupation = forms.CharField(label=later("Code of ESCO"), max_length=120, required=False)
    demands = forms.MultipleChoiceField(
        label=later("What it asks of a body"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(code, plain(code)) for code in LIMITS],
    )
    licences = forms.CharField(
        label=later("Licences and certificates that are needed"), required=False, help_text=later("With commas: B, forklift.")
    )
    is_unloved = forms.BooleanField(
        label=later("Work that nobody likes"), required=False, help_text=later("The roster divides it fairly over everybody.")
    )

    def terms(self) -> FunctionTerms:
        """Return what the form says; who saves it confirms it."""
        given = self.cleaned_data
        licences = tuple(part.strip() for part in given["licences"].split(",") if part.strip())
        return FunctionTerms(given["title"], given["occupation"], tuple(given["demands"]), licences, given["is_unloved"])


class ShortageForm(forms.Form):
    """A list of shortage occupations of a year."""

    year = forms.IntegerField(label=later("Year"), min_value=2000, max_value=2100)
    file = forms.FileField(label=later("The file"), help_text=later("Excel, LibreOffice or CSV, with a column Beroep and/or ESCO."))
    source = forms.CharField(label=later("Where does the list come from?"), max_length=200, initial="VDAB")


class FlagForm(forms.Form):
    """Whether a function is a shortage occupation in a year."""

    year = forms.IntegerField(min_value=2000, max_value=2100)
    is_shortage = forms.BooleanField(required=False)


class NeedsForm(forms.Form):
    """From when until when, and how many people."""

    starts = clock_field(later("From"))
    ends = clock_field(later("Until"))
    pause = forms.IntegerField(label=later("Break, in minutes"), min_value=0, max_value=180)
    minimum = forms.IntegerField(label=later("Minimum"), min_value=0, max_value=99, help_text=NEEDS_HELP)
    wanted = forms.IntegerField(label=later("Wanted"), min_value=0, max_value=99)
    maximum = forms.IntegerField(label=later("Maximum"), min_value=0, max_value=99)

    def hours(self) -> Hours:
        """Return the hours."""
        given = self.cleaned_data
        return Hours(minutes_of(given["starts"]), minutes_of(given["ends"]), given["pause"])

    def needs(self) -> Needs:
        """Return the numbers."""
        return Needs(self.cleaned_data["minimum"], self.cleaned_data["wanted"], self.cleaned_data["maximum"])


class DemandForm(NeedsForm):
    """What a site asks on some weekdays, or on one day."""

    site = forms.ChoiceField(label=later("Site"))
    function = forms.ChoiceField(label=later("Function"))
    weekdays = forms.TypedMultipleChoiceField(
        label=later("Weekdays"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple, choices=weekday_choices
    )
    on = day(
        later("Or only on this day"),
        required=False,
        help_text=later("It replaces the weekday; 0, 0, 0 asks nobody."),
    )
    field_order = ("site", "function", "weekdays", "on", "starts", "ends", "pause", "minimum", "wanted", "maximum")

    def __init__(self, *args: Any, sites: list[tuple[str, str]], functions: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self.fields["site"] = forms.ChoiceField(label=_("Site"), choices=sites)
        self.fields["function"] = forms.ChoiceField(label=_("Function"), choices=functions)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Ask for weekdays or one day."""
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("weekdays")) == bool(given.get("on")):
            raise forms.ValidationError(_("Choose weekdays, or one day."))
        return given

    def times(self) -> list[Ask]:
        """Return when it is asked."""
        given = self.cleaned_data
        return [Ask(on=given["on"])] if given["on"] else [Ask(weekday=weekday) for weekday in given["weekdays"]]


class WorkbookForm(forms.Form):
    """A workbook, and of which day it is."""

    file = forms.FileField(
        label=later("The workbook"), help_text=later("Sheets with workers and demand; coaches and absences if you have them.")
    )
    as_of = day(later("On which day was it right?"))
