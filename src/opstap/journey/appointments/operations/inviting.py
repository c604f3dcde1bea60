"""Inviting somebody to choose a moment; reminding once; an invitation without a choice becomes a call on a list."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.queries import users_with_role
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.operations import Entry, lock_in_order, operation, record, record_many
from opstap.foundation.outbox.enums import Weight
from opstap.foundation.outbox.operations import Content, Recipient, cancel_messages, queue_message
from opstap.foundation.outbox.queries import waits_to_be_said
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.foundation.rows import write_rows
from opstap.journey.appointments.enums import EXPIRES_AFTER, REMIND_AFTER, TRANSITIONS, InvitationKind, InvitationState
from opstap.journey.appointments.models import Invitation, Slot
from opstap.journey.appointments.permissions import may_invite
from opstap.journey.appointments.queries import invite_obstacle, no_longer_needed
from opstap.journey.people.queries import recipient_of
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral


@operation
def invite(*, referral: Referral, kind: InvitationKind, place: Place | None = None, by: Actor, at: datetime) -> Invitation:
    """Invite somebody to choose a moment of their counsellor, or of the place they visit; one that was not chosen is offered again.

    A talk that was missed or excused stays as it was, and a new invitation comes after it.

    Raises `Refused` for who may not, when one of this kind is open already, and without a free moment: nobody is invited to choose
    from nothing, and moments that others were invited to choose are not counted twice.
    """
    if not may_invite(by, referral):
        raise Refused(Reason("appointments.may_not_invite"))
    counsellor_id = None if place else referral.counsellor_id
    lock_in_order(f"slots:{place.pk if place else counsellor_id}", f"referral:{referral.pk}")
    if (obstacle := invite_obstacle(referral, kind, place, at)) is not None:
        raise Refused(obstacle)
    unchosen = _UNCHOSEN.first(referral=referral, kind=kind, place=place)
    row = unchosen or Invitation(kind=kind.value, referral=referral, place=place, by_label=by.label[:200], times_offered=0)
    row.counsellor_id, row.slot, row.state, row.reminded_at = counsellor_id, None, InvitationState.OFFERED.value, None
    row.offered_at, row.expires_at, row.times_offered = at, at + EXPIRES_AFTER, row.times_offered + 1
    row.save()
    record(
        by=by,
        at=at,
        action="invite",
        subject_kind="invitation",
        subject_id=row.pk,
        person_id=referral.person_id,
        facts={"kind": kind.value},
    )
    tell(row, "message.invitation", {"until": localdate(row.expires_at).isoformat()}, by, at)
    return row


def _unchosen(referral: Referral, kind: InvitationKind, place: Place | None) -> QuerySet[Invitation]:
    return Invitation.objects.filter(referral=referral, kind=kind.value, place=place, state=InvitationState.EXPIRED)


_UNCHOSEN = Prepared(_unchosen)


def tell(row: Invitation, code: str, facts: dict[str, str], by: Actor, at: datetime) -> None:
    """Put a message about an invitation in the outbox, with the link to the person's own page; each is said once."""
    weight = Weight.REMINDER if code.endswith("reminder") else Weight.NEWS if code.endswith("invitation") else Weight.MUST
    queue_message(
        content=Content(code, facts, weight, LinkPurpose.PERSON_JOURNEY, row.referral_id),
        recipient=recipient_of(row.referral.person),
        subject_kind="invitation",
        subject_id=row.pk,
        once=f"{code}:{row.pk}:{row.times_offered}:{row.slot_id or ''}:{row.booked_at.isoformat() if row.slot and row.booked_at else ''}",
        useful_until=row.slot.starts_at if row.slot else row.expires_at,
        by=by,
        at=at,
    )


def tell_receiver(row: Invitation, was: Slot, by: Actor, at: datetime) -> None:
    """Tell who would have received the person that they called off: the counsellor, or the hosts of the place."""
    facts = {"name": row.referral.person.first_name, **when(was)}
    code = "message.visit_off" if row.place else "message.called_off"
    for recipient in _receivers(row, at):
        queue_message(
            content=Content(code, facts, Weight.NEWS),
            recipient=recipient,
            subject_kind="slot",
            subject_id=was.pk,
            once=f"{code}:{row.pk}:{row.times_offered}:{recipient.email}",
            useful_until=was.starts_at,
            by=by,
            at=at,
        )


