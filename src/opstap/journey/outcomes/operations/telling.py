"""What became of somebody at exit and 3, 6 and 12 months later: told once per moment; a correction is a new row."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.outbox.enums import Weight
from opstap.foundation.outbox.operations import Content, cancel_messages, queue_message
from opstap.foundation.programmes.models import Programme
from opstap.journey.outcomes.enums import OutcomeKind, OutcomeMoment, OutcomeSource
from opstap.journey.outcomes.models import Ending, Outcome, OutcomeAsked
from opstap.journey.outcomes.permissions import may_tell_outcome
from opstap.journey.outcomes.queries import due_moments, due_on
from opstap.journey.people.queries import recipient_of


@operation
def record_outcome(*, ending: Ending, moment: OutcomeMoment, kind: OutcomeKind, source: OutcomeSource, by: Actor, at: datetime) -> Outcome:
    """Keep what somebody does at a moment after an end; when it was told before, this corrects it and both rows stay.

    Raises `Refused` for who may not, and before the moment has come. What is told as it was changes nothing.
    """
    if not may_tell_outcome(by, ending):
        raise Refused(Reason("outcomes.may_not_tell"))
    on = localdate(at)
    if moment is not OutcomeMoment.EXIT and on < due_on(ending.on, moment):
        raise Refused(Reason("outcomes.not_due_yet", {"on": due_on(ending.on, moment).isoformat()}))
    lock_in_order(f"ending:{ending.pk}")
    last = Outcome.objects.filter(ending=ending, moment=moment, corrected_by__isnull=True).first()
    same = last is not None and (last.kind, last.source) == (kind, source)
    row = (
        last
        if last is not None and same
        else Outcome.objects.create(
            referral=ending.referral,
            ending=ending,
            moment=moment.value,
            kind=kind.value,
            source=source.value,
            on=on,
            corrects=last,
            by_label=by.label[:200],
            channel=by.channel.value,
            at=at,
        )
    )
    cancel_messages(subject_kind="ending", subject_id=ending.pk, reason="told", code="message.outcome", by=by, at=at)
    facts = {"moment": moment.value, "corrects": bool(last) and not same}
    record(
        by=by, at=at, action="tell_outcome", subject_kind="ending", subject_id=ending.pk, person_id=ending.referral.person_id, facts=facts
    )
    return row


@operation
def ask_outcomes(*, programme: Programme | None = None, by: Actor, at: datetime) -> int:
    """Ask everybody whose moment has come how it goes, once per moment, by a link to the own page; return how many were asked.

    Everybody of a programme, or of all of them.
    Who is back at work in a place is not asked, nor who cannot be reached: they are on the list of who follows them.
    """
    asked = 0
    for due in due_moments(by, localdate(at), limit=500, is_unasked=True, programme=programme):
        made, is_new = OutcomeAsked.objects.get_or_create(
            ending=due.ending, moment=due.moment.value, defaults={"at": at, "by_label": by.label[:200]}
        )
        if not is_new:
            continue
        person = due.ending.referral.person
        message = queue_message(
            content=Content("message.outcome", {}, Weight.NEWS, LinkPurpose.PERSON_JOURNEY, due.ending.referral_id),
            recipient=recipient_of(person),
            subject_kind="ending",
            subject_id=due.ending.pk,
            once=f"outcome:{made.pk}",
            by=by,
            at=at,
        )
        asked += message is not None
    record(by=by, at=at, action="ask_outcomes", subject_kind="endings", subject_id="", facts={"asked": asked})
    return asked
