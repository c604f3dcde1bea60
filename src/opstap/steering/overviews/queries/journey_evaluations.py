"""The evaluations of one person's way through a programme, and what they can do by now: for the counsellor, and for the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.evaluations.enums import EvaluationState, PersonAnswer
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.evaluations.queries import Development, competency_list, evaluations_of, placement_to_ask
from opstap.journey.referrals.models import Referral
from opstap.steering.overviews.queries.evaluation_page import SeenTask, seen_tasks


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One version of one evaluation: what was written and what the person said of it. `is_current`: no later version took its place."""

    id: UUID
    occasion: Reason
    state: EvaluationState
    place: str
    host: str
    mentor: str
    number: int
    is_current: bool
    reason: str
    asked_on: date
    due_on: date
    is_late: bool
    written_by: str
    written_on: date | None
    strengths: tuple[Reason, ...]
    went_well: str
    next_step: str
    seen: tuple[SeenTask, ...]
    answer: PersonAnswer
    words: str
    answered_on: date | None
    channel: str

    @property
    def is_written(self) -> bool:
        """Whether there is something to read."""
        return self.written_on is not None

    @property
    def may_answer(self) -> bool:
        """Whether it waits for what the person says of it."""
        return self.state is EvaluationState.WRITTEN and self.is_current


@dataclass(frozen=True, slots=True)
class JourneyEvaluations:
    """Every version, newest first; the competency list; and whether one can be asked now."""

    lines: tuple[EvaluationLine, ...]
    competences: tuple[Development, ...]
    to_ask: bool

    @property
    def to_answer(self) -> EvaluationLine | None:
        """The latest that waits for what the person says of it."""
        return next((line for line in self.lines if line.may_answer), None)


def journey_evaluations(actor: Actor, referral: Referral, on: date) -> JourneyEvaluations:
    """Return the evaluations of a followed person, or a person's own; nothing for anybody else. Five queries."""
    rows = list(evaluations_of(actor, referral.pk, on))
    corrected = {row.corrects_id for row in rows}
    return JourneyEvaluations(
        lines=tuple(_line(row, on, is_current=row.pk not in corrected) for row in rows),
        competences=tuple(competency_list(actor, referral.pk)),
        to_ask=placement_to_ask(actor, referral.pk) is not None,
    )


def _line(row: Evaluation, on: date, *, is_current: bool) -> EvaluationLine:
    place = row.placement.seat.place
    return EvaluationLine(
        id=row.pk,
        occasion=Reason(f"evaluations.{row.occasion}"),
        state=EvaluationState(row.state),
        place=place.title,
        host=place.organisation.name,
        mentor=place.mentor.name if place.mentor else "",
        number=row.number,
        is_current=is_current,
        reason=row.correction_reason,
        asked_on=localdate(row.asked_at),
        due_on=row.due_on,
        is_late=row.state == EvaluationState.ASKED and row.due_on < on,
        written_by=row.written_by,
        written_on=localdate(row.written_at) if row.written_at else None,
        strengths=tuple(Reason(f"evaluations.strength.{code}") for code in row.strengths),
        went_well=row.went_well or "",
        next_step=row.next_step or "",
        seen=seen_tasks(row),
        answer=PersonAnswer(row.person_answer),
        words=row.person_words or "",
        answered_on=localdate(row.answered_at) if row.answered_at else None,
        channel=row.channel,
    )
