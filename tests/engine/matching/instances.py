"""Tiny named rounds. Everything not named is chosen so that it never stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from opstap.engine.matching.problem import Host, Mentor, Objective, Person, Place, Problem
from opstap.engine.shared import Period
from opstap.engine.shared.vocabulary import half_day_mask

ON = date(2023, 9, 1)
MONDAY = half_day_mask(["mon_am", "mon_pm"])
WEEK = (1 << 10) - 1
ALWAYS = Period(date(2023, 1, 1))
OOSTENDE = (2.9200, 51.2300)
BREDENE = (2.9700, 51.2450)
BRUGGE = (3.2247, 51.2093)


def a_person(key: str = "ann", **facts: Any) -> Person:  # noqa: ANN401 - any field of a person
    """Someone who can do anything, lives in Oostende and has waited for two years."""
    usual: dict[str, Any] = {
        "half_days": WEEK,
        "dutch": 4,
        "waiting_since": date(2021, 9, 1),
        "longitude": OOSTENDE[0],
        "latitude": OOSTENDE[1],
        "instruments": {"work_learning_place": ALWAYS},
    }
    return Person(key=key, **(usual | facts))


def a_place(key: str = "shop", **facts: Any) -> Place:  # noqa: ANN401 - any field of a place
    """One seat in Oostende that asks nothing, on Mondays."""
    usual: dict[str, Any] = {
        "host": "city",
        "occupation": "shop assistant",
        "half_days": MONDAY,
        "period": ALWAYS,
        "longitude": OOSTENDE[0],
        "latitude": OOSTENDE[1],
    }
    return Place(key=key, **(usual | facts))


def a_round(people: Iterable[Person], places: Iterable[Place], **facts: Any) -> Problem:  # noqa: ANN401 - any field of a problem
    """A round with the hosts and mentors that its places name, unless given."""
    who, where = tuple(people), tuple(places)
    usual: dict[str, Any] = {
        "hosts": tuple(Host(key) for key in sorted({place.host for place in where})),
        "mentors": tuple(Mentor(key) for key in sorted({place.mentor for place in where if place.mentor})),
        "on": ON,
        "objective": Objective(),
    }
    return Problem(people=who, places=where, **(usual | facts))


def one_seat_two_people() -> Problem:
    """Ann and Bob both want the shop's only seat; Bob has waited longer."""
    return a_round([a_person("ann"), a_person("bob", waiting_since=date(2015, 9, 1))], [a_place()])


def swap() -> Problem:
    """Ann can only go to the shop; Bob wants the shop and can also go to the park: most are placed when Bob goes to the park."""
    ann = a_person("ann", vetoes=frozenset({"park"}))
    bob = a_person("bob", wishes=("shop assistant",), waiting_since=date(2010, 1, 1))
    return a_round([ann, bob], [a_place("shop"), a_place("park", occupation="gardener")])


def shared_mentor() -> Problem:
    """Two places of two seats each under one mentor who guides three learners; four people."""
    people = [a_person(key, wishes=("gardener",)) for key in ("ann", "bob", "cas", "dirk")]
    places = [a_place("shop", mentor="mia", capacity=2), a_place("park", mentor="mia", capacity=2, occupation="gardener")]
    return a_round(people, places)


def small_host() -> Problem:
    """A host for two people with three places of one seat, one of them with a mentor; three people."""
    places = [a_place("shop"), a_place("park", mentor="mia"), a_place("kitchen")]
    return a_round([a_person("ann"), a_person("bob"), a_person("cas")], places, hosts=(Host("city", 2),))
