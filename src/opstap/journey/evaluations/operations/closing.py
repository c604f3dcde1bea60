"""What is not asked any more once somebody's work has ended."""

from __future__ import annotations

from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.outbox.operations import cancel_messages
from opstap.journey.evaluations.enums import CloseReason, EvaluationState, Occasion
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.evaluations.permissions import may_ask
from opstap.journey.placements.models import Placement


@operation
def close_at_end(*, placement: Placement, by: Actor, at: datetime) -> int:
    """Close the evaluation that still waits when work ends, unless it is the one about the end itself; return how many were closed.

    Nobody is called about it, and the end can still be asked. Raises `Refused` for who may not.
    """
    lock_in_order(f"placement:{placement.pk}")
    if not may_ask(by, placement):
        raise Refused(Reason("evaluations.may_not_ask"))
    rows = list(Evaluation.objects.filter(placement=placement, state=EvaluationState.ASKED).exclude(occasion=Occasion.END))
    for row in rows:
        row.state, row.closed_at, row.close_reason = EvaluationState.CLOSED.value, at, CloseReason.CANCELLED.value
        row.save(update_fields=["state", "closed_at", "close_reason"])
        cancel_messages(subject_kind="evaluation", subject_id=row.pk, reason="placement_ended", by=by, at=at)
    facts = {"closed": [str(row.pk) for row in rows]}
    person_id = placement.person_id if rows else None
    record(by=by, at=at, action="close_evaluations", subject_kind="placement", subject_id=placement.pk, person_id=person_id, facts=facts)
    return len(rows)
