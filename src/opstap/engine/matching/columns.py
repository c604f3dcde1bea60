"""Sets as boolean matrices, so that a rule can look at all people and places at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person


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


def unknown(people: Sequence[Person], fact: str) -> NDArray[np.bool_]:
    """Return bool (people, 1): for whom the fact is not known."""
    return np.array([fact in person.unknown for person in people], dtype=np.bool_)[:, None]


def named_pairs(rows: dict[str, int], columns: dict[str, int], pairs: Collection[tuple[str, str]]) -> NDArray[np.bool_]:
    """Return bool (rows, columns), True at the pairs of keys; pairs with a key outside the round are left out."""
    table = np.zeros((len(rows), len(columns)), dtype=np.bool_)
    for left, right in pairs:
        if left in rows and right in columns:
            table[rows[left], columns[right]] = True
    return table
