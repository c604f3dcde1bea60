"""What the person says of what was written about them: right, or seen otherwise in own words. Both stay."""

from __future__ import annotations

from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.outbox.operations import cancel_messages
from opstap.foundation.prepared import RowByKey
from opstap.journey.evaluations.enums import TRANSITIONS, EvaluationState, PersonAnswer
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.evaluations.permissions import may_answer

MOST_WORDS = 1000
_EVALUATION = RowByKey(Evaluation.objects.select_related("placement__referral"))


@operation
def answer_evaluation(*, evaluation: Evaluation, answer: PersonAnswer, words: str = "", by: Actor, at: datetime) -> Evaluation:
    """Keep what the person says of an evaluation, once; the door through which it came is kept too.

    Raises `Refused` for who may not, for one that was answered or corrected meanwhile, and for seeing it otherwise without words.
    """
    lock_in_order(f"placement:{evaluation.placement_id}")
    row = _EVALUATION(evaluation.pk)
    if not may_answer(by, row) or answer is PersonAnswer.NONE:
        raise Refused(Reason("evaluations.may_not_answer"))
    if EvaluationState.ANSWERED not in TRANSITIONS[EvaluationState(row.state)] or Evaluation.objects.filter(corrects=row).exists():
        raise Refused(Reason("evaluations.not_to_answer"))
    if answer is PersonAnswer.DISAGREE and not words.strip():
        raise Refused(Reason("evaluations.disagree_needs_words"))
    row.person_answer, row.person_words = answer.value, words.strip()[:MOST_WORDS] or None
    row.state, row.answered_at, row.channel = EvaluationState.ANSWERED.value, at, by.channel.value
    row.save(update_fields=["person_answer", "person_words", "state", "answered_at", "channel"])
    person_id = row.placement.person_id
    facts = {"answer": answer.value}
    record(by=by, at=at, action="answer_evaluation", subject_kind="evaluation", subject_id=row.pk, person_id=person_id, facts=facts)
    cancel_messages(subject_kind="evaluation", subject_id=row.pk, reason="answered", by=by, at=at)
    return row
