"""Evaluations: most are written in time, some after a call, and most people say what they think of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT, key_of, self_of
from opstap.config.simulation.nights import ASKING_HOUR
from opstap.config.simulation.sayings import DISAGREES, NEXT_STEP, WENT_WELL
from opstap.engine.shared import Refused
from opstap.foundation.prepared import Prepared
from opstap.journey.evaluations.enums import CallOutcome, EvaluationState, PersonAnswer, Strength
from opstap.journey.evaluations.operations import Seen, answer_evaluation, note_call, write_evaluation
from opstap.journey.evaluations.queries import evaluation_for, to_call, visible_evaluations
from opstap.journey.plans.enums import Level
from opstap.journey.plans.queries import offered_competences

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from opstap.config.simulation.world import World
    from opstap.foundation.programmes.models import Programme
    from opstap.journey.evaluations.models import Evaluation

_SEEN = 4
_LEVELS = {Level.NOT_YET: 0.1, Level.WITH_HELP: 0.35, Level.WITH_DIRECTIONS: 0.4, Level.ALONE: 0.15}


def ask(world: World, on: date) -> None:
    """Let the floors answer in their own time what was asked in the night; call about what does not come."""
    asked = _ASKED(programme=world.cast.programme, at=world.at(on, hour=ASKING_HOUR))
    for evaluation in sorted(asked, key=_named):
        who = key_of(evaluation.placement.person)
        if world.luck.happens(world.habits.writes_evaluation, "writes", who, evaluation.occasion):
            days = world.luck.between(1, 9, "writes in", who, evaluation.occasion)
            world.agenda.put(on + timedelta(days=days), lambda day, row=evaluation: _write(world, row, day))  # type: ignore[misc]  # bound now
    for late in sorted(_TO_CALL(programme=world.cast.programme, on=on), key=_named):
        counsellor = world.cast.counsellor(late.placement.referral)
        will = world.luck.happens(0.7, "will come", key_of(late.placement.person), late.occasion)
        try:
            note_call(evaluation=late, outcome=CallOutcome.WILL_COME if will else CallOutcome.NOT_COMING, by=counsellor, at=world.at(on))
        except Refused as refused:
            world.told.refuse(refused.reason.code)
            continue
        if will:
            world.agenda.put(on + timedelta(days=2), lambda day, row=late: _write(world, row, day))  # type: ignore[misc]  # bound now


def _asked(programme: Programme, at: datetime) -> QuerySet[Evaluation]:
    rows = visible_evaluations(NIGHT, date.min).filter(asked_at=at, placement__referral__programme=programme)
    return rows.select_related("placement__person")


_ASKED = Prepared(_asked)
_TO_CALL: Prepared[Evaluation] = Prepared(lambda programme, on: to_call(NIGHT, on).filter(placement__referral__programme=programme))


def _named(evaluation: Evaluation) -> tuple[str, str]:
    """Return what names an evaluation in every run."""
    return key_of(evaluation.placement.person), evaluation.occasion


def _write(world: World, evaluation: Evaluation, on: date) -> None:
    row = evaluation_for(NIGHT, evaluation.pk, on)
    if row is None or row.state != EvaluationState.ASKED:
        return
    placement = row.placement
    who = (key_of(placement.person), row.occasion)
    codes = sorted(each.pk for each in offered_competences(placement.referral).values())
    chosen = {world.luck.one_of(codes, "competence", *who, number) for number in range(_SEEN)}
    seen = [Seen(code, world.luck.weighed(_LEVELS, "level", *who, code)) for code in sorted(chosen)]
    strengths = [strength for strength in Strength if world.luck.happens(0.3, "strength", *who, strength.value)] or [Strength.LEARNS]
    try:
        written = write_evaluation(
            evaluation=row,
            seen=seen,
            strengths=strengths,
            went_well=world.next_of(WENT_WELL, "went well", who[0]),
            next_step=world.next_of(NEXT_STEP, "next step", who[0]),
            by=world.cast.host(placement.seat.place.organisation_id),
            at=world.at(on, hour=16),
        )
    except Refused as refused:
        world.told.refuse(refused.reason.code)
        return
    world.told.evaluations += 1
    if world.luck.happens(0.75, "answers", *who):
        agrees = world.luck.happens(0.88, "agrees", *who)
        answer = PersonAnswer.AGREE if agrees else PersonAnswer.DISAGREE
        words = "" if agrees else world.next_of(DISAGREES, "disagrees", who[0])
        answer_evaluation(evaluation=written, answer=answer, words=words, by=self_of(placement.person), at=world.at(on, hour=19))
