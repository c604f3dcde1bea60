"""What if: the same problem with something supposed in it. Nothing else changes, and the problem that was given stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from opstap.engine.rostering.problem import Demand, Problem
from opstap.engine.shared import Period


@dataclass(frozen=True, slots=True)
class Leaves:
    """A worker's contract ends: `on` is the first day after it."""

    worker: str
    on: date


@dataclass(frozen=True, slots=True)
class Away:
    """A worker is away in a period."""

    worker: str
    period: Period


@dataclass(frozen=True, slots=True)
class Closed:
    """A site is closed in a period."""

    site: str
    period: Period


@dataclass(frozen=True, slots=True)
class Asked:
    """A site asks `more` people for a function on every day of a period on which it asks for it; `is_minimum`: they must be there."""

    site: str
    function: str
    period: Period
    more: int
    is_minimum: bool = False


@dataclass(frozen=True, slots=True)
class Joins:
    """Somebody new begins on a day, known as `worker`: with the hours, days, skills and wishes of another, who lives as near.

    What the body of the other cannot do is nobody else's.
    """

    worker: str
    like: str
    on: date


Supposition = Joins | Leaves | Away | Closed | Asked


def suppose(problem: Problem, suppositions: Iterable[Supposition]) -> Problem:
    """Return the problem in which all of them hold, the first one first. What names somebody or something unknown changes nothing."""
    for each in suppositions:
        match each:
            case Joins():
                problem = _join(problem, each)
            case Leaves():
                problem = _leave(problem, each)
            case Away():
                problem = _away(problem, each)
            case Closed():
                problem = _close(problem, each)
            case Asked():
                problem = replace(problem, demands=tuple(line for demand in problem.demands for line in _ask(demand, each)))
    return problem


def _join(problem: Problem, one: Joins) -> Problem:
    other = problem.worker_by.get(one.like)
    if other is None or one.worker in problem.worker_by:
        return problem
    own = Period(max(one.on, problem.start))
    new = replace(other, key=one.worker, contract=own, absent=(), limits=frozenset(), minor_until=None, stay=None)
    ways = {(one.worker, site): minutes for (worker, site), minutes in problem.minutes.items() if worker == one.like}
    return replace(problem, workers=(*problem.workers, new), minutes={**problem.minutes, **ways})


def _leave(problem: Problem, one: Leaves) -> Problem:
    workers = []
    for worker in problem.workers:
        if worker.key == one.worker and (worker.contract.until is None or one.on < worker.contract.until):
            worker = replace(worker, contract=Period(worker.contract.start, max(one.on, worker.contract.start)))  # noqa: PLW2901 - the same worker
        workers.append(worker)
    return replace(problem, workers=tuple(workers))


def _away(problem: Problem, one: Away) -> Problem:
    workers = (replace(each, absent=(*each.absent, one.period)) if each.key == one.worker else each for each in problem.workers)
    return replace(problem, workers=tuple(workers))


def _close(problem: Problem, one: Closed) -> Problem:
    sites = (replace(each, closed=(*each.closed, one.period)) if each.key == one.site else each for each in problem.sites)
    return replace(problem, sites=tuple(sites))


def _ask(demand: Demand, one: Asked) -> tuple[Demand, ...]:
    """Return a line of demand as up to three: before, during and after the period."""
    if (demand.site, demand.function) != (one.site, one.function) or (during := demand.period.common(one.period)) is None:
        return (demand,)
    minimum = demand.minimum + (one.more if one.is_minimum else 0)
    asked = replace(demand, period=during, minimum=minimum, wanted=demand.wanted + one.more, maximum=demand.maximum + one.more)
    before = (replace(demand, period=Period(demand.period.start, during.start)),) if demand.period.start < during.start else ()
    goes_on = during.until is not None and (demand.period.until is None or during.until < demand.period.until)
    after = (replace(demand, period=Period(during.until, demand.period.until)),) if goes_on and during.until else ()
    return (*before, asked, *after)
