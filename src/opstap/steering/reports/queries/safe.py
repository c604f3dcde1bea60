"""What may be shown: no number about fewer than five people, and none from which such a number could be worked out.

Groups form a tree (programme, mentors, their places); every number of a group is the sum of those below it. What can be worked out is:
the difference of two columns of one group, and what a group has beyond the shown groups below it. All of these count nobody, or at
least five people, and what is beyond belongs to more than one group; a hidden number is never the sum of shown ones. Where that
fails, one more number is hidden: the smallest. These rules look at one group at a time; when they are content, all numbers are solved
together (`solving`), and as long as that gives a hidden number away, the smallest number near it is hidden too.
"""

from __future__ import annotations

from collections.abc import Sequence

from opstap.steering.reports.enums import BEFORE, BESIDE, LEAST, Column
from opstap.steering.reports.queries.solving import Node, Number, every, worked_out

Hidden = set[Number]


def shown(roots: Sequence[Node]) -> frozenset[Number]:
    """Return which numbers may be shown, as (group, column); trees of several roots divide the same people in different ways.

    A root that stands in several trees has the same key in each, and is hidden in all or in none.
    """
    hidden: Hidden = set()
    nodes = [node for root in roots for node in every(root)]
    while _hide_more(nodes, hidden) or _hide_solvable(roots, hidden):
        pass
    return frozenset((node.key, column) for node in nodes for column in Column if (node.key, column) not in hidden)


def _hide_more(nodes: Sequence[Node], hidden: Hidden) -> bool:
    """Hide what has to be because of one group, group after group; tell whether there was anything."""
    before = len(hidden)
    for node in nodes:
        while each := _to_hide(node, hidden):
            hidden.update(each)
    return len(hidden) > before


def _hide_solvable(roots: Sequence[Node], hidden: Hidden) -> bool:
    """Hide one more number when another can be worked out from all that are shown; tell whether there was one.

    It is the smallest number still shown of the same columns: among the groups beside and below, else in the trees it stands in, else any.
    """
    found = worked_out(roots, hidden)
    if found is None:
        return False
    key, columns = found
    whole = [node for root in roots for node in every(root)]
    around = [node for node in whole if key in {node.key, *(child.key for child in node.below)}]
    near = [each for node in around for each in every(node)[1:]]
    for groups, among in ((near, columns), (whole, columns), (whole, tuple(Column))):
        left = [(each.counts[column], each.key, column) for each in groups for column in among if (each.key, column) not in hidden]
        if left:
            hidden.add(min(left)[1:])
            return True
    return False


def _small(number: int) -> bool:
    """Tell whether a number points at few people; nobody is nobody."""
    return 0 < number < LEAST


def _to_hide(node: Node, hidden: Hidden) -> list[Number]:
    """Return the next number to hide because of this group, at most one."""
    for column in Column:
        if (node.key, column) in hidden:
            if node.below and node.counts[column] and not _rest(node, column, hidden):
                return [_smallest(node, column, hidden)]
            continue
        visible = [each for each in BEFORE[column] if (node.key, each) not in hidden]
        number = node.counts[column]
        if number < LEAST or any(_small(node.counts[each] - number) for each in visible) or _has_hidden_twin(node, column, hidden):
            return [(node.key, column)]
        if _gives_away(node, column, visible, hidden):
            return [_smallest(node, column, hidden)]
    return []


def _has_hidden_twin(node: Node, column: Column, hidden: Hidden) -> bool:
    """Tell whether a hidden number of the group is the same one: who has a place was proposed there, so both columns are known to agree."""
    return any(node.counts[each] == node.counts[column] and (node.key, each) in hidden for each in BESIDE[column])


def _rest(node: Node, column: Column, hidden: Hidden) -> list[Node]:
    """Return the lowest groups below with people in the column, whose number is not shown, nor that of a group around them.

    A group without people hides nobody else: that it has none can be known.
    """
    rest: list[Node] = []
    for child in node.below:
        if (child.key, column) in hidden:
            rest += _rest(child, column, hidden) if child.below else [child] * bool(child.counts[column])
    return rest


def _gives_away(node: Node, column: Column, visible: Sequence[Column], hidden: Hidden) -> bool:
    """Tell whether what the group has beyond the shown groups below it says something about few people, or about one group."""
    rest = _rest(node, column, hidden)
    total = sum(each.counts[column] for each in rest)
    if _small(total) or len(rest) == 1:
        return True
    stopped = ((sum(each.counts[before] for each in rest) - total, _stopped_beyond(node, before, column, hidden)) for before in visible)
    return any(_small(number) for both in stopped for number in both)


def _stopped_beyond(node: Node, before: Column, column: Column, hidden: Hidden) -> int:
    """Return how many stopped between two columns in what the group has beyond the groups below of which both are known."""
    number = 0
    for child in node.below:
        if all((child.key, each) not in hidden or not child.counts[each] for each in (before, column)):
            continue
        inside = _stopped_beyond(child, before, column, hidden) if child.below else child.counts[before] - child.counts[column]
        number += inside
    return number


def _smallest(node: Node, column: Column, hidden: Hidden) -> Number:
    """Return the smallest number under the group that is still shown; its own when nothing is left."""
    below = [each for each in every(node)[1:] if (each.key, column) not in hidden]
    least = min(below, key=lambda each: (each.counts[column], each.key), default=node)
    return least.key, column
