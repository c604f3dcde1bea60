"""What a relay starts with: taken from the plan, the evidence and the end of the work; nothing is typed twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from opstap.journey.evaluations.models import EvidenceLine
from opstap.journey.outcomes.assembly.health import health_words
from opstap.journey.outcomes.enums import RELAY_LINES
from opstap.journey.plans.enums import IN_FORCE, GoalState
from opstap.journey.plans.models import Action, Goal
from opstap.journey.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a relay; each line is a ready text without a word of health.

    `evidence`: competence, level as a code of `outcomes.level.*`, and the day it was last seen (ISO).
    """

    goals: tuple[str, ...]
    evidence: tuple[tuple[str, str, str], ...]
    next_step: str


def parts_for(referral: Referral) -> Parts:
    """Return what is known: the goals still open, what was seen last of each competence, and the first action that is not done."""
    goals = Goal.objects.filter(plan__referral=referral, plan__state__in=[state.value for state in IN_FORCE])
    still_open = goals.filter(state=GoalState.OPEN).order_by("position", "pk")
    todo = Action.objects.filter(goal__in=still_open, done_on__isnull=True).order_by("due_on", "position", "pk")
    return Parts(
        goals=_clean(goal.text for goal in still_open[: RELAY_LINES * 2]),
        evidence=_seen(referral),
        next_step=next(iter(_clean(action.text for action in todo[:RELAY_LINES])), ""),
    )


def _seen(referral: Referral) -> tuple[tuple[str, str, str], ...]:
    """Return the latest line of each competence, the highest level first."""
    rows = EvidenceLine.objects.filter(referral=referral).select_related("competence").order_by("on", "pk")
    latest = {row.competence_id: row for row in rows}
    ordered = sorted(latest.values(), key=lambda row: (-row.level, -row.on.toordinal(), row.competence.label))
    return tuple((row.competence.label, f"outcomes.level.{row.level}", row.on.isoformat()) for row in ordered[:RELAY_LINES])


def _clean(texts: Iterable[str]) -> tuple[str, ...]:
    """Leave out what speaks of health, and what does not fit on the page."""
    return tuple(text for text in texts if text and not health_words([text]))[:RELAY_LINES]
