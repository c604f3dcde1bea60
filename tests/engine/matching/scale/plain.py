"""The rules and the optimum once more, in plain Python and by min-cost flow, to hold against the compiled engine."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from ortools.graph.python import min_cost_flow

from opstap.engine.matching.scale import Instance, Weights, generate


def value_of(instance: Instance, person: int, place: int) -> int | None:
    """Return what the pair is worth, or None when a hard rule forbids it."""
    who = {each.name: int(getattr(instance.people, each.name)[person]) for each in dataclasses.fields(instance.people)}
    where = {each.name: int(getattr(instance.places, each.name)[place]) for each in dataclasses.fields(instance.places)}
    square = (who["x"] - where["x"]) ** 2 + (who["y"] - where["y"]) ** 2
    rules = (
        square <= who["reach"] ** 2,
        (who["half_days"] & where["half_days"]).bit_count() >= where["needed"],
        who["dutch"] >= where["dutch"],
        where["licences"] & ~who["licences"] == 0,
        where["demands"] & who["limits"] == 0,
        where["instruments"] & who["instruments"] != 0,
        (person, place) not in set(zip(instance.veto_person.tolist(), instance.veto_place.tolist(), strict=True)),
    )
    return _points(instance.weights, who, where, math.sqrt(square)) if all(rules) else None


def _points(weights: Weights, who: dict[str, int], where: dict[str, int], distance: float) -> int:
    wish = weights.wish * (who["wishes"] >> where["occupation"] & 1)
    first = weights.first_wish * (who["first_wish"] == where["occupation"])
    learning = weights.learning * min((where["teaches"] & who["goals"]).bit_count(), weights.learning_most)
    travel = weights.travel - int(weights.travel / max(who["reach"], 1) * distance)
    return weights.placed + who["points"] + wish + first + learning + travel + (who["tie"] ^ where["tie"]) % 64


def values(instance: Instance) -> dict[tuple[int, int], int]:
    """Return the value of every admissible pair."""
    found = {(i, j): value_of(instance, i, j) for i in range(len(instance.people)) for j in range(len(instance.places))}
    return {pair: value for pair, value in found.items() if value is not None}


def best_value(instance: Instance) -> int:
    """Return the optimum, by a min-cost flow person -> place -> mentor -> host -> out."""
    people, places, mentors, hosts = len(instance.people), len(instance.places), len(instance.mentor_capacity), len(instance.host_capacity)
    first_mentor, first_host, out = people + places, people + places + mentors, people + places + mentors + hosts
    host_of = dict(zip(instance.places.mentor.tolist(), instance.places.host.tolist(), strict=True))
    arcs = [(i, people + j, 1, -value) for (i, j), value in values(instance).items()] + [(i, out, 1, 0) for i in range(people)]
    for j in range(places):
        mentor, host = int(instance.places.mentor[j]), int(instance.places.host[j])
        above = first_mentor + mentor if mentor >= 0 else first_host + host if host >= 0 else out
        arcs.append((people + j, above, int(instance.places.capacity[j]), 0))
    for mentor in range(mentors):
        host = host_of.get(mentor, -1)
        arcs.append((first_mentor + mentor, first_host + host if host >= 0 else out, int(instance.mentor_capacity[mentor]), 0))
    arcs += [(first_host + host, out, int(instance.host_capacity[host]), 0) for host in range(hosts)]
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(*np.array(arcs, np.int64).T)
    supplies = np.zeros(out + 1, np.int64)
    supplies[:people], supplies[out] = 1, -people
    flow.set_nodes_supplies(np.arange(out + 1), supplies)
    assert flow.solve() == flow.OPTIMAL
    return -int(flow.optimal_cost())


def tiny(seed: int, *, nested: bool = False, people: int = 12, places: int = 5) -> Instance:
    """Return a seeded instance small enough for anything."""
    return generate.instance(people, places, seed, nested=nested)


def close_by(seed: int, *, nested: bool = False, people: int = 40, places: int = 9) -> Instance:
    """Return an instance in which everyone can reach everything, so that seats are what is scarce."""
    instance = generate.instance(people, places, seed, nested=nested)
    far = np.full(people, 20_000, np.int32)
    return dataclasses.replace(instance, people=dataclasses.replace(instance.people, reach=far))


def with_capacity(instance: Instance, place: int, capacity: int) -> Instance:
    """Return the instance with another capacity for one place."""
    seats = instance.places.capacity.copy()
    seats[place] = capacity
    return dataclasses.replace(instance, places=dataclasses.replace(instance.places, capacity=seats))
