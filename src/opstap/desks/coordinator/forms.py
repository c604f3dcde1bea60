"""Forms of the coordinator's desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import DUTCH_LEVELS, HALF_DAYS, LIMITS, half_day_mask
from opstap.journey.places.operations import PlaceTerms
from opstap.steering.overviews.queries.seats import SeatState
from opstap.ui.components.states import STATES
from opstap.ui.components.status import plain, reason
from opstap.ui.widgets import LongSelect, TextLine


class BoardFilter(forms.Form):
    """Which places the board shows; nothing chosen shows all."""

    zoek = forms.CharField(label=lazy("Words in place, site or host"), required=False, widget=TextLine)
    organisatie = forms.ChoiceField(label=lazy("Host"), required=False, widget=LongSelect)
    stand = forms.ChoiceField(label=lazy("Seats"), required=False, widget=LongSelect)

    def __init__(self, *args: Any, hosts: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Offer these hosts as (id, name)."""
        super().__init__(*args, **kwargs)
        states = [("", _("all")), *((state.value, _(STATES[state.value].word)) for state in SeatState)]
        for name, choices in (("organisatie", hosts), ("stand", states)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


class HoldForm(forms.Form):
    """How many seats to keep free, until when, and why."""

    seats = forms.IntegerField(label=lazy("Number of seats"), min_value=1, initial=1)
    until = forms.DateField(label=lazy("Held until (not including)"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label=lazy("Why"), max_length=300)


class PauseForm(forms.Form):
    """On which day the place is open again, and why it pauses."""

    return_on = forms.DateField(label=lazy("Open again on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label=lazy("Why"), max_length=300)


class TermsForm(forms.Form):
    """What a place asks and offers, its seats and its mentor."""

    title = forms.CharField(label=lazy("Work"), max_length=200)
    tasks = forms.CharField(label=lazy("Tasks"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    half_days = forms.MultipleChoiceField(label=lazy("Half-days"), widget=forms.CheckboxSelectMultiple)
    hours_per_month = forms.IntegerField(label=lazy("Hours per month"), min_value=1, max_value=200, required=False)
    seats = forms.IntegerField(label=lazy("Seats"), min_value=0, max_value=200)
    mentor = forms.ChoiceField(label=lazy("Mentor"), required=False)
    dutch_level = forms.ChoiceField(label=lazy("Level of Dutch"))
    licences = forms.CharField(label=lazy("Licences and certificates"), required=False, help_text=lazy("Separate them with a comma."))
    demands = forms.MultipleChoiceField(label=lazy("What the work asks of the body"), widget=forms.CheckboxSelectMultiple, required=False)
    teaches = forms.CharField(
        label=lazy("What somebody learns here"), required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=lazy("One per line.")
    )
    instruments = forms.MultipleChoiceField(label=lazy("Open under"), widget=forms.CheckboxSelectMultiple)
    starts_on = forms.DateField(label=lazy("Opens on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until_on = forms.DateField(
        label=lazy("Ends on (not including)"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, mentors: list[tuple[str, str]], instruments: list[str], **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Offer these mentors as (id, name) and these instruments by code."""
        super().__init__(*args, **kwargs)
        offered = {
            "half_days": [(code, plain(code)) for code in HALF_DAYS],
            "mentor": [("", _("no mentor")), *mentors],
            "dutch_level": [(code, plain(code)) for code in DUTCH_LEVELS],
            "demands": [(code, plain(code)) for code in LIMITS],
            "instruments": [(code, plain(code)) for code in instruments],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Return the data; a place cannot end before it opens."""
        data: dict[str, Any] = super().clean() or {}
        starts_on, until_on = data.get("starts_on"), data.get("until_on")
        if starts_on and until_on and until_on <= starts_on:
            self.add_error("until_on", _("The end lies before the start."))
        return data

    def terms(self, occupation_code: str) -> PlaceTerms:
        """Return the terms as the place keeps them."""
        given = self.cleaned_data
        return PlaceTerms(
            title=given["title"],
            half_days=half_day_mask(given["half_days"]),
            instruments=tuple(given["instruments"]),
            starts_on=given["starts_on"],
            until_on=given["until_on"],
            occupation_code=occupation_code,
            tasks=given["tasks"],
            hours_per_month=given["hours_per_month"],
            dutch_level=given["dutch_level"],
            licences=_parts(given["licences"], ","),
            demands=tuple(given["demands"]),
            teaches=_parts(given["teaches"], "\n"),
        )


def _parts(text: str, separator: str) -> tuple[str, ...]:
    """Return what stands between the separators, each once, nothing empty."""
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in text.split(separator)))))


class WhatIfForm(forms.Form):
    """One place changed, or everybody's travel time; what is left empty stays as it is."""

    plek = forms.ChoiceField(label=lazy("Place"), required=False)
    extra = forms.IntegerField(label=lazy("Seats more"), min_value=0, max_value=20, required=False)
    begeleiding = forms.BooleanField(
        label=lazy("With guidance of their own"), required=False, help_text=lazy("Without it, a mentor or host that is full stays full.")
    )
    nederlands = forms.ChoiceField(label=lazy("Level of Dutch"), required=False)
    mentor = forms.ChoiceField(label=lazy("Mentor"), required=False)
    halve_dagen = forms.MultipleChoiceField(label=lazy("Half-days"), widget=forms.CheckboxSelectMultiple, required=False)
    reistijd = forms.IntegerField(
        label=lazy("Everybody can travel at least (minutes)"),
        min_value=5,
        max_value=180,
        required=False,
        help_text=lazy("As if a bus came, or bicycles were lent out. Nobody's own answer is changed."),
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], mentors: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Offer these places and, once a place is chosen, the mentors of its host."""
        super().__init__(*args, **kwargs)
        offered = {
            "plek": [("", _("no place: only the travel time")), *places],
            "nederlands": [("", _("as it is")), *((code, plain(code)) for code in DUTCH_LEVELS)],
            "mentor": [("", _("as it is")), *mentors],
            "halve_dagen": [(code, plain(code)) for code in HALF_DAYS],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


class OrderForm(forms.Form):
    """Which criterion counts first; one that is left out does not count at all."""

    def __init__(self, *args: Any, criteria: tuple[str, ...], order: tuple[str, ...], **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Ask a rank for each criterion."""
        super().__init__(*args, **kwargs)
        ranks = [(str(number), str(number)) for number in range(1, len(criteria) + 1)]
        for criterion in criteria:
            words = reason(Reason(f"matching.criterion_{criterion}"))
            initial = str(order.index(criterion) + 1) if criterion in order else ""
            choices = ranks if criterion == "placed" else [*ranks, ("", _("does not count"))]
            required = criterion == "placed"
            self.fields[criterion] = forms.ChoiceField(label=words.capitalize(), choices=choices, initial=initial, required=required)

    def clean(self) -> dict[str, Any]:
        """Return the data; no rank may be given twice."""
        data: dict[str, Any] = super().clean() or {}
        given = [rank for rank in data.values() if rank]
        if len(given) != len(set(given)):
            raise forms.ValidationError(_("Give every number once."))
        return data

    def order(self) -> tuple[str, ...]:
        """Return the criteria that count, first the most important."""
        ranked = [(int(rank), name) for name, rank in self.cleaned_data.items() if rank]
        return tuple(name for _rank, name in sorted(ranked))
