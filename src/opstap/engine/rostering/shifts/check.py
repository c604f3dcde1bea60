"""The judge of days and shifts: reads the question and a roster, knows no solver, and says what is broken and what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from opstap.engine.rostering.shifts.problem import Contract, Roster, ShiftProblem

_DAYS_IN_WEEK, _SATURDAY = 7, 5
Shifts = Sequence[str | None]


def broken(problem: ShiftProblem, roster: Roster) -> list[tuple[str, str]]:
    """Return (worker, rule) for every rule that a roster breaks; a worker who is not in it has broken `is_there`."""
    found = []
    for contract in problem.workers:
        shifts = roster.get(contract.key, ())
        if len(shifts) != problem.days:
            found.append((contract.key, "is_there"))
        else:
            found += [(contract.key, rule) for rule in _broken_alone(problem, contract, shifts)]
    return found


def _broken_alone(problem: ShiftProblem, contract: Contract, shifts: Shifts) -> Iterator[str]:
    kinds = {kind.key: kind for kind in problem.kinds}
    worked = [kind for kind in shifts if kind is not None]
    if not contract.least_minutes <= sum(kinds[kind].minutes for kind in worked) <= contract.most_minutes:
        yield "minutes"
    if any(times > contract.most_of.get(kind, 0) for kind, times in Counter(worked).items()):
        yield "most_of"
    if any(one is not None and two in kinds[one].not_followed_by for one, two in pairwise(shifts)):
        yield "not_followed_by"
    if any(shifts[day] is not None for day in contract.days_off):
        yield "days_off"
    weekends = {day // _DAYS_IN_WEEK for day, kind in enumerate(shifts) if kind is not None and day % _DAYS_IN_WEEK >= _SATURDAY}
    if len(weekends) > contract.most_weekends:
        yield "most_weekends"
    yield from _broken_runs(contract, shifts)


def _broken_runs(contract: Contract, shifts: Shifts) -> Iterator[str]:
    runs = [(is_work, len(list(days))) for is_work, days in groupby(shifts, key=lambda kind: kind is not None)]
    inner = runs[1:-1]
    if any(is_work and length > contract.longest_run for is_work, length in runs):
        yield "longest_run"
    if any(is_work and length < contract.shortest_run for is_work, length in inner):
        yield "shortest_run"
    if any(not is_work and length < contract.shortest_rest for is_work, length in inner):
        yield "shortest_rest"


def cost(problem: ShiftProblem, roster: Roster) -> int:
    """Return the points of a roster: wishes that did not come true, people missing and people too many."""
    points = sum(wish.points for wish in problem.wishes if (roster[wish.worker][wish.day] == wish.kind) != wish.is_wanted)
    there = Counter((day, kind) for shifts in roster.values() for day, kind in enumerate(shifts) if kind is not None)
    for cover in problem.covers:
        people = there[cover.day, cover.kind]
        points += cover.missing * max(0, cover.people - people) + cover.extra * max(0, people - cover.people)
    return points