def _receivers(row: Invitation, at: datetime) -> list[Recipient]:
    if row.place is None:
        user = row.counsellor
        return [Recipient(user_id=user.pk, email=user.email, language=user.language)] if user is not None else []
    hosts = users_with_role(Role.HOST, organisation_id=row.place.organisation_id, on=localdate(at))
    if not hosts:
        return [Recipient(organisation_id=row.place.organisation_id, email=row.place.organisation.email)]
    return [Recipient(user_id=user.pk, email=user.email, language=user.language) for user in hosts]


def when(slot: Slot) -> dict[str, str]:
    """Return what a message says of a moment."""
    return {"on": localdate(slot.starts_at).isoformat(), "time": f"{localtime(slot.starts_at):%H:%M}", "where": slot.where}


@operation
def withdraw_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """Take an invitation back: what still waits to be said is not said, and who had a moment hears that it is off.

    Raises `Refused` for who may not, and when it has ended.
    """
    row = Invitation.objects.select_for_update(of=("self",)).select_related("referral__person", "slot", "place").get(pk=invitation.pk)
    if not may_invite(by, row.referral):
        raise Refused(Reason("appointments.may_not_invite"))
    must_follow(row, InvitationState.CANCELLED)
    had_a_moment = row.state == InvitationState.BOOKED
    row.state = InvitationState.CANCELLED.value
    row.save(update_fields=["state"])
    record(by=by, at=at, action="withdraw_invitation", subject_kind="invitation", subject_id=row.pk, person_id=row.referral.person_id)
    cancel_messages(subject_kind="invitation", subject_id=row.pk, reason="withdrawn", by=by, at=at)
    if had_a_moment and row.slot is not None and row.slot.starts_at > at:
        tell(row, "message.appointment_off", when(row.slot), by, at)
    return row


def must_follow(row: Invitation, to: InvitationState) -> None:
    """Raise `Refused` when this state cannot follow the present one."""
    if to not in TRANSITIONS[InvitationState(row.state)]:
        raise Refused(Reason("appointments.state_cannot_follow", {"from": row.state, "to": to.value}))


def _within(programme: Programme | None, *states: InvitationState) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(state__in=states)
    return rows if programme is None else rows.filter(referral__programme=programme)


def _stopped(programme: Programme | None) -> QuerySet[Invitation]:
    rows = _within(programme, InvitationState.OFFERED, InvitationState.EXPIRED)
    return rows.filter(no_longer_needed()).select_related("referral")


def _slow(programme: Programme | None, at: datetime, offered_by: datetime) -> QuerySet[Invitation]:
    rows = _within(programme, InvitationState.OFFERED).filter(expires_at__gt=at, offered_at__lte=offered_by, reminded_at__isnull=True)
    return rows.exclude(waits_to_be_said("invitation", "message.invitation")).select_related("referral__person", "slot")


_STOPPED, _SLOW = Prepared(_stopped), Prepared(_slow)
_OVER: Prepared[Invitation] = Prepared(
    lambda programme, at: _within(programme, InvitationState.OFFERED).filter(expires_at__lte=at).select_related("referral")
)


@operation
def remind_and_expire(*, programme: Programme | None = None, by: Actor, at: datetime) -> tuple[int, int]:
    """Remind once who did not choose within three days; end what was not chosen within a week. Return how many of each.

    Of a programme, or of all of them.

    Whose invitation still waits to leave (the number of messages a week, a letter that nobody printed) is not reminded of it.
    Who stopped with the programme, or has a place, is reminded of nothing: their invitation ends without a word, and without a call.
    """
    stopped = _STOPPED(programme=programme)
    for row in stopped:
        row.state = InvitationState.CANCELLED.value
        cancel_messages(subject_kind="invitation", subject_id=row.pk, reason="stopped", by=by, at=at)
    write_rows(stopped, "state")
    over = _OVER(programme=programme, at=at)
    for row in over:
        row.state = InvitationState.EXPIRED.value
    write_rows(over, "state")
    slow = _SLOW(programme=programme, at=at, offered_by=at - REMIND_AFTER)
    for row in slow:
        tell(row, "message.invitation_reminder", {"until": localdate(row.expires_at).isoformat()}, by, at)
        row.reminded_at = at
    write_rows(slow, "reminded_at")
    entries = [Entry("expire_invitation", "invitation", row.pk, row.referral.person_id) for row in over]
    facts = {"expired": len(over), "reminded": len(slow)}
    entries += [Entry("withdraw_invitation", "invitation", row.pk, row.referral.person_id) for row in stopped]
    record_many(by=by, at=at, entries=[Entry("remind_and_expire", "invitations", "", None, facts), *entries])
    return len(slow), len(over)
