"""The same rules for a million people at once, in numpy.

Two boolean planes stand for the three answers: `sure` (yes) and `possible` (yes or not known). In them Kleene's "and" and "or" are the
plain ones, and "not" swaps and inverts. Sub-trees that several conditions or instruments share are computed once, block by block, so that
the intermediate planes stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any as Anything

import numpy as np
from numpy.typing import NDArray

from opstap.engine.eligibility.columns import Column, days
from opstap.engine.eligibility.rulebook import RuleBook, settled_conditions
from opstap.engine.eligibility.settle import All, Always, Any, IfKnown, Not, OneOf, OnOrBefore, Settled, all_of

BLOCK = 1 << 15
"""People per block: a handful of planes of 32 KiB each fit the second-level cache."""

Plane = NDArray[np.bool_]
Planes = tuple[Plane, Plane]


@dataclass(frozen=True, slots=True)
class _Step:
    """One sub-tree and the numbers of the steps that compute its parts."""

    node: Settled
    parts: tuple[int, ...]


class _Plan:
    """All sub-trees of all instruments, each once, parts before wholes."""

    def __init__(self) -> None:
        self.steps: list[_Step] = []
        self._numbers: dict[Settled, int] = {}

    def add(self, node: Settled) -> int:
        """Return the number of the step that computes the node."""
        if node not in self._numbers:
            parts = node.parts if isinstance(node, All | Any) else (node.part,) if isinstance(node, Not | IfKnown) else ()
            numbers = tuple(self.add(part) for part in parts)
            self._numbers[node] = len(self.steps)
            self.steps.append(_Step(node, numbers))
        return self._numbers[node]


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return sorted numbers as runs (first, last) without gaps, so that a run costs one comparison."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _among(values: NDArray[Anything], numbers: Sequence[int]) -> Plane:
    """Return where the (unsigned) values are among the numbers."""
    found = np.zeros(len(values), dtype=np.bool_)
    for first, last in _runs(numbers):
        if first == last:
            found |= values == first
        else:
            found |= (values - values.dtype.type(first)) <= last - first  # unsigned: below `first` wraps to a large number
    return found


class _Block:
    """The facts of one block of people."""

    def __init__(self, columns: Mapping[str, Column], whole: frozenset[str], start: int, length: int) -> None:
        self._rows = slice(start, start + length)
        self._columns, self._whole, self._length = columns, whole, length
        self._unknown: dict[str, Plane] = {}

    def constant(self, *, holds: bool) -> Plane:
        """Return a plane that is the same for everyone."""
        return np.full(self._length, holds, dtype=np.bool_)

    def unknown(self, fact: str) -> Plane:
        """Return where the fact is not known."""
        if fact not in self._unknown:
            self._unknown[fact] = ~self._columns[fact].known[self._rows] if fact in self._columns else self.constant(holds=True)
        return self._unknown[fact]

    def leaf(self, node: OneOf | OnOrBefore) -> Planes:
        """Return the planes of a question about one fact."""
        if node.fact not in self._columns:
            return self.constant(holds=False), self.constant(holds=True)
        column = self._columns[node.fact]
        values = column.values[self._rows]
        if isinstance(node, OneOf):
            hit = _among(values, [column.codes[value] for value in node.values if value in column.codes])
        else:
            hit = values <= days(node.day)
        if node.fact in self._whole:
            return hit, hit
        return hit & column.known[self._rows], hit | self.unknown(node.fact)


def _combined(parts: Sequence[Planes], how: np.ufunc) -> Planes:
    sure, possible = parts[0]
    for next_sure, next_possible in parts[1:]:
        same = sure is possible and next_sure is next_possible
        sure = how(sure, next_sure)
        possible = sure if same else how(possible, next_possible)
    return sure, possible


def _planes(node: Settled, parts: Sequence[Planes], block: _Block) -> Planes:
    match node:
        case OneOf() | OnOrBefore():
            return block.leaf(node)
        case Not():
            sure, possible = parts[0]
            inverted = ~possible
            return inverted, inverted if sure is possible else ~sure
        case All():
            return _combined(parts, np.logical_and)
        case Any():
            return _combined(parts, np.logical_or)
        case IfKnown():
            missing = block.unknown(node.fact)
            return parts[0][0] | missing, parts[0][1] | missing
        case Always():
            plane = block.constant(holds=node.holds)
            return plane, plane


def _computed(steps: Sequence[_Step], block: _Block) -> list[Planes]:
    done: list[Planes] = []
    for step in steps:
        done.append(_planes(step.node, [done[number] for number in step.parts], block))
    return done


def _length(columns: Mapping[str, Column]) -> int:
    lengths = {len(part) for column in columns.values() for part in column[:2]}
    if len(lengths) != 1:
        msg = f"all columns hold the same people, so they have one length; these have {sorted(lengths)}"
        raise ValueError(msg)
    return lengths.pop()


def _ready(column: Column) -> Column:
    """Return the column in the form the blocks count on: dates as integers, codes unsigned, flags as bytes."""
    values = column.values
    if values.dtype.kind == "M":
        values = values.astype("datetime64[D]").view(np.int64)
    elif values.dtype.kind == "b":
        values = values.view(np.uint8)
    elif column.codes and values.dtype.kind == "i":
        values = values.view(np.dtype(f"u{values.dtype.itemsize}"))
    return column._replace(values=values)


def decide_instruments(
    columns: Mapping[str, Column], rulebook: RuleBook, instruments: Sequence[str], on: date
) -> dict[str, NDArray[np.int8]]:
    """Return per instrument an (n,) array: 1 yes, 0 no, -1 not known. Raises ValueError for columns of unequal length.

    A fact without a column is not known of anyone.
    """
    length = _length(columns)
    ready = {name: _ready(column) for name, column in columns.items()}
    whole = frozenset(name for name, column in ready.items() if column.known.all())
    plan = _Plan()
    roots = {name: plan.add(all_of(list(settled_conditions(rulebook.ruleset(name), on)))) for name in instruments}
    answers = {name: np.empty(length, dtype=np.int8) for name in instruments}
    for start in range(0, length, BLOCK):
        size = min(BLOCK, length - start)
        done = _computed(plan.steps, _Block(ready, whole, start, size))
        for name, root in roots.items():
            sure, possible = (plane.view(np.int8) for plane in done[root])
            np.subtract(sure + sure, possible, out=answers[name][start : start + size])
    return answers


def decide_many(columns: Mapping[str, Column], rulebook: RuleBook, instrument: str, on: date) -> NDArray[np.int8]:
    """Return an (n,) array for one instrument: 1 yes, 0 no, -1 not known. Raises ValueError for columns of unequal length."""
    return decide_instruments(columns, rulebook, [instrument], on)[instrument]
