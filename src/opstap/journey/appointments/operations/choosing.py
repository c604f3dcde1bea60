"""Choosing a moment, calling it off, and noting in one tap what came of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.outbox.operations import cancel_messages
from opstap.foundation.prepared import Prepared
from opstap.journey.appointments.enums import EXPIRES_AFTER, OUTCOMES, InvitationState
from opstap.journey.appointments.models import Invitation, Slot
from opstap.journey.appointments.operations.inviting import must_follow, tell, tell_receiver, when
from opstap.journey.appointments.permissions import may_choose, may_invite, may_note_outcome
from opstap.journey.appointments.queries import engagements_of, free_slots


@operation
def book_slot(*, invitation: Invitation, slot: Slot, by: Actor, at: datetime) -> Invitation:
    """Choose a moment; an invitation that expired can still be used, and who has a moment takes another one in its place.

    Raises `Refused` for who may not, for an invitation that ended, for a person whose own moment has begun, for a moment that is not
    among the free ones any more, and for one at which the person has to be elsewhere.
    """
    lock_in_order(f"appointments:{invitation.referral.person_id}")
    row = _locked(invitation)
    if not may_choose(by, row):
        raise Refused(Reason("appointments.may_not_choose"))
    if row.state != InvitationState.BOOKED:
        must_follow(row, InvitationState.BOOKED)
    _must_not_have_begun(row, by, at)
    _SLOT(slot=slot)  # nobody closes it meanwhile
    if not _STILL_FREE(slot=slot, after=at, counsellor_id=row.counsellor_id, place_id=row.place_id):
        raise Refused(Reason("appointments.slot_just_taken"))
    must_be_free(row.referral.person_id, slot.starts_at, slot.minutes, besides=row.pk)
    row.slot, row.state, row.booked_at, row.channel = slot, InvitationState.BOOKED.value, at, by.channel.value
    row.called_off_at = None
    try:
        with transaction.atomic():
            row.save(update_fields=["slot", "state", "booked_at", "channel", "called_off_at"])
    except IntegrityError as error:
        raise Refused(Reason("appointments.slot_just_taken")) from error
    _note(row, "book_slot", by, at)
    cancel_messages(subject_kind="invitation", subject_id=row.pk, reason="chosen", by=by, at=at)
    tell(row, "message.booked", when(slot), by, at)
    return row


@operation
def cancel_booking(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """Call an appointment off: the moment is free at once, and the person can choose another one straight away.

    The other side hears it: the person when staff or host call off, who would have received them when the person does.

    Raises `Refused` for who may not, for what is not booked, and for a person whose moment has begun.
    """
    row = _locked(invitation)
    if not (may_choose(by, row) or may_note_outcome(by, row)):
        raise Refused(Reason("appointments.may_not_choose"))
    must_follow(row, InvitationState.OFFERED)
    if row.state != InvitationState.BOOKED or row.slot is None:
        raise Refused(Reason("appointments.not_booked"))
    _must_not_have_begun(row, by, at)
    was = row.slot
    row.state, row.slot, row.offered_at, row.expires_at = InvitationState.OFFERED.value, None, at, at + EXPIRES_AFTER
    row.reminded_at, row.times_offered = None, row.times_offered + 1
    row.called_off_at = at if by.person_id is not None else None
    row.save(update_fields=["state", "slot", "offered_at", "expires_at", "reminded_at", "times_offered", "called_off_at"])
    _note(row, "cancel_booking", by, at)
    cancel_messages(subject_kind="invitation", subject_id=row.pk, reason="cancelled", by=by, at=at)
    if by.person_id is None:
        tell(row, "message.appointment_cancelled", when(was), by, at)
    else:
        tell_receiver(row, was, by, at)
    return row


@operation
def record_outcome(*, invitation: Invitation, outcome: InvitationState, by: Actor, at: datetime) -> Invitation:
    """Note in one tap whether the person was seen, excused, or did not come; a missed moment stays used, an excused one is free.

    "Seen" by the counsellor's side counts as contact. Raises `Refused` for who may not, before the moment, and for another outcome.
    """
    row = _locked(invitation)
    if not may_note_outcome(by, row):
        raise Refused(Reason("appointments.may_not_note"))
    if outcome not in OUTCOMES:
        raise Refused(Reason("appointments.state_cannot_follow", {"from": row.state, "to": outcome.value}))
    must_follow(row, outcome)
    if row.slot is not None and outcome is not InvitationState.EXCUSED and row.slot.starts_at > at:
        raise Refused(Reason("appointments.not_yet", when(row.slot)))
    row.state, row.outcome_at, row.outcome_by = outcome.value, at, by.label[:200]
    row.save(update_fields=["state", "outcome_at", "outcome_by"])
    if outcome is InvitationState.SEEN and may_invite(by, row.referral):
        seen_at = row.slot.starts_at if row.slot else at
        row.referral.last_contact_at = max(seen_at, row.referral.last_contact_at or seen_at)
        row.referral.save(update_fields=["last_contact_at"])
    _note(row, "record_outcome", by, at)
    cancel_messages(subject_kind="invitation", subject_id=row.pk, reason="outcome", by=by, at=at)
    return row


def must_be_free(person_id: UUID, starts_at: datetime, minutes: int, *, besides: UUID | None = None) -> None:
    """Raise `Refused` when the person has to be elsewhere at that moment: another talk, a visit, a trial day."""
    for elsewhere in engagements_of(person_id, starts_at, besides=besides):
        if elsewhere.overlaps(starts_at, minutes):
            facts = {"on": localdate(elsewhere.starts_at).isoformat(), "time": f"{localtime(elsewhere.starts_at):%H:%M}"}
            raise Refused(Reason("appointments.person_is_elsewhere", facts | {"where": elsewhere.where}))


def _must_not_have_begun(row: Invitation, by: Actor, at: datetime) -> None:
    """Raise `Refused` for a person whose moment has come: what came of it is noted first, so that no missed talk disappears."""
    if by.person_id is not None and row.state == InvitationState.BOOKED and row.slot is not None and row.slot.starts_at <= at:
        raise Refused(Reason("appointments.already_began"))


def _locked(invitation: Invitation) -> Invitation:
    return _LOCKED(invitation=invitation)[0]


def _row(invitation: Invitation) -> QuerySet[Invitation]:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("referral__person", "slot", "place")
    return rows.filter(pk=invitation.pk)


def _slot(slot: Slot) -> QuerySet[Slot]:
    return Slot.objects.select_for_update().filter(pk=slot.pk)


def _still_free(slot: Slot, after: datetime, counsellor_id: UUID | None, place_id: UUID | None) -> QuerySet[Slot]:
    return free_slots(after, counsellor_id=counsellor_id, place_id=place_id).filter(pk=slot.pk)


_LOCKED, _SLOT, _STILL_FREE = Prepared(_row), Prepared(_slot), Prepared(_still_free)


def _note(row: Invitation, action: str, by: Actor, at: datetime) -> None:
    facts = {"state": row.state, "slot": str(row.slot_id or "")}
    record(by=by, at=at, action=action, subject_kind="invitation", subject_id=row.pk, person_id=row.referral.person_id, facts=facts)
