"""How people behave in the simulated year. Shares are assumptions for trying out the product, not findings about anybody."""

from __future__ import annotations

from dataclasses import dataclass, field

from opstap.journey.attendance.enums import DayState
from opstap.journey.placements.enums import EndReason


@dataclass(frozen=True, slots=True)
class Habits:
    """Probabilities (0 to 1) per event, and days between steps. No-shows: 11 % with a choice of one's own (product research)."""

    chooses_moment: float = 0.85
    chooses_when_called: float = 0.7
    comes_to_talk: float = 0.85
    excuses: float = 0.04
    person_says_yes: float = 0.72
    person_says_no: float = 0.18
    host_says_yes: float = 0.88
    tries_first: float = 0.35
    trial_fails: float = 0.06
    signs_on_paper: float = 0.3
    illness_starts: float = 0.02
    illness_days: tuple[int, int] = (2, 12)
    moves_house: float = 0.03
    confirms_place: float = 0.8
    looks_at_month: float = 0.6
    contests_day: float = 0.01
    stops_early: float = 0.25
    writes_evaluation: float = 0.8
    accepts_relay: float = 0.8
    sees_to_task: float = 0.75
    answers_in_days: tuple[int, int] = (1, 6)
    days: dict[DayState, float] = field(
        default_factory=lambda: {DayState.HERE: 0.86, DayState.LATE: 0.05, DayState.EXCUSED: 0.05, DayState.ABSENT: 0.04}
    )
    early_ends: dict[EndReason, float] = field(
        default_factory=lambda: {
            EndReason.FOUND_WORK: 0.3,
            EndReason.STARTED_TRAINING: 0.15,
            EndReason.PERSON_STOPS: 0.25,
            EndReason.ILLNESS: 0.12,
            EndReason.HOST_STOPS: 0.08,
            EndReason.MOVED_AWAY: 0.05,
            EndReason.DUTIES_NOT_KEPT: 0.05,
        }
    )


HABITS = Habits()
