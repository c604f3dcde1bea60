"""What the parts of the simulated year share: the cast, chance, habits, the agenda and the count of what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import UUID

from opstap.config.simulation.agenda import Agenda
from opstap.config.simulation.cast import Cast
from opstap.config.simulation.habits import HABITS, Habits
from opstap.config.simulation.luck import Luck

Saying = TypeVar("Saying")


@dataclass(slots=True)
class Told:
    """How often each thing happened: what the year tells of itself."""

    talks: int = 0
    no_shows: int = 0
    rounds: int = 0
    proposals: int = 0
    declined_by_person: int = 0
    declined_by_host: int = 0
    lapsed: int = 0
    agreements: int = 0
    placements: int = 0
    trial_days: int = 0
    days: int = 0
    ill: int = 0
    plans: int = 0
    evaluations: int = 0
    certificates: int = 0
    mentors_away: int = 0
    tasks: int = 0
    contacts: int = 0
    months_closed: int = 0
    payment_runs: int = 0
    ended: int = 0
    ended_early: int = 0
    moved: int = 0
    relays: int = 0
    outcomes: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    def refuse(self, code: str) -> None:
        """Count a refusal by its code: the product said no, with a reason."""
        self.refused[code] = self.refused.get(code, 0) + 1


@dataclass(slots=True)
class World:
    """Everything that the parts of the year read and write beside the product itself."""

    cast: Cast
    luck: Luck
    habits: Habits = HABITS
    agenda: Agenda = field(default_factory=Agenda)
    told: Told = field(default_factory=Told)
    invited: set[UUID] = field(default_factory=set)
    planned: set[UUID] = field(default_factory=set)
    waiting: set[UUID] = field(default_factory=set)
    ill_until: dict[UUID, date] = field(default_factory=dict)
    said: Counter[tuple[str, str]] = field(default_factory=Counter)

    def at(self, on: date, *, hour: int = 8) -> datetime:
        """Return a moment on a day, UTC."""
        return datetime(on.year, on.month, on.day, hour, 0, tzinfo=UTC)

    def next_of(self, choices: Sequence[Saying], kind: str, who: str) -> Saying:
        """Return what somebody says this time: each of the choices once, from a drawn one on, before any of them comes again."""
        number = self.said[kind, who]
        self.said[kind, who] += 1
        return choices[(self.luck.between(0, len(choices) - 1, kind, who) + number) % len(choices)]
