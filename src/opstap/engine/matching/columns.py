"""Sets as boolean matrices, so that a rule can look at all people and places at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person

NEVER = 10_000_000
"""An ordinal after every date."""


def membership(sets: Sequence[Collection[str]], words: Sequence[str]) -> NDArray[np.bool_]:
    """Return bool (sets, words): which set holds which word; words outside `words` are left out."""
    column = {word: index for index, word in enumerate(words)}
    table = np.zeros((len(sets), len(words)), dtype=np.bool_)
    for row, members in enumerate(sets):
        for word in members:
            if word in column:
                table[row, column[word]] = True
    return table


def overlap(left: Sequence[Collection[str]], right: Sequence[Collection[str]]) -> NDArray[np.int32]:
    """Return int32 (left, right): how many words each two sets share."""
    words = sorted(set().union(*map(set, right))) if right else []
    return membership(left, words).astype(np.int32) @ membership(right, words).astype(np.int32).T


def lacking(left: Sequence[Collection[str]], right: Sequence[Collection[str]]) -> NDArray[np.int32]:
    """Return int32 (left, right): how many words of each right set the left set lacks."""
    words = sorted(set().union(*map(set, right))) if right else []
    return (~membership(left, words)).astype(np.int32) @ membership(right, words).astype(np.int32).T


class Crowd:
    """The people of a problem as columns, each computed once, however many places they are looked at with."""

    def __init__(self, people: Sequence[Person]) -> None:
        """Keep the people."""
        self.people = people
        self._unknown: dict[str, NDArray[np.bool_]] = {}
        self._periods: dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}

    def unknown(self, fact: str) -> NDArray[np.bool_]:
        """Return bool (people, 1): for whom the fact is not known."""
        if fact not in self._unknown:
            self._unknown[fact] = np.array([fact in person.unknown for person in self.people], dtype=np.bool_)[:, None]
        return self._unknown[fact]

    def periods(self, instrument: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the first day and the day after the last of each person's decision, int64 (people) ordinals; NEVER without one."""
        if instrument not in self._periods:
            periods = [person.instruments.get(instrument) for person in self.people]
            first = [NEVER if period is None else period.start.toordinal() for period in periods]
            until = [NEVER if period is None or period.until is None else period.until.toordinal() for period in periods]
            self._periods[instrument] = (np.array(first, dtype=np.int64), np.array(until, dtype=np.int64))
        return self._periods[instrument]

    @cached_property
    def licences(self) -> list[frozenset[str]]:
        """The licences of each person."""
        return [person.licences for person in self.people]

    @cached_property
    def limits(self) -> list[frozenset[str]]:
        """What each person cannot."""
        return [person.limits for person in self.people]

    @cached_property
    def modes(self) -> tuple[str, ...]:
        """How each person travels."""
        return tuple(person.travel_mode for person in self.people)

    @cached_property
    def most_minutes(self) -> NDArray[np.int32]:
        """Int32 (people, 1): how long each person can travel, one way."""
        return np.array([person.max_travel_minutes for person in self.people], dtype=np.int32)[:, None]


def named_pairs(rows: dict[str, int], columns: dict[str, int], pairs: Collection[tuple[str, str]]) -> NDArray[np.bool_]:
    """Return bool (rows, columns), True at the pairs of keys; pairs with a key outside the round are left out."""
    table = np.zeros((len(rows), len(columns)), dtype=np.bool_)
    for left, right in pairs:
        if left in rows and right in columns:
            table[rows[left], columns[right]] = True
    return table
