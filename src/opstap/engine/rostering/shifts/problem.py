"""A question of days and shifts, as a value: kinds of shift, what each worker may do, wishes, and the people asked per day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Roster = Mapping[str, tuple[str | None, ...]]
"""Per worker the kind of shift of every day, None for a day off."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of shift; on the next day none of `not_followed_by` may come."""

    key: str
    minutes: int
    not_followed_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Contract:
    """What a worker may do. `most_of`: shifts per kind, none of a kind that is not there.

    Runs: at most `longest_run` days of work in a row, at least `shortest_run`, and at least `shortest_rest` days off between. A run or
    rest that touches the first or the last day may be shorter, since what lies before and after is not known; only the longest counts
    as it stands. A weekend counts when Saturday or Sunday is worked.
    """

    key: str
    most_of: Mapping[str, int]
    least_minutes: int
    most_minutes: int
    longest_run: int
    shortest_run: int
    shortest_rest: int
    most_weekends: int
    days_off: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """A worker who wants a kind of shift on a day, or wants not to have it; `points` when it does not come true."""

    worker: str
    day: int
    kind: str
    points: int
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """The people asked for a kind of shift on a day, and the points for each one missing and each one too many."""

    day: int
    kind: str
    people: int
    missing: int
    extra: int


@dataclass(frozen=True)
class ShiftProblem:
    """A question over `days` days from a Monday, day 0."""

    days: int
    kinds: tuple[Kind, ...]
    workers: tuple[Contract, ...]
    wishes: tuple[Wish, ...] = ()
    covers: tuple[Cover, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError when keys repeat or point nowhere, or a day lies outside."""
        kinds, workers = {kind.key for kind in self.kinds}, {worker.key for worker in self.workers}
        if self.days < 1 or len(kinds) != len(self.kinds) or len(workers) != len(self.workers):
            raise ValueError("a question has at least one day, and no kind or worker twice")
        followers = [other for kind in self.kinds for other in kind.not_followed_by]
        named = [*followers, *(wish.kind for wish in self.wishes), *(cover.kind for cover in self.covers)]
        if strange := {*named, *(kind for worker in self.workers for kind in worker.most_of)} - kinds:
            raise ValueError(f"unknown kind of shift: {', '.join(sorted(strange))}")
        if strange := {wish.worker for wish in self.wishes} - workers:
            raise ValueError(f"unknown worker: {', '.join(sorted(strange))}")
        days = [*(wish.day for wish in self.wishes), *(cover.day for cover in self.covers), *(d for w in self.workers for d in w.days_off)]
        if outside := [day for day in days if not 0 <= day < self.days]:
            raise ValueError(f"a day outside the question: {outside[0]}")
        if len({(cover.day, cover.kind) for cover in self.covers}) != len(self.covers):
            raise ValueError("a kind of shift is asked twice on the same day")
