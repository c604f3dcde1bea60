"""What can be worked out from the numbers that are shown: all of them are solved together, exactly, as one set of equations.

Somebody who solves knows the shown numbers, where nobody is, where everybody went on from one column to the next, and that every
number of a group is the sum of those of the groups below it. What is left open is written in numbers that can be anything; a number
without any of these is worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from opstap.steering.reports.enums import BEFORE, BESIDE, LEAST, Column

Number = tuple[str, Column]
Sum = dict[Number, Fraction]
"""Numbers that are not known, with how many times each counts; what is known is left out, it does not matter how much it is."""
_ORDER = {column: index for index, column in enumerate(Column)}


@dataclass(frozen=True, slots=True)
class Node:
    """One group with its counts; the groups below it divide its people."""

    key: str
    counts: Mapping[Column, int]
    below: Sequence[Node] = field(default_factory=tuple)


def every(node: Node) -> list[Node]:
    """Return the group and all groups below it."""
    return [node, *(each for child in node.below for each in every(child))]


def worked_out(roots: Sequence[Node], hidden: set[Number]) -> tuple[str, tuple[Column, ...]] | None:
    """Return the first hidden number, or difference of one to four people, that can be worked out: its group and columns; None without.

    `hidden` holds the numbers that are not shown; those that count nobody are taken as known all the same.
    """
    groups = {node.key: node for root in roots for node in every(root)}
    names = {(node.key, column): _name(node, column, hidden) for node in groups.values() for column in Column}
    solved = _solve(_sum(node, column, names) for root in roots for node in every(root) if node.below for column in Column)
    return next((each for node in groups.values() for each in _open_in(node, names, hidden, solved)), None)


def _open_in(node: Node, names: Mapping[Number, Number | None], hidden: set[Number], solved: Mapping[Number, Sum]) -> Iterator[
    tuple[str, tuple[Column, ...]]
]:  # fmt: skip
    """Yield what can be worked out about one group: hidden numbers, then differences about few people."""
    left = {column: _rest(names[node.key, column], solved) for column in Column}
    for column in Column:
        if (node.key, column) in hidden and node.counts[column] and not left[column]:
            yield node.key, (column,)
    for column in Column:
        for before in BEFORE[column]:
            if 0 < node.counts[before] - node.counts[column] < LEAST and left[before] == left[column]:
                yield node.key, (before, column)


def _name(node: Node, column: Column, hidden: set[Number]) -> Number | None:
    """Return the one name of all numbers of a group that are known to be the same as this one; None when it is known."""
    number = node.counts[column]
    first = _same(node, column)[0]
    if number == 0 or any((node.key, each) not in hidden for each in _same(node, first)):
        return None
    return node.key, first


def _same(node: Node, column: Column) -> list[Column]:
    """Return the columns before and after this one, and itself, in which the group has the same number: everybody went on."""
    number = node.counts[column]
    return sorted((column, *(each for each in BESIDE[column] if node.counts[each] == number)), key=_ORDER.__getitem__)


def _sum(node: Node, column: Column, names: Mapping[Number, Number | None]) -> Sum:
    """Return the equation that a group's number less those below it is nothing."""
    row: Sum = {}
    for key, times in [(node.key, 1), *((child.key, -1) for child in node.below)]:
        if (name := names[key, column]) is not None:
            row[name] = row.get(name, Fraction(0)) + times
    return row


def _solve(rows: Iterable[Sum]) -> dict[Number, Sum]:
    """Return each number that follows from others, written in numbers that can be anything (Gauss-Jordan, with exact fractions)."""
    solved: dict[Number, Sum] = {}
    for row in rows:
        left: Sum = {}
        for name, times in row.items():
            _add(left, _rest(name, solved), times)
        if not left:
            continue
        chosen, factor = left.popitem()
        means = {name: -times / factor for name, times in left.items()}
        for other in solved.values():
            if (times_in := other.pop(chosen, None)) is not None:
                _add(other, means, times_in)
        solved[chosen] = means
    return solved


def _add(to: Sum, what: Mapping[Number, Fraction], times: Fraction) -> None:
    for name, number in what.items():
        total = to.get(name, Fraction(0)) + times * number
        if total:
            to[name] = total
        else:
            to.pop(name, None)


def _rest(name: Number | None, solved: Mapping[Number, Sum]) -> Sum:
    """Return a number written in numbers that can be anything; nothing when it is known."""
    if name is None:
        return {}
    return solved[name] if name in solved else {name: Fraction(1)}
