"""By when a plan must be there, worked out from dated parameters."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.journey.plans.assembly import due_of, duties_on, load_duties, missing_of
from opstap.journey.plans.enums import PlanKind

START = date(2023, 9, 18)


def test_pop_is_due_within_a_month_and_before_each_evaluation() -> None:
    """One month after hire; for each evaluation from ten days before it."""
    duties = duties_on(PlanKind.POP, START, [date(2024, 3, 1), date(2023, 12, 1)], [])
    assert [(duty.code, duty.from_on, duty.due_on) for duty in duties] == [
        ("plans.due_after_hire", None, date(2023, 10, 18)),
        ("plans.due_before_evaluation", date(2023, 11, 21), date(2023, 12, 1)),
        ("plans.due_before_evaluation", date(2024, 2, 20), date(2024, 3, 1)),
    ]


@pytest.mark.parametrize(
    ("shared", "met"),
    [
        ([], [False, False]),
        ([date(2023, 10, 18)], [True, False]),
        ([date(2023, 10, 19)], [False, False]),
        ([date(2023, 10, 1), date(2023, 11, 20)], [True, False]),
        ([date(2023, 10, 1), date(2023, 11, 21)], [True, True]),
        ([date(2023, 10, 1), date(2023, 12, 1)], [True, True]),
        ([date(2023, 10, 1), date(2023, 12, 2)], [True, False]),
    ],
)
def test_pop_is_met_by_a_version_in_time(shared: list[date], met: list[bool]) -> None:
    """A version that is eleven days old at the evaluation is too old; one of ten days is not."""
    assert [duty.is_met for duty in duties_on(PlanKind.POP, START, [date(2023, 12, 1)], shared)] == met


def test_support_plan_is_there_at_the_start() -> None:
    """A support plan asks nothing before evaluations."""
    duties = duties_on(PlanKind.SUPPORT, START, [date(2023, 12, 1)], [START])
    assert [(duty.code, duty.due_on, duty.is_met) for duty in duties] == [("plans.due_after_start", START, True)]


def test_what_is_due_first_is_the_earliest_that_is_missing() -> None:
    """What is done is not asked again; late is after the day itself."""
    duties = duties_on(PlanKind.POP, START, [date(2023, 12, 1)], [date(2023, 10, 1)])
    due = due_of(duties)
    assert due is not None
    assert (due.due_on, due.is_late(date(2023, 12, 1)), due.is_late(date(2023, 12, 2))) == (date(2023, 12, 1), False, True)


def test_parameters_have_a_source() -> None:
    """Every number can be looked up."""
    assert [each.id for each in load_duties().parameters.values() if not each.source or not each.title] == []


@pytest.mark.parametrize(
    ("kind", "aim", "goals", "actions", "codes"),
    [
        (PlanKind.SUPPORT, False, 0, 0, ["plans.no_aim", "plans.no_goal"]),
        (PlanKind.SUPPORT, True, 1, 0, ["plans.too_few_actions"]),
        (PlanKind.SUPPORT, True, 1, 1, []),
        (PlanKind.POP, True, 1, 1, ["plans.too_few_actions"]),
        (PlanKind.POP, True, 1, 2, []),
    ],
)
def test_missing_parts(kind: PlanKind, aim: bool, goals: int, actions: int, codes: list[str]) -> None:  # noqa: FBT001 - the cases of a table
    """A POP has two improvement actions, a support plan one."""
    found = missing_of(kind, has_aim=aim, goals=goals, dated_actions=actions, on=START)
    assert [reason.code for reason in found] == codes
