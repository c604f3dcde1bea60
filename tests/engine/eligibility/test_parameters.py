"""Parameters with a value per period, and proposals to change them."""

from datetime import date

import pytest

from opstap.engine.eligibility import Confidence, DatedValue, Parameter, ParameterChange, ParameterValue, Unit, load_rulesets
from opstap.engine.shared import Refused

BOOK = load_rulesets()
FIRST, SECOND = date(2020, 1, 1), date(2026, 3, 1)


def parameter(*values: tuple[date, ParameterValue], unit: Unit = Unit.MONTHS) -> Parameter:
    """Return a parameter with these dated values."""
    dated = tuple(DatedValue(day, value, "A law", Confidence.CONFIRMED) for day, value in values)
    return Parameter("months", "Months", unit, dated)


@pytest.mark.parametrize(
    ("on", "value"),
    [(date(2019, 12, 31), None), (FIRST, 24), (date(2026, 2, 28), 24), (SECOND, None), (date(2030, 1, 1), None)],
)
def test_parameter_value_in_force(on: date, value: ParameterValue) -> None:
    """A value holds from its first day until the next one begins; before the first there is none."""
    assert parameter((FIRST, 24), (SECOND, None)).value(on) == value


def test_parameter_used_before_the_first_value() -> None:
    """Before its first value a parameter is recorded as having none."""
    used = parameter((FIRST, 24)).used(date(2019, 1, 1))
    assert (used.value, used.valid_from, used.source) == (None, None, "")


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        (Unit.MONTHS, True),
        (Unit.MONTHS, -1),
        (Unit.MONTHS, 1201),
        (Unit.MONTHS, ("a",)),
        (Unit.YES_NO, 1),
        (Unit.LIST, 3),
        (Unit.LIST, ("a", "")),
    ],
)
def test_parameter_value_of_the_wrong_kind_is_refused(unit: Unit, value: ParameterValue) -> None:
    """A value that does not fit is refused with what is needed."""
    with pytest.raises(Refused) as refused:
        parameter((FIRST, value), unit=unit)
    assert refused.value.reason.code == "eligibility.parameter_wrong_kind"
    assert refused.value.reason.facts == {"parameter": "months", "unit": unit.value}


@pytest.mark.parametrize(
    ("unit", "value"), [(Unit.MONTHS, 0), (Unit.MONTHS, 1200), (Unit.YES_NO, False), (Unit.LIST, ()), (Unit.LIST, None)]
)
def test_parameter_value_of_the_right_kind(unit: Unit, value: ParameterValue) -> None:
    """The outermost values that fit are taken."""
    assert parameter((FIRST, value), unit=unit).value(FIRST) == value


@pytest.mark.parametrize("days", [(SECOND, FIRST), (FIRST, FIRST)])
def test_parameter_days_have_an_order(days: tuple[date, date]) -> None:
    """Two values cannot begin on one day, nor stand in the wrong order."""
    with pytest.raises(Refused) as refused:
        parameter(*((day, 1) for day in days))
    assert refused.value.reason.code == "eligibility.parameter_days_unordered"


def test_change_adds_a_value_from_its_day_on() -> None:
    """A change leaves the past as it was and the given book untouched."""
    changed = BOOK.with_changes([ParameterChange("registered_months_minimum", date(2027, 1, 1), 12, "Council, 5 October 2026")])
    minimum = changed.all_parameters["registered_months_minimum"]
    assert [(value.valid_from, value.value) for value in minimum.values] == [(date(2020, 1, 1), 24), (date(2027, 1, 1), 12)]
    assert minimum.used(date(2027, 1, 1)).confidence is Confidence.TO_BE_CONFIRMED
    assert BOOK.all_parameters["registered_months_minimum"].value(date(2027, 1, 1)) == 24


def test_change_replaces_a_value_of_the_same_day() -> None:
    """A value with the same first day is replaced, and lists are taken as they come."""
    value = ["Oostende"]
    changed = BOOK.with_changes([ParameterChange("region", date(2020, 1, 1), value, "Council")])  # type: ignore[arg-type]  # what a form may send
    assert [dated.value for dated in changed.all_parameters["region"].values] == [("Oostende",)]


def test_change_of_a_parameter_that_does_not_exist() -> None:
    """A proposal for an unknown parameter is refused by name."""
    with pytest.raises(Refused) as refused:
        BOOK.with_changes([ParameterChange("wings", FIRST, 2, "Nobody")])
    assert refused.value.reason.facts == {"parameter": "wings"}
