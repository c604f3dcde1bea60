"""Places, and what limits them: mentors and hosts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.engine.matching.people import check_coordinates, check_dutch, check_half_days
from opstap.engine.shared import Period

LEARNERS_PER_MENTOR = 3
"""One trained mentor for three places: the ratio of ESF call 572 (a parameter: `Mentor.capacity`)."""


@dataclass(frozen=True, slots=True)
class Place:
    """One work-learning place of a host, with `capacity` seats.

    `half_days`: bit mask of the half-days on which the work takes place; `needed_half_days`: on how many of them the person
    must be there (None: on all). `period`: the days on which someone can work there. `refused`: persons the host said no to.
    `drawn_as`: the name under which lots are drawn (empty: the key).
    """

    key: str
    host: str
    occupation: str
    half_days: int
    period: Period
    mentor: str | None = None
    capacity: int = 1
    needed_half_days: int | None = None
    dutch: int = 0
    licences: frozenset[str] = frozenset()
    demands: frozenset[str] = frozenset()
    teaches: frozenset[str] = frozenset()
    instruments: frozenset[str] = frozenset({"work_learning_place"})
    longitude: float | None = None
    latitude: float | None = None
    neighbourhood: str = ""
    refused: frozenset[str] = frozenset()
    drawn_as: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError, in plain words, for a value that cannot be meant."""
        whose = f"place {self.key}"
        if not self.key:
            raise ValueError("a place needs a key")
        check_half_days(self.half_days, whose)
        check_dutch(self.dutch, whose)
        check_coordinates(self.longitude, self.latitude, whose)
        if self.capacity < 0:
            msg = f"{whose}: a place cannot have {self.capacity} seats"
            raise ValueError(msg)
        offered = self.half_days.bit_count()
        if offered == 0 or not 1 <= self.must_cover <= offered:
            msg = f"{whose}: the work is on {offered} half-days, so a person cannot be needed on {self.must_cover} of them"
            raise ValueError(msg)
        if not self.instruments:
            msg = f"{whose}: a place needs at least one instrument under which someone can work there"
            raise ValueError(msg)

    @property
    def must_cover(self) -> int:
        """On how many of its half-days the place needs the person."""
        return self.half_days.bit_count() if self.needed_half_days is None else self.needed_half_days


@dataclass(frozen=True, slots=True)
class Mentor:
    """Who guides learners. Not certified: no first learner before `certified_from` (the planned end of the training), if any.

    `certified_until`: the first day on which the certificate no longer holds (None: without end).
    `absent`: the periods in which no new learner can start with this mentor.
    """

    key: str
    capacity: int = LEARNERS_PER_MENTOR
    is_certified: bool = True
    certified_from: date | None = None
    absent: tuple[Period, ...] = ()
    certified_until: date | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a negative number of learners."""
        if self.capacity < 0:
            msg = f"mentor {self.key}: cannot guide {self.capacity} learners"
            raise ValueError(msg)

    def is_certified_on(self, day: date) -> bool:
        """Tell whether the mentor's training is done on the day, and its certificate has not ended."""
        is_trained = self.is_certified or (self.certified_from is not None and self.certified_from <= day)
        return is_trained and not self.has_ended_on(day)

    def has_ended_on(self, day: date) -> bool:
        """Tell whether the mentor's certificate has ended on the day."""
        return self.certified_until is not None and self.certified_until <= day

    def is_absent_on(self, day: date) -> bool:
        """Tell whether the mentor is away on the day."""
        return any(day in period for period in self.absent)


@dataclass(frozen=True, slots=True)
class Host:
    """An organisation that receives people; `capacity` limits all its places together (None: no limit of its own)."""

    key: str
    capacity: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a negative number of people."""
        if self.capacity is not None and self.capacity < 0:
            msg = f"host {self.key}: cannot receive {self.capacity} people"
            raise ValueError(msg)
