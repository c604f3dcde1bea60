"""A roster to be made, as a value: who, where, when, under which rules and in which order of importance. Errors at construction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from opstap.engine.rostering.assignment import Assignment, Pin
from opstap.engine.rostering.objective import CRITERIA, Objective
from opstap.engine.rostering.people import Coach, Worker
from opstap.engine.rostering.rules import Rules
from opstap.engine.rostering.work import Cell, Demand, Function, Member, Site

__all__ = [
    "CRITERIA", "Assignment", "Cell", "Coach", "Demand", "Function", "Member", "Objective", "Pin", "Problem", "Rules", "Site", "Worker",
]  # fmt: skip

DAYS_IN_WEEK = 7


@dataclass(frozen=True)
class Problem:
    """A roster for `weeks` weeks from the Monday `start`.

    `minutes`: the way one way by (worker, site); a pair that is not there is not known and not judged. `published`: what the
    workers were told; before `frozen_until` it stays. `public_holidays`: nobody works. `seed` decides ties and the search.
    `memo` holds what was derived from all this once.
    """

    workers: tuple[Worker, ...]
    members: tuple[Member, ...]
    sites: tuple[Site, ...]
    functions: tuple[Function, ...]
    demands: tuple[Demand, ...]
    coaches: tuple[Coach, ...]
    start: date
    weeks: int
    minutes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    public_holidays: frozenset[date] = frozenset()
    pins: tuple[Pin, ...] = ()
    published: tuple[Assignment, ...] = ()
    frozen_until: date | None = None
    rules: Rules = field(default_factory=Rules)
    objective: Objective = field(default_factory=Objective)
    seed: int = 0
    memo: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raise ValueError when keys repeat or point nowhere, or the weeks do not begin on a Monday."""
        if self.start.weekday() or self.weeks < 1:
            raise ValueError("a roster begins on a Monday and has at least one week")
        for kind, things in (("worker", self.workers), ("member", self.members), ("site", self.sites), ("function", self.functions)):
            keys = [thing.key for thing in things]
            if len(set(keys)) != len(keys):
                msg = f"the same {kind} stands twice"
                raise ValueError(msg)
        _check_known("member", (site.member for site in self.sites), {member.key for member in self.members})
        _check_known("site", [*(demand.site for demand in self.demands), *(coach.site for coach in self.coaches)], set(self.site_by))
        _check_known("function", (demand.function for demand in self.demands), set(self.function_by))
        _check_known("worker", [pin.worker for pin in self.pins], set(self.worker_by))
        if len({cell.key for cell in self.cells}) != len(self.cells):
            raise ValueError("a site asks the same function twice at the same hour")

    @cached_property
    def worker_by(self) -> dict[str, Worker]:
        """Worker of each key."""
        return {worker.key: worker for worker in self.workers}

    @cached_property
    def site_by(self) -> dict[str, Site]:
        """Site of each key."""
        return {site.key: site for site in self.sites}

    @cached_property
    def function_by(self) -> dict[str, Function]:
        """Function of each key."""
        return {function.key: function for function in self.functions}

    @cached_property
    def member_by(self) -> dict[str, Member]:
        """Member of each key."""
        return {member.key: member for member in self.members}

    @cached_property
    def coaches_of(self) -> dict[str, tuple[Coach, ...]]:
        """Coaches of each site."""
        return {site.key: tuple(coach for coach in self.coaches if coach.site == site.key) for site in self.sites}

    @property
    def until(self) -> date:
        """The first day after the roster."""
        return self.start + timedelta(days=DAYS_IN_WEEK * self.weeks)

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """Every day of the roster."""
        return tuple(self.start + timedelta(days=offset) for offset in range(DAYS_IN_WEEK * self.weeks))

    def week_of(self, day: date) -> int:
        """Return the week of a day, from 0."""
        return (day - self.start).days // DAYS_IN_WEEK

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every demand on every date, by date, then in the order of the list."""
        found: list[Cell] = []
        for day in self.dates:
            for demand in self.demands:
                if demand.weekday == day.weekday() and day in demand.period:
                    found.append(Cell(len(found), day, demand))
        return tuple(found)

    @cached_property
    def cell_by(self) -> dict[tuple[str, str, date, int], Cell]:
        """Cell of each key."""
        return {cell.key: cell for cell in self.cells}

    @cached_property
    def published_on(self) -> dict[tuple[str, date], Assignment]:
        """The published shift of a worker on a day."""
        return {(shift.worker, shift.day): shift for shift in self.published}

    @cached_property
    def untold(self) -> frozenset[str]:
        """Workers who begin in these weeks and were told nothing of them yet: no shift of theirs is a move, no notice holds for them."""
        told = {shift.worker for shift in self.published}
        return frozenset(worker.key for worker in self.workers if worker.contract.start >= self.start and worker.key not in told)

    @cached_property
    def pin_on(self) -> dict[tuple[str, date], Pin]:
        """The planner's decision for a worker on a day."""
        return {(pin.worker, pin.day): pin for pin in self.pins}

    def digest(self) -> str:
        """Return the hash of the whole input, hexadecimal; the order in which things are listed does not matter."""
        whole = {each.name: getattr(self, each.name) for each in fields(self) if each.init}
        for name in ("workers", "members", "sites", "functions", "coaches"):
            whole[name] = sorted(whole[name], key=lambda thing: str(thing.key))
        for name in ("pins", "published"):
            whole[name] = sorted(whole[name])
        whole["minutes"] = sorted((*pair, minutes) for pair, minutes in self.minutes.items())
        whole["demands"] = sorted(map(str, self.demands))
        text = json.dumps(whole, default=_plain, sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _check_known(kind: str, keys: Iterable[str], known: set[str]) -> None:
    if strange := set(keys) - known:
        msg = f"unknown {kind}: {', '.join(sorted(strange))}"
        raise ValueError(msg)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a problem is made of
    if isinstance(value, frozenset | set):
        return sorted(value, key=str)
    if isinstance(value, date):
        return value.isoformat()
    return [getattr(value, each.name) for each in fields(value)]
