"""The people of a roster: workers with a contract and wishes, and the coaches who receive them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.engine.shared import Period

ALWAYS = Period(date.min)

WEEKDAYS = range(7)


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody employed by the association. `week_minutes` of contract on average; `days`: weekdays of the contract, 0 is Monday.

    `skills`: functions the worker can do; `wishes`: functions to learn, in order. `minor_until`: the 18th birthday of a minor.
    `stay`: the site and the number of weeks the worker has just spent there, before the first day planned.
    `most_minutes`: the longest way to work one way, None: as the rules say.
    """

    key: str
    week_minutes: int
    days: frozenset[int]
    skills: frozenset[str]
    wishes: tuple[str, ...] = ()
    limits: frozenset[str] = frozenset()
    licences: frozenset[str] = frozenset()
    contract: Period = ALWAYS
    absent: tuple[Period, ...] = ()
    minor_until: date | None = None
    most_minutes: int | None = None
    stay: tuple[str, int] | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a contract without hours or days, or a wish that is a skill already."""
        if self.week_minutes < 1 or not self.days <= set(WEEKDAYS) or not self.days:
            msg = f"worker {self.key}: a contract has hours and weekdays (0 to 6)"
            raise ValueError(msg)
        if self.skills & set(self.wishes) or len(set(self.wishes)) != len(self.wishes):
            msg = f"worker {self.key}: a wish is something the worker cannot do yet, and stands once"
            raise ValueError(msg)

    def is_absent_on(self, day: date) -> bool:
        """Tell whether the worker is away that day."""
        return any(day in period for period in self.absent)

    def is_minor_on(self, day: date) -> bool:
        """Tell whether the worker is under 18 that day."""
        return self.minor_until is not None and day < self.minor_until

    def is_employed_on(self, day: date) -> bool:
        """Tell whether the contract runs that day, and the weekday is one of it."""
        return day in self.contract and day.weekday() in self.days

    def is_learning(self, function: str) -> bool:
        """Tell whether the worker would do this function as a learner."""
        return function not in self.skills


@dataclass(frozen=True, slots=True)
class Coach:
    """Somebody of the member who receives workers at a site on some weekdays; `maximum` workers at the same time."""

    key: str
    site: str
    days: frozenset[int]
    maximum: int
    absent: tuple[Period, ...] = ()

    def is_present_on(self, day: date) -> bool:
        """Tell whether the coach is at the site that day."""
        return day.weekday() in self.days and not any(day in period for period in self.absent)
