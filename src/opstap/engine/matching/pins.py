"""Pinned pairs: taken out of the round before it is solved, and refused with every rule they clash with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.constraints import obstacles
from opstap.engine.matching.problem import Pin
from opstap.engine.matching.seats import seat_tree
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Problem
    from opstap.engine.matching.seats import SeatTree


def pinned(problem: Problem) -> NDArray[np.int64]:
    """Return int64 (people): the place (row) each person is pinned to, -1 for none."""
    rows = np.full(len(problem.people), -1, dtype=np.int64)
    for pin in problem.pins:
        rows[problem.person_row[pin.person]] = problem.place_row[pin.place]
    return rows


def clashes(problem: Problem, tree: SeatTree) -> tuple[Reason, ...]:
    """Return every reason why the pins cannot all be kept; empty when they can. Facts name the person or the limit."""
    return (*_pinned_twice(problem), *_broken_rules(problem), *_overfull(problem, tree))


def keepable(problem: Problem, wanted: Iterable[Pin]) -> tuple[tuple[Pin, ...], dict[Pin, tuple[Reason, ...]]]:
    """Return which of the wanted pins a round can keep together, and for each other one every reason why not.

    Earlier pins go before later ones: they get the seat when there is only one. The pins of the problem itself do not count.
    """
    tree = seat_tree(problem)
    free = np.append(tree.capacity, 0)
    kept: dict[str, Pin] = {}
    left_out: dict[Pin, tuple[Reason, ...]] = {}
    for pin in dict.fromkeys(wanted):
        row = problem.place_row[pin.place]
        above = [int(node) for node in tree.above[row] if node < tree.outside]
        broken = tuple(obstacles(problem.people[problem.person_row[pin.person]], problem.places[row], problem))
        full = tuple(Reason(_FULL[_level(tree, node)]) for node in above if free[node] < 1)[:1]
        if pin.person in kept:
            left_out[pin] = (Reason("matching.pin_elsewhere"),)
        elif broken or full:
            left_out[pin] = broken or full
        else:
            kept[pin.person] = pin
            free[above] -= 1
    return tuple(kept.values()), left_out


_FULL = {"place": "matching.pin_without_seat", "mentor": "matching.mentor_full", "host": "matching.host_full"}
"""What it is called when nothing is free at each level."""


def _level(tree: SeatTree, node: int) -> str:
    if node < tree.places:
        return "place"
    return "mentor" if node < tree.places + tree.mentors else "host"


def _pinned_twice(problem: Problem) -> list[Reason]:
    counts = Counter(pin.person for pin in set(problem.pins))
    return [Reason("matching.pinned_twice", {"person": person}) for person, count in sorted(counts.items()) if count > 1]


def _broken_rules(problem: Problem) -> list[Reason]:
    reasons = []
    for pin in sorted(set(problem.pins)):
        person, place = problem.people[problem.person_row[pin.person]], problem.places[problem.place_row[pin.place]]
        broken = obstacles(person, place, problem)
        if broken:
            reasons.append(Reason("matching.pin_breaks_rule", {"person": pin.person, "place": pin.place}))
        reasons += [Reason(why.code, {**why.facts, "person": pin.person, "place": pin.place}, why.reference) for why in broken]
    return reasons


def _overfull(problem: Problem, tree: SeatTree) -> list[Reason]:
    seats = np.array([problem.place_row[pin.place] for pin in set(problem.pins)], dtype=np.int64)
    load = tree.load(seats)
    names = [("place", place.key) for place in problem.places] + [("mentor", mentor.key) for mentor in problem.mentors]
    names += [("host", host.key) for host in problem.hosts]
    return [
        Reason(f"matching.pins_overfill_{kind}", {kind: key, "pinned": int(load[node]), "free": int(tree.capacity[node])})
        for node, (kind, key) in enumerate(names)
        if load[node] > tree.capacity[node]
    ]
