"""From rows to a roster to be made or judged: the association's facts, what is pinned, what is published, who was where before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from opstap.engine.rostering.assignment import Assignment, Pin
from opstap.engine.rostering.objective import CRITERIA, Objective
from opstap.engine.rostering.people import Worker
from opstap.engine.rostering.problem import DAYS_IN_WEEK, Problem
from opstap.journey.associations.assembly import named_problem
from opstap.journey.rosters.assembly.naming import Names
from opstap.journey.rosters.assembly.supposing import newcomer_name, newcomers_in, supposed_in, with_supposed
from opstap.journey.rosters.models import Roster, RosterPin, RosterShift
from opstap.journey.rosters.queries import end_of, published_rosters, published_shifts

__all__ = ["CRITERIA", "Input", "as_assignment", "read_input"]

_LOOK_BACK = timedelta(weeks=8)


@dataclass(frozen=True)
class Input:
    """A problem, with the names of what it knows by key; keys are ids as text."""

    problem: Problem
    names: Names


def as_assignment(row: RosterShift | RosterPin) -> Assignment:
    """Return a row as the engine's shift."""
    site, function = (str(key) if key else "" for key in (row.site_id, row.function_id))
    return Assignment(str(row.contract_id), row.on, site, function, row.starts)


def read_input(roster: Roster, frozen_until: date | None = None, *, as_supposed: bool = True) -> Input:
    """Return the problem of a roster as the facts stand now; raises `Refused` when the association has no workers or no demand.

    What is supposed in the roster holds too, unless not `as_supposed`.

    `frozen_until`: the first day beyond the notice; before it a search leaves what was published. Without it nothing is frozen:
    a planner's hand may do what was agreed with the person.
    """
    association, start, until = roster.association, roster.start, end_of(roster)
    bare, labels = named_problem(association, start, roster.weeks)
    told = published_shifts(association, start - _LOOK_BACK, until)
    before = [as_assignment(row) for row in told if row.on < start]
    pins = (_pin(pin) for pin in roster.pins.all())
    problem = replace(
        bare,
        workers=tuple(_with_stay(worker, before, start) for worker in bare.workers),
        pins=tuple(sorted(pin for pin in pins if pin.worker in bare.worker_by)),
        published=tuple(sorted(as_assignment(row) for row in told if row.on >= start)),
        frozen_until=_frozen(roster, frozen_until) if frozen_until else None,
        objective=Objective(tuple(roster.order)),
        seed=roster.seed,
    )
    labels |= {key: newcomer_name(labels.get(one.subject, one.subject)) for key, one in newcomers_in(roster).items()}
    return Input(with_supposed(problem, supposed_in(roster)) if as_supposed else problem, Names(labels))


def _pin(row: RosterPin) -> Pin:
    shift = as_assignment(row)
    return Pin(shift.worker, shift.day, shift.site, shift.function, shift.starts)


def _frozen(roster: Roster, frozen_until: date) -> date | None:
    """Return until when the notice holds within the roster: only for days without a gap for which something is published."""
    day, until = roster.start, min(frozen_until, end_of(roster))
    covered = [(each.start, end_of(each)) for each in published_rosters(roster.association, roster.start, until)]
    while day < until and any(first <= day < last for first, last in covered):
        day += timedelta(days=1)
    return day if day > roster.start else None


def _with_stay(worker: Worker, before: Iterable[Assignment], start: date) -> Worker:
    """Return the worker with the site and the number of weeks in a row just spent there, as it was published."""
    sites: defaultdict[int, set[str]] = defaultdict(set)
    for shift in before:
        if shift.worker == worker.key:
            sites[(start - shift.day - timedelta(days=1)).days // DAYS_IN_WEEK].add(shift.site)
    here = sites[0]
    weeks = next(week for week in count() if len(sites[week]) != 1 or sites[week] != here)
    return replace(worker, stay=(min(here), weeks)) if weeks else worker
