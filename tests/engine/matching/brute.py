"""The slow truth: every assignment of a tiny round tried, with limits counted by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

from opstap.engine.matching.constraints import RULES
from opstap.engine.matching.picture import Picture
from opstap.engine.matching.problem import Problem


def assignments(problem: Problem) -> Iterator[tuple[str | None, ...]]:
    """Every way to give each person an allowed place or none, within all limits and pins."""
    choices: list[list[str | None]] = []
    for person in problem.people:
        allowed = [place.key for place in problem.places if all(rule.holds(person, place, problem) for rule in RULES)]
        pinned = {pin.place for pin in problem.pins if pin.person == person.key}
        choices.append([key for key in allowed if pinned == {key}] if pinned else [None, *allowed])
    for choice in product(*choices):
        if _fits(problem, Counter(key for key in choice if key is not None)):
            yield choice


def best_value(problem: Problem) -> int | None:
    """The highest total that any assignment reaches; None when there is none."""
    values = Picture(problem).values
    totals = [
        sum(int(values[row, problem.place_row[key]]) for row, key in enumerate(choice) if key is not None)
        for choice in assignments(problem)
    ]
    return max(totals, default=None)


def _fits(problem: Problem, new: Counter[str]) -> bool:
    load: Counter[str] = Counter()
    for place in problem.places:
        held = sum(hold.seats for hold in problem.holds if hold.place == place.key and hold.until > problem.on)
        taken = problem.taken.get(place.key, 0)
        there = taken + min(held, max(0, place.capacity - taken))
        if new[place.key] and there + new[place.key] > place.capacity:
            return False
        load[f"host {place.host}"] += there + new[place.key]
        load[f"mentor {place.mentor}"] += there + new[place.key]
        load[f"new host {place.host}"] += new[place.key]
        load[f"new mentor {place.mentor}"] += new[place.key]
    mentors = all(load[f"mentor {m.key}"] <= m.capacity or not load[f"new mentor {m.key}"] for m in problem.mentors)
    hosts = all(h.capacity is None or load[f"host {h.key}"] <= h.capacity or not load[f"new host {h.key}"] for h in problem.hosts)
    return mentors and hosts
