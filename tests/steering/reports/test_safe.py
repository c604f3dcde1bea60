"""Nothing that a report shows points at fewer than five people, also not by adding and subtracting."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from opstap.steering.reports.enums import BEFORE, LEAST, Column
from opstap.steering.reports.queries.safe import shown
from opstap.steering.reports.queries.solving import Node, every, worked_out
from opstap.steering.reports.queries.wilson import wilson


def counts(*walk: int, completed: int = 0, due: int = 0, known: int = 0, works: int = 0) -> dict[Column, int]:
    """Return counts: the walk from referred to ended, then the rest; what is left out is nobody."""
    filled = [*walk, *[0] * (6 - len(walk))]
    return dict(zip(Column, (*filled, completed, due, known, works), strict=True))


def added(key: str, below: Sequence[Node]) -> Node:
    """Return the group that the groups below it divide."""
    return Node(key, {column: sum(node.counts[column] for node in below) for column in Column}, below)


def test_small_group_takes_the_next_smallest_with_it() -> None:
    """One place with three people is hidden; so is the smallest other, or it would be the total less the rest."""
    places = [Node(name, counts(number)) for name, number in (("a", 3), ("b", 9), ("c", 20), ("d", 30))]
    seen = shown([added("all", places)])
    assert sorted(key for key, column in seen if column is Column.REFERRED) == ["all", "c", "d"]


def test_few_who_stop_are_hidden_with_the_step() -> None:
    """Of twenty people eighteen started: the two who did not are not shown by the difference."""
    seen = shown([Node("all", counts(20, 18))])
    assert seen == {("all", Column.REFERRED)}


def test_everybody_going_on_is_shown() -> None:
    """When all of twenty go on, nobody is pointed at."""
    seen = shown([Node("all", counts(20, 20, 20))])
    assert seen == {("all", Column.REFERRED), ("all", Column.ELIGIBLE), ("all", Column.PROPOSED)}


def test_place_is_not_its_mentor_less_the_other_place() -> None:
    """A mentor with two places, one of them small: the other is hidden too, though many other places are small."""
    one = added("mentor 1", [Node("a", counts(3)), Node("b", counts(12))])
    two = added("mentor 2", [Node("c", counts(2)), Node("d", counts(4)), Node("e", counts(30))])
    seen = {key for key, column in shown([added("all", [one, two])]) if column is Column.REFERRED}
    assert seen == {"all", "mentor 1", "mentor 2", "e"}


def test_place_is_hidden_in_columns_that_agree() -> None:
    """Everybody with a place was proposed there: a number hidden in one column is not read from the next."""
    places = [Node(name, counts(number, number, number)) for name, number in (("museum", 3), ("kitchen", 12), ("park", 25))]
    nobody_yet = Node("none", counts(28, 8))
    seen = shown([added("all", [*places, nobody_yet])])
    assert sorted(column for key, column in seen if key == "kitchen") == []


def _random_tree(seed: int) -> list[Node]:
    """Return everybody divided into mentors with places, and the same people divided into partners."""
    draw = random.Random(seed)  # noqa: S311 - made-up numbers
    people = []
    for _ in range(draw.choice((15, 60, 200))):
        furthest = draw.randrange(1, 11)
        has = {column: column is Column.REFERRED or index < furthest for index, column in enumerate(Column)}
        for column in Column:
            has[column] = has[column] and all(has[before] for before in BEFORE[column])
        people.append((draw.randrange(3), draw.randrange(3), draw.randrange(4), has))

    def tally(who: list[tuple[int, int, int, dict[Column, bool]]]) -> dict[Column, int]:
        return {column: sum(has[column] for *_, has in who) for column in Column}

    mentors = [
        added(f"m{m}", [Node(f"p{m}{p}", tally([each for each in people if each[:2] == (m, p)])) for p in range(3)]) for m in range(3)
    ]
    partners = [Node(f"o{o}", tally([each for each in people if each[2] == o])) for o in range(4)]
    return [added("all", mentors), added("all", partners)]


def _row(group: Node, column: Column, leaves: Sequence[str]) -> np.ndarray:
    """Return which unknowns (lowest group by column) a number adds up."""
    row = np.zeros((len(leaves), len(Column)))
    for node in every(group):
        if not node.below:
            row[leaves.index(node.key), list(Column).index(column)] = 1
    return row.ravel()


def _found_out(roots: Sequence[Node], seen: frozenset[tuple[str, Column]]) -> list[tuple[str, tuple[Column, ...]]]:
    """Return what somebody finds who solves all shown numbers, knowing where nobody is and where everybody went on: about few, or hidden.

    Worked out in floating point from a null space, over the lowest groups: another way than the product's own.
    """
    leaves = [node.key for root in roots for node in every(root) if not node.below]
    rows = {(node.key, column): _row(node, column, leaves) for root in roots for node in every(root) for column in Column}
    groups = {node.key: node for root in roots for node in every(root)}.values()
    pairs = [(node, before, column) for node in groups for column in Column for before in BEFORE[column]]
    known = [_row(roots[0], column, leaves) - _row(root, column, leaves) for root in roots[1:] for column in Column]
    known += [rows[node.key, column] for node in groups for column in Column if (node.key, column) in seen or not node.counts[column]]
    known += [
        rows[node.key, before] - rows[node.key, column] for node, before, column in pairs if node.counts[before] == node.counts[column]
    ]
    asked = {
        (node.key, (column,)): rows[node.key, column]
        for node in groups for column in Column if node.counts[column] and (node.key, column) not in seen
    } | {
        (node.key, (before, column)): rows[node.key, before] - rows[node.key, column]
        for node, before, column in pairs if 0 < node.counts[before] - node.counts[column] < LEAST
    }  # fmt: skip
    equations = np.array(known)
    values, vectors = np.linalg.eigh(equations.T @ equations)
    beside = vectors[:, values < 1e-9]
    free = np.abs(np.array(list(asked.values())) @ beside).sum(axis=1) if asked else []
    return [what for what, freedom in zip(asked, free, strict=True) if freedom < 1e-7]


@pytest.mark.parametrize("seed", range(200))
def test_nothing_hidden_can_be_worked_out(seed: int) -> None:
    """Whoever solves all shown numbers of all trees as equations finds no hidden number and no difference of one to four people."""
    roots = _random_tree(seed)
    assert _found_out(roots, shown(roots)) == []


def test_solving_finds_what_adding_up_gives_away() -> None:
    """Of two places with their total one hidden number is found; when both are hidden nothing is."""
    tree = added("all", [Node("a", counts(7)), Node("b", counts(9))])
    everything = {(node.key, column) for node in every(tree) for column in Column if not node.counts[column]}
    found = [worked_out([tree], everything | {(key, Column.REFERRED) for key in keys}) for keys in (["a"], ["a", "b"])]
    assert found == [("a", (Column.REFERRED,)), None]


def test_solving_finds_who_stopped_between_two_hidden_numbers() -> None:
    """Where everybody elsewhere went on, two totals give the three who stopped at one place, though none of its numbers are known."""
    places = [Node("a", counts(13, 10)), Node("b", counts(8, 8))]
    tree = added("all", places)
    hidden = {(node.key, column) for node in places for column in Column} | {("all", column) for column in list(Column)[2:]}
    assert worked_out([tree], hidden) == ("all", (Column.REFERRED, Column.ELIGIBLE))
    hidden.add(("all", Column.ELIGIBLE))
    assert worked_out([tree], hidden) is None


@pytest.mark.parametrize(
    ("successes", "of", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)],
)
def test_interval_is_that_of_wilson(successes: int, of: int, low: float, high: float) -> None:
    """Against published values, to four places."""
    found = wilson(successes, of)
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


def test_share_of_nobody_is_refused() -> None:
    """No people, no share."""
    with pytest.raises(ValueError, match="0 of 0"):
        wilson(0, 0)
