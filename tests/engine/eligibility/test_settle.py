"""A rule on one day: numbers and lists filled in, and nothing left in the tree that no longer matters."""

from datetime import date
from typing import Any

import pytest

from opstap.engine.eligibility import canonical_bytes, load_rulesets
from opstap.engine.eligibility.rules import parse_rule
from opstap.engine.eligibility.settle import NO, YES, All, IfKnown, Not, OneOf, OnOrBefore, Settled, settle
from opstap.engine.eligibility.settle import Any as AnyPart

PARAMETERS = load_rulesets().all_parameters
LIVES = {"fact": "municipality", "in": "region"}
TERM = {"fact": "registered_since", "months_at_least": "registered_months_minimum"}
LIMIT = {"fact": "benefit_since", "months_below": "unemployment_benefit_months_maximum"}
SICK = {"fact": "is_sick", "is": [True]}
CLOSED, OPEN = {"switch": "lavoro_vop_open"}, {"switch": "imw_open"}
ON = date(2026, 3, 31)

_SETTLED: list[tuple[dict[str, Any], Settled]] = [
    (TERM, OnOrBefore("registered_since", date(2024, 3, 31))),
    (LIMIT, Not(OnOrBefore("benefit_since", date(2024, 3, 31)))),
    ({"fact": "work_limitation_until", "runs": True}, Not(OnOrBefore("work_limitation_until", ON))),
    ({"fact": "income", "not_in": "community_service_incomes_forbidden"}, Not(OneOf("income", ("living_wage",)))),
    (OPEN, YES),
    (CLOSED, NO),
    ({"not": OPEN}, NO),
    ({"not": CLOSED}, YES),
    ({"all": []}, YES),
    ({"any": []}, NO),
    ({"all": [OPEN, SICK]}, OneOf("is_sick", (True,))),
    ({"all": [CLOSED, SICK]}, NO),
    ({"any": [CLOSED, SICK]}, OneOf("is_sick", (True,))),
    ({"any": [OPEN, SICK]}, YES),
    ({"all": [SICK, SICK, TERM]}, All((OneOf("is_sick", (True,)), OnOrBefore("registered_since", date(2024, 3, 31))))),
    ({"any": [SICK, TERM]}, AnyPart((OneOf("is_sick", (True,)), OnOrBefore("registered_since", date(2024, 3, 31))))),
    ({"when_known": "is_sick", "then": SICK}, IfKnown("is_sick", OneOf("is_sick", (True,)))),
    ({"when_known": "is_sick", "then": OPEN}, YES),
]


@pytest.mark.parametrize(("rule", "settled"), _SETTLED)
def test_settle_fills_in_the_day(rule: dict[str, Any], settled: Settled) -> None:
    """Every form of rule has its form on a day, and parts that cannot matter are gone."""
    assert settle(parse_rule(rule), PARAMETERS, ON) == settled


@pytest.mark.parametrize(
    ("rule", "settled"), [(LIVES, NO), (TERM, YES), (LIMIT, YES), (OPEN, NO), ({"fact": "income", "not_in": "region"}, YES)]
)
def test_settle_before_the_first_value(rule: dict[str, Any], settled: Settled) -> None:
    """On a day without a value a number asks nothing, a list is empty and a switch is off."""
    assert settle(parse_rule(rule), PARAMETERS, date(2019, 12, 31)) == settled


def test_canonical_bytes_are_one_text() -> None:
    """The same data give the same bytes: keys in order, no spaces, letters as they are, and no numbers that JSON does not know."""
    assert canonical_bytes({"b": [1, None], "a": "Île"}) == '{"a":"Île","b":[1,null]}'.encode()
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_bytes(float("nan"))
