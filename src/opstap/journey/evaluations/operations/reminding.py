"""One reminder to who writes, then a telephone call by who follows the person."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, ActorKind
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.outbox.operations import cancel_messages
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.journey.evaluations.assembly import days_of
from opstap.journey.evaluations.enums import CallOutcome, CloseReason, EvaluationState
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.evaluations.operations.telling import ask_writers
from opstap.journey.evaluations.permissions import may_ask


def _waiting(programme: Programme | None, soon: date) -> QuerySet[Evaluation]:
    waiting = Evaluation.objects.filter(state=EvaluationState.ASKED, due_on__lte=soon, reminded_at__isnull=True)
    waiting = waiting if programme is None else waiting.filter(placement__referral__programme=programme)
    return waiting.select_related("placement__person", "placement__seat__place__organisation", "placement__seat__place__mentor")


_WAITING = Prepared(_waiting)


@operation
def remind_or_call(*, programme: Programme | None = None, by: Actor, at: datetime) -> int:
    """Remind once, some days before the due day; return how many were reminded. After the due day it is a call (`queries.to_call`).

    Of a programme, or of all of them.

    Who has no e-mail is not reminded: for them the call is the reminder. Raises `Refused` for anybody but the product itself.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise Refused(Reason("evaluations.may_not_ask"))
    today = localdate(at)
    soon = today + timedelta(days=days_of("remind_days_before", today))
    rows = _WAITING(programme=programme, soon=soon)
    reached = ask_writers(rows, "message.evaluation_reminder", by, at)
    Evaluation.objects.filter(pk__in=reached).update(reminded_at=at)
    record(by=by, at=at, action="remind_evaluations", subject_kind="evaluation", subject_id="", facts={"reminded": len(reached)})
    return len(reached)


@operation
def note_call(*, evaluation: Evaluation, outcome: CallOutcome, by: Actor, at: datetime) -> Evaluation:
    """Note what came of a call: it will come, or it will not and the evaluation is closed.

    Raises `Refused` for who may not, and when it does not wait any more.
    """
    lock_in_order(f"placement:{evaluation.placement_id}")
    row = Evaluation.objects.select_related("placement__referral").get(pk=evaluation.pk)
    if not may_ask(by, row.placement):
        raise Refused(Reason("evaluations.may_not_ask"))
    if row.state != EvaluationState.ASKED:
        raise Refused(Reason("evaluations.waits_no_more"))
    today = localdate(at)
    row.called_at, row.call_again_on = at, today + timedelta(days=days_of("call_again_days", today))
    if outcome is CallOutcome.NOT_COMING:
        row.state, row.closed_at, row.close_reason = EvaluationState.CLOSED.value, at, CloseReason.NOT_COMING.value
        cancel_messages(subject_kind="evaluation", subject_id=row.pk, reason="closed", by=by, at=at)
    row.save(update_fields=["called_at", "call_again_on", "state", "closed_at", "close_reason"])
    facts = {"outcome": outcome.value}
    person_id = row.placement.person_id
    record(by=by, at=at, action="call_evaluation", subject_kind="evaluation", subject_id=row.pk, person_id=person_id, facts=facts)
    return row
