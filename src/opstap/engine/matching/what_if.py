"""What if: the round with something changed, and what that changes for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from opstap.engine.matching.problem import Host, Mentor, Person, Place, Problem

if TYPE_CHECKING:
    from opstap.engine.matching.result import Result

_LISTS: Mapping[type, str] = {Person: "people", Place: "places", Mentor: "mentors", Host: "hosts"}
Thing = Person | Place | Mentor | Host


@dataclass(frozen=True, slots=True)
class Add:
    """One more person, place, mentor or host."""

    thing: Thing


@dataclass(frozen=True, slots=True)
class Edit:
    """Other facts for the one of this kind and key: Edit(Place, "shop", {"dutch": 2}), Edit(Mentor, "mia", {"capacity": 4})."""

    kind: type[Person | Place | Mentor | Host]
    key: str
    facts: Mapping[str, object]


def what_if(problem: Problem, *changes: Add | Edit) -> Problem:
    """Return the round with the changes, all at once; raises ValueError when one points nowhere or makes no sense."""
    lists: dict[str, tuple[Thing, ...]] = {name: getattr(problem, name) for name in _LISTS.values()}
    for change in changes:
        if isinstance(change, Add):
            name = _LISTS[type(change.thing)]
            lists[name] = (*lists[name], change.thing)
        else:
            name = _LISTS[change.kind]
            lists[name] = _edited(lists[name], change)
    return replace(problem, **lists)  # type: ignore[arg-type] # every list keeps its kind


def _edited(things: tuple[Thing, ...], edit: Edit) -> tuple[Thing, ...]:
    if all(thing.key != edit.key for thing in things):
        msg = f"there is no {edit.kind.__name__.lower()} {edit.key} in the round"
        raise ValueError(msg)
    if strange := set(edit.facts) - set(edit.kind.__slots__) | {"key"} & set(edit.facts):
        msg = f"a {edit.kind.__name__.lower()} has no {', '.join(sorted(strange))} that can be changed"
        raise ValueError(msg)
    return tuple(replace(thing, **edit.facts) if thing.key == edit.key else thing for thing in things)  # type: ignore[arg-type] # fields checked above


@dataclass(frozen=True, slots=True)
class Move:
    """One person whose proposal differs; None for no place."""

    person: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two results, each time (before, after).

    `places`: how many people are proposed, where that differs. `levels`: per criterion, the sum over all proposals.
    """

    moves: tuple[Move, ...]
    places: Mapping[str, tuple[int, int]]
    levels: Mapping[str, tuple[int, int]]


def compare(before: Result, after: Result) -> Comparison:
    """Return what changed from one result to another, by person, by place and by criterion."""
    had, has = before.place_of(), after.place_of()
    moves = tuple(Move(key, had.get(key), has.get(key)) for key in sorted(had.keys() | has.keys()) if had.get(key) != has.get(key))
    filled, fills = Counter(had.values()), Counter(has.values())
    places = {key: (filled[key], fills[key]) for key in sorted(filled.keys() | fills.keys()) if filled[key] != fills[key]}
    criteria = dict.fromkeys([*before.weights, *after.weights])
    return Comparison(moves, places, {criterion: (_sum(before, criterion), _sum(after, criterion)) for criterion in criteria})


def _sum(result: Result, criterion: str) -> int:
    return sum(assignment.parts.get(criterion, 0) for assignment in result.assignments)
