"""The judge: verifies a result against the problem, pair by pair, without a solver. Every result passes here before it is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching import certificate
from opstap.engine.matching.constraints import RULES
from opstap.engine.matching.constraints.eligible_instrument import instrument_for
from opstap.engine.matching.picture import Picture
from opstap.engine.matching.pins import clashes
from opstap.engine.shared import SolverStatus

if TYPE_CHECKING:
    from opstap.engine.matching.problem import Problem
    from opstap.engine.matching.result import Assignment, Result


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise that the result breaks: the name of the rule and what is wrong, for the log of the programme's technicians."""

    rule: str
    detail: str


def check(problem: Problem, result: Result) -> tuple[Violation, ...]:
    """Return everything that is wrong with the result; empty when it can be trusted."""
    picture = Picture(problem)
    if result.digest != problem.digest() or result.seed != problem.seed:
        return (Violation("input", "the result belongs to another problem"),)
    if result.status is SolverStatus.INFEASIBLE:
        return tuple(_infeasible(picture, result))
    if strangers := list(_strangers(problem, result)):
        return tuple(strangers)
    return (*_pairs(problem, result), *_capacities(problem, result), *_values(picture, result), *_proof(picture, result))


def _infeasible(picture: Picture, result: Result) -> Iterator[Violation]:
    if result.assignments:
        yield Violation("status", "an infeasible round proposes nobody")
    if result.reasons != clashes(picture.problem, picture.tree) or not result.reasons:
        yield Violation("status", "the clashing rules are not those of the problem")


def _strangers(problem: Problem, result: Result) -> Iterator[Violation]:
    for assignment in result.assignments:
        if assignment.person not in problem.person_row or assignment.place not in problem.place_row:
            yield Violation("input", f"{assignment.person} or {assignment.place} is not part of the round")
    for kind, prices, known in (
        ("place", result.prices, problem.place_row),
        ("mentor", result.mentor_prices, problem.mentor_by),
        ("host", result.host_prices, problem.host_by),
    ):
        if set(prices) != set(known):
            yield Violation("certificate", f"the round has not exactly one price for every {kind}")


def _pairs(problem: Problem, result: Result) -> Iterator[Violation]:
    for person, count in Counter(assignment.person for assignment in result.assignments).items():
        if count > 1:
            yield Violation("one_place", f"{person} has {count} places")
    proposed = {(assignment.person, assignment.place) for assignment in result.assignments}
    for pin in problem.pins:
        if (pin.person, pin.place) not in proposed:
            yield Violation("pin", f"{pin.person} is pinned to {pin.place}")
    for assignment in result.assignments:
        yield from _pair(problem, assignment)


def _pair(problem: Problem, assignment: Assignment) -> Iterator[Violation]:
    person = problem.people[problem.person_row[assignment.person]]
    place = problem.places[problem.place_row[assignment.place]]
    for rule in RULES:
        if not rule.holds(person, place, problem):
            yield Violation(rule.NAME, f"does not hold for {person.key} at {place.key}")
    if assignment.instrument != instrument_for(person, place, problem):
        yield Violation("eligible_instrument", f"{person.key} cannot start at {place.key} under {assignment.instrument!r}")


def _capacities(problem: Problem, result: Result) -> Iterator[Violation]:
    """Count by hand, level by level: who is proposed, who is there already, what is held, against what fits."""
    proposed = Counter(assignment.place for assignment in result.assignments)
    used: Counter[tuple[str, str]] = Counter()
    new: Counter[tuple[str, str]] = Counter()
    for place in problem.places:
        held = sum(hold.seats for hold in problem.holds if hold.place == place.key and problem.on < hold.until)
        taken = problem.taken.get(place.key, 0)
        levels = [("place", place.key), ("host", place.host)] + ([("mentor", place.mentor)] if place.mentor else [])
        for level in levels:
            used[level] += taken + min(held, max(0, place.capacity - taken)) + proposed[place.key]
            new[level] += proposed[place.key]
    fits: dict[tuple[str, str], int | None] = {("place", place.key): place.capacity for place in problem.places}
    fits |= {("mentor", mentor.key): mentor.capacity for mentor in problem.mentors}
    fits |= {("host", host.key): host.capacity for host in problem.hosts}
    for level, capacity in fits.items():
        if capacity is not None and new[level] and used[level] > capacity:
            yield Violation(f"{level[0]}_capacity", f"{level[1]} fits {capacity}, the round makes it {used[level]}")


def _values(picture: Picture, result: Result) -> Iterator[Violation]:
    problem = picture.problem
    if dict(result.weights) != dict(picture.weights.points):
        yield Violation("objective", "the weights are not those of the programme's order")
    for assignment in result.assignments:
        row, column = problem.person_row[assignment.person], problem.place_row[assignment.place]
        if (assignment.value, dict(assignment.parts)) != (int(picture.values[row, column]), picture.parts(row, column)):
            yield Violation("objective", f"{assignment.person} at {assignment.place} is not worth {assignment.value}")
    if result.value != sum(assignment.value for assignment in result.assignments):
        yield Violation("objective", f"the proposals do not add to {result.value}")


def _proof(picture: Picture, result: Result) -> Iterator[Violation]:
    """Recompute the bound from the prices; whatever the prices are, no assignment can be worth more."""
    problem = picture.problem
    prices = [result.prices[place.key] for place in problem.places]
    prices += [result.mentor_prices[mentor.key] for mentor in problem.mentors] + [result.host_prices[host.key] for host in problem.hosts]
    if min(prices, default=0) < 0:
        yield Violation("certificate", "a price is below zero")
        return
    left = certificate.bound(picture.values_left, picture.allowed_left, picture.tree_left, np.array(prices, dtype=np.int64))
    bound = left + picture.worth(picture.fixed)
    if bound != result.bound:
        yield Violation("certificate", f"the prices prove {bound}, not {result.bound}")
    if result.value > result.bound or (result.status is SolverStatus.OPTIMAL and result.value != result.bound):
        yield Violation("certificate", f"{result.value} is not proven {result.status} by the bound {result.bound}")
    if result.gap != (gap_between(result.value, result.bound)):
        yield Violation("certificate", f"the gap is not {result.gap}")


def gap_between(value: int, bound: int) -> float:
    """Return how far the value is below the bound, as a share of the bound."""
    return (bound - value) / bound if bound else 0.0
