"""The form that records one fact: its field fits the fact, with who said it, what proves it and until when it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from opstap.engine.shared.vocabulary import DUTCH_LEVELS, HALF_DAYS, LIMITS, TRAVEL_MODES, half_day_mask
from opstap.journey.people.enums import INCOMES
from opstap.ui.components.status import plain
from opstap.ui.day_field import DayInput
from opstap.ui.words_counsellor import FACT_NAMES

NONE_KNOWN = "-"
"""How the form writes "it is known that there is none", which is something else than not knowing."""

_CODES: dict[str, Sequence[str]] = {
    "income": INCOMES,
    "education": ("low", "middle", "high"),
    "dutch_level": DUTCH_LEVELS,
    "travel_mode": TRAVEL_MODES,
}
_CODES_OR_NONE: dict[str, Sequence[str]] = {
    "work_limitation_right": ("vop", "imw_2", "imw_5"),
    "maatwerk_advice": ("pmah", "pmp", "very_vulnerable"),
    "benefit_exemption": ("age55_career30", "igu_halftime", "shortage_training"),
}
_DAYS = frozenset({"birth_date", "registered_since", "benefit_since", "work_limitation_until"})
_LISTS = frozenset({"licences", "wishes", "learning_goals"})
_LONGEST_ITEM = 120
_SOURCES = ("person", "document", "counsellor")


class FactForm(forms.Form):
    """One fact with its source. `version` is that of the record which the form showed: a change meanwhile is told, not lost."""

    source = forms.ChoiceField(label=lazy("Who says so?"), initial="person")
    proof = forms.CharField(label=lazy("Proof"), max_length=200, required=False, help_text=lazy("For example: letter of VDAB of 3 May."))
    holds_until = forms.DateField(label=lazy("Holds until"), widget=DayInput(), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, fact: str, *args: Any, value: Any = None, **kwargs: Any) -> None:  # noqa: ANN401 - as Form, and any fact
        """Put the fact's own field first, with the present value in it."""
        super().__init__(*args, **kwargs)
        self._fact = fact
        field, initial = value_field(fact, value)
        field.label, field.initial = _(FACT_NAMES[fact]), initial
        self.fields["value"] = field
        source = self.fields["source"]
        if isinstance(source, forms.ChoiceField):
            source.choices = [(code, plain(code)) for code in _SOURCES]
        self.order_fields(["value", "source", "proof", "holds_until", "version"])

    def clean_value(self) -> Any:  # noqa: ANN401 - any fact
        """Return the value as a record holds it; None when it is not known."""
        given = self.cleaned_data["value"]
        if self._fact == "half_days":
            return half_day_mask(given) if given else None
        if self._fact == "limits":
            return None if not given else [code for code in given if code != NONE_KNOWN]
        if self._fact in _LISTS:
            return _items(given, self._fact)
        return given.strip() if self._fact == "municipality" else _single(given)

    def clean(self) -> dict[str, Any]:
        """Refuse "nothing" together with something."""
        cleaned = super().clean() or {}
        chosen = self.data.getlist("value") if hasattr(self.data, "getlist") else []
        if self._fact == "limits" and NONE_KNOWN in chosen and len(chosen) > 1:
            self.add_error("value", _("Choose “nothing” alone, or choose what the person cannot do."))
        return cleaned


def value_field(fact: str, value: Any) -> tuple[forms.Field, Any]:  # noqa: ANN401 - any fact
    """Return the field in which a fact is filled in, and how it shows the present value."""
    for fits, make in _KINDS:
        if fits(fact):
            return make(fact, value)
    return forms.CharField(required=False, max_length=_LONGEST_ITEM), value or ""


def _code(fact: str, value: Any) -> tuple[forms.Field, Any]:  # noqa: ANN401 - any fact
    choices = [("", _("not known")), *((code, plain(code)) for code in _CODES[fact])]
    return forms.ChoiceField(choices=choices, required=False), value or ""


def _code_or_none(fact: str, value: Any) -> tuple[forms.Field, Any]:  # noqa: ANN401 - any fact
    choices = [("", _("not known")), (NONE_KNOWN, _("there is none")), *((code, plain(code)) for code in _CODES_OR_NONE[fact])]
    return forms.ChoiceField(choices=choices, required=False), NONE_KNOWN if value == "" else value or ""


def _day(fact: str, value: Any) -> tuple[forms.Field, Any]:  # noqa: ANN401, ARG001 - any fact; all kinds are called alike
    return forms.DateField(widget=DayInput(), required=False), value


def _half_days(fact: str, value: Any) -> tuple[forms.Field, Any]:  # noqa: ANN401, ARG001 - any fact; all kinds are called alike
    choices = [(code, plain(code)) for code in HALF_DAYS]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, required=False), list(value or ())


def _limits(fact: str, value: Any) -> tuple[forms.Field, Any]:  # noqa: ANN401, ARG001 - any fact; all kinds are called alike
    choices = [(NONE_KNOWN, _("nothing: the person can do all of this")), *((code, plain(code)) for code in LIMITS)]
    field = forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, required=False)
    return field, [NONE_KNOWN] if value == [] else list(value or ())


def _list(fact: str, value: Any) -> tuple[forms.Field, Any]:  # noqa: ANN401 - any fact
    help_text = _("One per line. Write “none” when there is none.") if fact == "licences" else _("One per line.")
    field = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000, help_text=help_text)
    return field, _("none") if fact == "licences" and value == [] else "\n".join(value or ())


def _minutes(fact: str, value: Any) -> tuple[forms.Field, Any]:  # noqa: ANN401, ARG001 - any fact; all kinds are called alike
    return forms.IntegerField(min_value=5, max_value=240, required=False), value


def _text(fact: str, value: Any) -> tuple[forms.Field, Any]:  # noqa: ANN401, ARG001 - any fact; all kinds are called alike
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=4000), value or ""


_Kind = Callable[[str, Any], tuple[forms.Field, Any]]
_KINDS: tuple[tuple[Callable[[str], bool], _Kind], ...] = (
    (_CODES.__contains__, _code),
    (_CODES_OR_NONE.__contains__, _code_or_none),
    (_DAYS.__contains__, _day),
    (_LISTS.__contains__, _list),
    ("half_days".__eq__, _half_days),
    ("limits".__eq__, _limits),
    ("travel_minutes".__eq__, _minutes),
    ("remarks".__eq__, _text),
)


def _items(given: str, fact: str) -> list[str] | None:
    items = list(dict.fromkeys(line.strip()[:_LONGEST_ITEM] for line in given.splitlines() if line.strip()))
    if fact != "licences":
        return items
    if not items:
        return None
    return [] if [item.lower() for item in items] == [_("none")] else [_licence(item) for item in items]


def _licence(item: str) -> str:
    """Return a licence as places write it: classes in capitals, the forklift by its code."""
    known = {plain("forklift").lower(): "forklift", "heftruck": "forklift"}
    return known.get(item.lower(), item.upper() if len(item) <= 2 else item.lower())  # noqa: PLR2004 - classes are B, C1, CE


def _single(given: Any) -> Any:  # noqa: ANN401 - any fact
    if given in ("", None):
        return None
    return "" if given == NONE_KNOWN else given
