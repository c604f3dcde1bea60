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

from opstap.engine.eligibility.columns import FLAGS, Column, days
from opstap.engine.eligibility.facts import FACT_TYPES, FactKind
from opstap.engine.eligibility.rulebook import RuleBook, settled_conditions
from opstap.engine.eligibility.settle import YES, All, Always, Any, IfKnown, Not, OneOf, OnOrBefore, Settled, all_of, any_of

BLOCK = 1 << 16
"""People per block: a handful of planes of 64 KiB each fit the second-level cache."""

Plane = NDArray[np.bool_]
Planes = tuple[Plane, Plane]


@dataclass(frozen=True, slots=True)
class _Step:
    """One sub-tree, the numbers of the steps that compute its parts, and for a list of values their codes as runs (first, last)."""

    node: Settled
    parts: tuple[int, ...]
    runs: tuple[tuple[int, int], ...]


class _Plan:
    """All sub-trees of all instruments, each once, parts before wholes."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self.steps: list[_Step] = []
        self._columns = columns
        self._numbers: dict[Settled, int] = {}

    def add(self, node: Settled) -> int:
        """Return the number of the step that computes the node."""
        if node not in self._numbers:
            parts = node.parts if isinstance(node, All | Any) else (node.part,) if isinstance(node, Not | IfKnown) else ()
            step = _Step(node, tuple(self.add(part) for part in parts), self._runs(node))
            self._numbers[node] = len(self.steps)
            self.steps.append(step)
        return self._numbers[node]

    def _runs(self, node: Settled) -> tuple[tuple[int, int], ...]:
        if not isinstance(node, OneOf) or node.fact not in self._columns:
            return ()
        codes = self._columns[node.fact].codes
        return _runs([codes[value] for value in node.values if value in codes])


def _runs(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return sorted numbers as runs (first, last) without gaps, so that a run costs one comparison."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return tuple(runs)


def _within(values: NDArray[Anything], first: int, last: int) -> Plane:
    """Return where the (unsigned) values lie between first and last, both included."""
    found: Plane
    if first == last:
        found = values == first
    elif first == 0:
        found = values <= last
    else:
        found = (values - values.dtype.type(first)) <= last - first  # unsigned: below `first` wraps to a large number
    return found


def _among(values: NDArray[Anything], runs: Sequence[tuple[int, int]]) -> Plane:
    """Return where the (unsigned) values lie in one of the runs."""
    if not runs:
        return np.zeros(len(values), dtype=np.bool_)
    found = _within(values, *runs[0])
    for first, last in runs[1:]:
        found |= _within(values, first, last)
    return found


def _pruned(node: Settled, whole: frozenset[str], absent: frozenset[str]) -> Settled:
    """Return the tree without "if known" on facts that are known, or not known, of everyone."""
    match node:
        case All():
            return all_of([_pruned(part, whole, absent) for part in node.parts])
        case Any():
            return any_of([_pruned(part, whole, absent) for part in node.parts])
        case IfKnown() if node.fact in absent:
            return YES
        case IfKnown() if node.fact in whole:
            return _pruned(node.part, whole, absent)
    return node


class _Block:
    """The facts of one block of people."""

    def __init__(self, columns: Mapping[str, Column], whole: frozenset[str], rows: slice) -> None:
        self._columns, self._whole, self._rows = columns, whole, rows
        self._unknown: dict[str, Plane] = {}

    def constant(self, *, holds: bool) -> Plane:
        """Return a plane that is the same for everyone."""
        return np.full(self._rows.stop - self._rows.start, holds, dtype=np.bool_)

    def unknown(self, fact: str) -> Plane:
        """Return where the fact is not known."""
        if fact not in self._unknown:
            self._unknown[fact] = ~self._columns[fact].known[self._rows] if fact in self._columns else self.constant(holds=True)
        return self._unknown[fact]

    def leaf(self, node: OneOf | OnOrBefore, runs: Sequence[tuple[int, int]]) -> Planes:
        """Return the planes of a question about one fact."""
        if node.fact not in self._columns:
            return self.constant(holds=False), self.constant(holds=True)
        column = self._columns[node.fact]
        values = column.values[self._rows]
        hit = _among(values, runs) if isinstance(node, OneOf) else values <= days(node.day)
        if node.fact in self._whole:
            return hit, hit
        hit &= column.known[self._rows]
        return hit, hit | self.unknown(node.fact)


def _combined(parts: Sequence[Planes], how: np.ufunc) -> Planes:
    sure = _reduced([part[0] for part in parts], how)
    if all(part[0] is part[1] for part in parts):
        return sure, sure
    return sure, _reduced([part[1] for part in parts], how)


def _reduced(planes: Sequence[Plane], how: np.ufunc) -> Plane:
    result: Plane = how(planes[0], planes[1])
    for plane in planes[2:]:
        how(result, plane, out=result)
    return result


def _planes(step: _Step, parts: Sequence[Planes], block: _Block) -> Planes:
    node = step.node
    match node:
        case OneOf() | OnOrBefore():
            return block.leaf(node, step.runs)
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
        done.append(_planes(step, [done[number] for number in step.parts], block))
    return done


def _write(answers: NDArray[np.int8], planes: Planes) -> None:
    """Write 1 where sure, 0 where not possible, -1 where possible but not sure."""
    sure, possible = planes[0].view(np.int8), planes[1].view(np.int8)
    if planes[0] is planes[1]:
        answers[:] = sure
    else:
        np.add(sure, sure, out=answers)
        np.subtract(answers, possible, out=answers)


def _length(columns: Mapping[str, Column]) -> int:
    lengths = {len(part) for column in columns.values() for part in column[:2]}
    if len(lengths) != 1:
        msg = f"all columns hold the same people, so they have one length; these have {sorted(lengths)}"
        raise ValueError(msg)
    return lengths.pop()


def _ready(fact: str, column: Column) -> Column:
    """Return the column in the form the blocks count on: dates as integers, codes unsigned, flags as bytes."""
    values, kind = column.values, FACT_TYPES[fact].kind
    if kind is FactKind.FLAG:
        column = column._replace(codes=FLAGS)
    elif kind is not FactKind.DATE and not column.codes and column.known.any():
        msg = f"the column {fact!r} does not say which number stands for which text; `encode_texts` makes one that does"
        raise ValueError(msg)
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
    """Return per instrument an (n,) array: 1 yes, 0 no, -1 not known.

    A fact without a column is not known of anyone; a column that no rule can read is ignored. Raises ValueError for columns of unequal
    length and for texts without codes.
    """
    length = _length(columns)
    ready = {name: _ready(name, column) for name, column in columns.items() if name in FACT_TYPES}
    whole = frozenset(name for name, column in ready.items() if column.known.all())
    absent = frozenset(FACT_TYPES) - frozenset(ready)
    plan = _Plan(ready)
    trees = {name: all_of(list(settled_conditions(rulebook.ruleset(name), on))) for name in instruments}
    roots = {name: plan.add(_pruned(tree, whole, absent)) for name, tree in trees.items()}
    answers = {name: np.empty(length, dtype=np.int8) for name in instruments}
    for start in range(0, length, BLOCK):
        rows = slice(start, min(start + BLOCK, length))
        done = _computed(plan.steps, _Block(ready, whole, rows))
        for name, root in roots.items():
            _write(answers[name][rows], done[root])
    return answers


def decide_many(columns: Mapping[str, Column], rulebook: RuleBook, instrument: str, on: date) -> NDArray[np.int8]:
    """Return an (n,) array for one instrument: 1 yes, 0 no, -1 not known. Raises ValueError for columns of unequal length."""
    return decide_instruments(columns, rulebook, [instrument], on)[instrument]
