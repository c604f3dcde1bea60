"""The work of a roster: members, their sites, functions, and what they ask for on each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.engine.shared import Period

ALWAYS = Period(date.min)


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation that uses workers of the association; only on days in `periods` is it a member."""

    key: str
    periods: tuple[Period, ...] = (ALWAYS,)


@dataclass(frozen=True, slots=True)
class Site:
    """A place of work of a member. `closed`: days without work. `is_seaside_shop`: at most 5 km from the coast.

    `extra_sundays`: the other Sundays of the year that the shop has chosen to open.
    """

    key: str
    member: str
    closed: tuple[Period, ...] = ()
    is_seaside_shop: bool = False
    extra_sundays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Function:
    """A kind of work: what it asks of a body, which licences it needs, and whether nobody likes it."""

    key: str
    demands: frozenset[str] = frozenset()
    licences: frozenset[str] = frozenset()
    is_unloved: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    """What a site asks for a function on a weekday: from `starts` to `ends` (minutes after midnight), `pause` minutes of break.

    `minimum` people who can do it, `wanted` people in all, `maximum` people in all (learners count for the last two).
    """

    site: str
    function: str
    weekday: int
    starts: int
    ends: int
    pause: int
    minimum: int
    wanted: int
    maximum: int
    period: Period = ALWAYS

    def __post_init__(self) -> None:
        """Raise ValueError when the numbers do not rise or the hours run backwards."""
        if not 0 <= self.minimum <= self.wanted <= self.maximum:
            msg = f"{self.site}, {self.function}: minimum, wanted and maximum must rise"
            raise ValueError(msg)
        if not 0 <= self.starts < self.ends - self.pause or self.pause < 0 or self.ends > 24 * 60:
            msg = f"{self.site}, {self.function}: the hours must run forward within one day"
            raise ValueError(msg)

    @property
    def minutes(self) -> int:
        """Minutes of work, the break not counted."""
        return self.ends - self.starts - self.pause


@dataclass(frozen=True, slots=True)
class Cell:
    """A demand on one date; `index` is its row in `Problem.cells`."""

    index: int
    day: date
    demand: Demand

    @property
    def key(self) -> tuple[str, str, date, int]:
        """Site, function, day and start: what an assignment points to."""
        return (self.demand.site, self.demand.function, self.day, self.demand.starts)
