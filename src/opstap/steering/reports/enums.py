"""What a report counts, by which groups, and how few is too few."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise

LEAST = 5
"""A number about fewer people than this is not shown, nor any number from which it could be worked out."""


class Column(StrEnum):
    """What is counted; each counts a part of the people of the columns it follows from (`BEFORE`)."""

    REFERRED = "referred"
    ELIGIBLE = "eligible"
    PROPOSED = "proposed"
    AGREED = "agreed"
    STARTED = "started"
    ENDED = "ended"
    COMPLETED = "completed"
    DUE = "due"
    KNOWN = "known"
    WORKS = "works"


_WALK = (Column.REFERRED, Column.ELIGIBLE, Column.PROPOSED, Column.AGREED, Column.STARTED, Column.ENDED)
BEFORE: dict[Column, tuple[Column, ...]] = {
    **{column: _WALK[:index] for index, column in enumerate(_WALK)},
    Column.COMPLETED: _WALK,
    Column.DUE: _WALK,
    Column.KNOWN: (*_WALK, Column.DUE),
    Column.WORKS: (*_WALK, Column.DUE, Column.KNOWN),
}
"""Of which columns a column counts a part."""
BESIDE: dict[Column, tuple[Column, ...]] = {
    column: tuple(each for each in Column if each in BEFORE[column] or column in BEFORE[each]) for column in Column
}
"""Which columns count a part of a column, or it a part of them."""
FUNNEL = _WALK[:5]
SPANS = tuple(pairwise(FUNNEL))
"""The steps between which time is measured."""


class Part(StrEnum):
    """By what a report is divided."""

    PLACE = "place"
    MENTOR = "mentor"
    PARTNER = "partner"


COMPLETED_REASONS = ("completed", "found_work", "started_training", "goal_reached")
"""Ends that count as completed: the work was done, or something better came."""
