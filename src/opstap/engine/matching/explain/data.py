"""What an explanation says, per person, per place and about where to look for new places. Keys are pseudonymous; reasons hold no names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from opstap.engine.shared import Reason


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place where the person could work. `loss`: how far the total of the round falls when the person goes there.

    `loss_parts`: the same per criterion, in levels. `holders`: who has the seats there now. `difference`: what would be different
    for the person. `cost`: in words, what the round would lose.
    """

    place: str
    loss: int
    loss_parts: Mapping[str, int]
    holders: tuple[str, ...]
    difference: tuple[Reason, ...]
    cost: Reason


@dataclass(frozen=True, slots=True)
class Miss:
    """A place that the person cannot have, with the reason of every rule in the way."""

    place: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change of a person that opens a place: one reason per thing that changes.

    `place`: the place it is aimed at; `opens`: every place that becomes possible with it; `is_enough`: whether the person would
    then be proposed there, or only stand in line.
    """

    reasons: tuple[Reason, ...]
    place: str
    opens: tuple[str, ...]
    is_enough: bool


@dataclass(frozen=True, slots=True)
class PersonExplanation:
    """Why this proposal, or why none. `possible`: how many places the person could have, taken or not.

    `alternatives`: the two that cost the round least. `misses`: the places that came nearest. `questions`: codes of what to ask.
    """

    person: str
    place: str | None
    reasons: tuple[Reason, ...]
    possible: int
    alternatives: tuple[Alternative, ...]
    misses: tuple[Miss, ...]
    questions: tuple[str, ...]
    change: Change | None


@dataclass(frozen=True, slots=True)
class KeptOut:
    """How many of the people without a place a rule keeps out: as the only obstacle (`sole`), and in all (`total`)."""

    rule: str
    sole: int
    total: int


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """A change of a place, and how many people without a place it would open the place for."""

    reasons: tuple[Reason, ...]
    opens: int


@dataclass(frozen=True, slots=True)
class PlaceExplanation:
    """How a place came out. `free`: seats left over; `blocked`: why they cannot be used although free (mentor or host full).

    `possible`: people who could work there. `changes`: the smallest changes that open it, best first; only for a place with seats
    left over. `seat_value`: exactly what one more seat there, with guidance and room of its own, would add to the round;
    `seat_parts`: the same in levels.
    """

    place: str
    free: int
    proposed: tuple[str, ...]
    blocked: Reason | None
    possible: int
    kept_out: tuple[KeptOut, ...]
    changes: tuple[PlaceChange, ...]
    seat_value: int
    seat_parts: Mapping[str, int]
    price: Reason


@dataclass(frozen=True, slots=True)
class Prospect:
    """A kind of place worth looking for: where one more seat adds most, or what people without a place wish for.

    `half_days`: bit mask. `people`: how many without a place could or would work there. `seat_value`: what one seat adds, 0 when
    no such place exists yet.
    """

    occupation: str
    neighbourhood: str
    half_days: int
    people: int
    seat_value: int
    reason: Reason


@dataclass(frozen=True)
class Explanation:
    """Everything there is to say about a round, by key of person and of place."""

    people: Mapping[str, PersonExplanation]
    places: Mapping[str, PlaceExplanation]
    prospects: tuple[Prospect, ...]
