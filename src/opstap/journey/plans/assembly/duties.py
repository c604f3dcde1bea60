"""What a plan must have and by when: dated parameters from `duties.yaml`, each with its source, worked out for one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from opstap.engine.eligibility.months import add_months
from opstap.engine.shared import Reason
from opstap.journey.plans.enums import PlanKind

DUTIES = Path(__file__).resolve().parents[1] / "duties.yaml"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number: `values` are (first day, value), the earliest first. `is_confirmed` is false for one that is still to be confirmed."""

    id: str
    title: str
    unit: str
    source: str
    is_confirmed: bool
    values: tuple[tuple[date, int], ...]

    def on(self, day: date) -> int:
        """Return the value that holds on a day; before the first day the first value."""
        held = [value for first, value in self.values if first <= day]
        return held[-1] if held else self.values[0][1]


@dataclass(frozen=True, slots=True)
class Duties:
    """The parameters by their id."""

    parameters: Mapping[str, Parameter]

    def on(self, name: str, day: date) -> int:
        """Return the value of a parameter on a day."""
        return self.parameters[name].on(day)


@dataclass(frozen=True, slots=True)
class Duty:
    """A version of the plan that must be there: not before `from_on`, at the latest on `due_on`; `is_met` when one was shared then."""

    code: str
    from_on: date | None
    due_on: date
    is_met: bool
    is_confirmed: bool

    def is_late(self, on: date) -> bool:
        """Tell whether the day has passed and it is not there."""
        return not self.is_met and on > self.due_on


def read_duties(path: Path) -> Duties:
    """Return the parameters of a file; raises KeyError naming what a parameter lacks."""
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Duties({entry["id"]: _parameter(entry) for entry in document["parameters"]})


def _parameter(entry: dict[str, Any]) -> Parameter:
    values = tuple(sorted((value["from"], int(value["value"])) for value in entry["values"]))
    return Parameter(entry["id"], entry["title"], entry["unit"], entry["source"], entry["confidence"] != "M", values)


@cache
def load_duties() -> Duties:
    """Return the parameters that come with the product, read once."""
    return read_duties(DUTIES)


def duties_on(kind: PlanKind, starts_on: date, evaluations: Sequence[date], shared: Sequence[date]) -> list[Duty]:
    """Return every version that must be there for work that starts on a day, the soonest first.

    `evaluations` are the days of evaluations, planned or past; `shared` the days on which versions were shared with the person.
    """
    book = load_duties()
    if kind is PlanKind.SUPPORT:
        parameter = book.parameters["support_days_after_start"]
        due = starts_on + timedelta(days=parameter.on(starts_on))
        return [Duty("plans.due_after_start", None, due, any(day <= due for day in shared), parameter.is_confirmed)]
    due = add_months(starts_on, book.on("pop_months_after_hire", starts_on))
    first = Duty("plans.due_after_hire", None, due, any(day <= due for day in shared), is_confirmed=True)
    return [first, *(_before(day, book, shared) for day in sorted(evaluations))]


def _before(evaluation: date, book: Duties, shared: Sequence[date]) -> Duty:
    """Return the version that an evaluation asks: made at most so many days before it."""
    opens = evaluation - timedelta(days=book.on("pop_days_before_evaluation", evaluation))
    is_met = any(opens <= day <= evaluation for day in shared)
    return Duty("plans.due_before_evaluation", opens, evaluation, is_met, is_confirmed=True)


def due_of(duties: Sequence[Duty]) -> Duty | None:
    """Return what is to be done first: the earliest version that is not there."""
    return next((duty for duty in duties if not duty.is_met), None)


def missing_of(kind: PlanKind, *, has_aim: bool, goals: int, dated_actions: int, on: date) -> list[Reason]:
    """Return what a plan lacks before it can be shared, in words: `dated_actions` have an owner and a day."""
    missing = [] if has_aim else [Reason("plans.no_aim")]
    if not goals:
        missing.append(Reason("plans.no_goal"))
    least = load_duties().on("pop_actions_least", on) if kind is PlanKind.POP else 1
    if goals and dated_actions < least:
        missing.append(Reason("plans.too_few_actions", {"there": dated_actions, "least": least, "missing": least - dated_actions}))
    return missing
