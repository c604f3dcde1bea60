"""What a planner supposes, as it is stored beside a roster, as the engine knows it, and as a reason in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.suppose import Asked, Away, Closed, Joins, Leaves, Supposition, suppose
from opstap.engine.shared import Period, Reason
from opstap.engine.shared.reason import FactValue
from opstap.journey.rosters.enums import SupposedKind
from opstap.journey.rosters.models import Roster


@dataclass(frozen=True, slots=True)
class Supposed:
    """One thing that is supposed for `[from_on, until_on)` of `subject`: the id of a contract (of somebody new: like whose), or of a site.

    `until_on` None: for good. For more demand: of which `function`, how many `more`, and whether they must be there (`is_minimum`).
    """

    kind: SupposedKind
    subject: str
    from_on: date
    until_on: date | None = None
    function: str = ""
    more: int = 0
    is_minimum: bool = False

    @property
    def period(self) -> Period:
        """The days for which it holds."""
        return Period(self.from_on, self.until_on)

    @property
    def last_on(self) -> date | None:
        """The last day, as people say it."""
        return None if self.until_on is None else date.fromordinal(self.until_on.toordinal() - 1)

    @property
    def said(self) -> Reason:
        """What is supposed, with ids for names."""
        facts: dict[str, FactValue] = {"subject": self.subject, "from": self.from_on.isoformat()}
        if self.kind is SupposedKind.MORE:
            facts |= {"function": self.function, "more": self.more}
        if self.last_on is not None:
            facts["last"] = self.last_on.isoformat()
        how = "_minimum" if self.is_minimum else ""
        if self.last_on is None and self.kind not in {SupposedKind.LEAVES, SupposedKind.JOINS}:
            how += "_for_good"
        return Reason(f"rosters.supposed.{self.kind.value}{how}", facts)

    def as_json(self) -> dict[str, Any]:
        """Return what is stored."""
        return {
            "kind": self.kind.value, "subject": self.subject, "from_on": self.from_on.isoformat(),
            "until_on": self.until_on.isoformat() if self.until_on else None, "function": self.function, "more": self.more,
            "is_minimum": self.is_minimum,
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Supposed:
        """Return what was stored."""
        days = {name: date.fromisoformat(kept[name]) if kept[name] else None for name in ("from_on", "until_on")}
        return cls(**kept | days | {"kind": SupposedKind(kept["kind"])})


def supposed_in(roster: Roster) -> tuple[Supposed, ...]:
    """Return what is supposed in a roster; nothing in one that can be told."""
    return tuple(Supposed.from_json(kept) for kept in roster.suppositions)


def with_supposed(problem: Problem, supposed: Iterable[Supposed]) -> Problem:
    """Return the problem in which all this holds."""
    return suppose(problem, (_as_known(number, one) for number, one in enumerate(supposed)))


def newcomers_in(roster: Roster) -> dict[str, Supposed]:
    """Return who is only supposed in a roster, by the key that the engine knows: like whom, and from when."""
    joining = ((number, one) for number, one in enumerate(supposed_in(roster)) if one.kind is SupposedKind.JOINS)
    return {_newcomer(number, one): one for number, one in joining}


def supposed_shifts(roster: Roster) -> set[Assignment]:
    """Return the shifts of who is only supposed in a roster."""
    return {
        Assignment(row["worker"], date.fromisoformat(row["on"]), row["site"], row["function"], row["starts"]) for row in roster.newcomers
    }


def newcomer_name(like: str) -> str:
    """Return what somebody is called who is only supposed, as planners write it in every language: nomen nescio, like whom."""
    return f"N.N. ≈ {like}"


def _newcomer(number: int, one: Supposed) -> str:
    """Return a key that nobody has: the same for the same place in the list, whatever is supposed after it."""
    return str(uuid5(UUID(one.subject), f"newcomer {number}"))


def _as_known(number: int, one: Supposed) -> Supposition:
    match one.kind:
        case SupposedKind.JOINS:
            return Joins(_newcomer(number, one), one.subject, one.from_on)
        case SupposedKind.LEAVES:
            return Leaves(one.subject, one.from_on)
        case SupposedKind.AWAY:
            return Away(one.subject, one.period)
        case SupposedKind.CLOSED:
            return Closed(one.subject, one.period)
        case SupposedKind.MORE:
            return Asked(one.subject, one.function, one.period, one.more, one.is_minimum)
