"""The recipient of a relay reads it and takes the person on, or does not; when nobody answers, somebody above hears of it."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.queries import users_with_role
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.outbox.enums import Weight
from opstap.foundation.outbox.operations import Content, Recipient, cancel_messages, queue_message
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.journey.followup.enums import Rule
from opstap.journey.followup.operations import open_task
from opstap.journey.outcomes.enums import ANSWERABLE, RelayState
from opstap.journey.outcomes.models import Relay
from opstap.journey.outcomes.operations.steps import close_warning, locked, move, note, settle, warning_of
from opstap.journey.outcomes.permissions import is_recipient, may_hand_over
from opstap.journey.outcomes.queries import longest_assignment, months_later
from opstap.journey.referrals.enums import Scope, Stage
from opstap.journey.referrals.models import Assignment
from opstap.journey.referrals.operations import assign
from opstap.journey.referrals.permissions import assigned_to, follows_for_good

_MOST_WORDS = 500


@operation
def read_relay(*, relay: Relay, by: Actor, at: datetime) -> Relay:
    """Record that somebody reads this page about a person. Raises `Refused` for who neither wrote nor was offered it."""
    if not (is_recipient(by, relay) or may_hand_over(by, relay.referral)):
        raise Refused(Reason("outcomes.not_your_relay"))
    note(relay, "read_relay", by, at)
    return relay


@operation
def accept_relay(*, relay: Relay, name: str = "", by: Actor, at: datetime) -> Relay:
    """Take the person on: the recipient alone can, by account or link (then with their `name`), also after the day.

    What the offer promised of the file is open from now for so many months, beside everybody who follows the person already.
    Raises `Refused` for anybody else, without a name by link, and when it is no longer open.
    """
    row = _answered(relay, RelayState.ACCEPTED, name, by, at)
    row.assignment = _opened_file(row, by, at)
    row.save(update_fields=["state", "answered_at", "answered_by", "assignment"])
    settle(row, by, at)
    note(row, "accept_relay", by, at)
    return row


def _opened_file(row: Relay, by: Actor, at: datetime) -> Assignment | None:
    """Return the assignment that lets the recipient follow the person as long as was offered; None when nothing is to be opened.

    A counsellor gets it by name; a team lead for the organisation, who divides the work there. Who follows the person without an end,
    or as long, keeps that; what ends sooner goes on from its last day.
    """
    referral, on = row.referral, localdate(at)
    if not row.scope or row.to_organisation is None or referral.stage == Stage.CLOSED or follows_for_good(by, referral):
        return None
    scope, until = Scope(row.scope), months_later(on, row.access_months or 0)
    held = longest_assignment(referral, assigned_to(by, on) or Q(pk__in=()), {Scope.FULL, scope}, on)
    if held is not None and _lasts(held, until):
        return held
    counsels = row.to_user in users_with_role(Role.COUNSELLOR, organisation_id=row.to_organisation_id, on=on)
    user = row.to_user if counsels else None
    same = longest_assignment(referral, Q(organisation=row.to_organisation, user=user), {scope}, on)
    if same is not None and _lasts(same, until):
        return same
    return assign(
        referral=referral,
        organisation=row.to_organisation,
        user=user,
        scope=scope,
        from_on=same.until_on if same is not None and same.until_on else on,
        until_on=until,
        reason="outcomes.by_relay",
        by=by.acting_for(Role.TEAM_LEAD, referral.pk),
        at=at,
    )


def _lasts(assignment: Assignment, until: date) -> bool:
    return assignment.until_on is None or assignment.until_on >= until


@operation
def decline_relay(*, relay: Relay, words: str, name: str = "", by: Actor, at: datetime) -> Relay:
    """Send it back with a reason: who wrote it looks for somebody else. Raises `Refused` as `accept_relay`, and without a reason."""
    if not words.strip():
        raise Refused(Reason("outcomes.decline_needs_reason"))
    row = _answered(relay, RelayState.DECLINED, name, by, at)
    row.answer_words = words.strip()[:_MOST_WORDS]
    row.save(update_fields=["state", "answered_at", "answered_by", "answer_words"])
    note(row, "decline_relay", by, at)
    return row


def _answered(relay: Relay, to: RelayState, name: str, by: Actor, at: datetime) -> Relay:
    row = locked(relay)
    if not is_recipient(by, row):
        raise Refused(Reason("outcomes.not_your_relay"))
    if RelayState(row.state) not in ANSWERABLE:
        raise Refused(Reason("outcomes.relay_not_open"))
    if by.user_id is None and not name.strip():
        raise Refused(Reason("outcomes.answer_needs_name"))
    move(row, to)
    row.answered_at, row.answered_by = at, (name.strip() or by.label)[:200]
    cancel_messages(subject_kind="relay", subject_id=row.pk, reason="answered", by=by, at=at)
    close_warning(row, by, at)
    return row


def _late(programme: Programme | None, on: date) -> QuerySet[Relay]:
    late = Relay.objects.filter(state=RelayState.OFFERED, due_on__lt=on).select_related("referral__programme")
    late = late if programme is None else late.filter(referral__programme=programme)
    return late.select_for_update(of=("self",)).order_by("due_on", "pk")


_LATE = Prepared(_late)


@operation
def escalate_relays(*, programme: Programme | None = None, by: Actor, at: datetime) -> int:
    """Give the team lead a task, and a message, for every relay whose day has passed without an answer; return how many.

    Every relay of a programme, or of all of them.
    The recipient can still accept; that, a no, another recipient or taking it back closes the task.
    """
    rows = _LATE(programme=programme, on=localdate(at))
    for row in rows:
        move(row, RelayState.ESCALATED)
        row.escalated_at = at
        row.save(update_fields=["state", "escalated_at"])
        note(row, "escalate_relay", by, at, {"due_on": row.due_on.isoformat() if row.due_on else ""})
        facts = {"recipient": row.to_name, "until": row.due_on.isoformat() if row.due_on else ""}
        open_task(rule=Rule.RELAY_LATE, referral=row.referral, once=warning_of(row), facts=facts, by=by, at=at)
        _tell_above(row, by, at)
    record(by=by, at=at, action="escalate_relays", subject_kind="relays", subject_id="", facts={"count": len(rows)})
    return len(rows)


def _tell_above(row: Relay, by: Actor, at: datetime) -> None:
    """Write to the team leads of the organisation that follows the person, or to the coordinators of this programme when there are none."""
    referral = row.referral
    on = localdate(at)
    organisation = referral.counselling_organisation_id
    above = users_with_role(Role.TEAM_LEAD, organisation_id=organisation, on=on) if organisation else []
    for user in above or users_with_role(Role.COORDINATOR, organisation_id=None, programme_id=referral.programme_id, on=on):
        queue_message(
            content=Content("message.relay_late", {"recipient": row.to_name}, Weight.MUST),
            recipient=Recipient(user_id=user.pk, email=user.email, language=user.language),
            subject_kind="relay",
            subject_id=row.pk,
            once=f"relay_late:{row.pk}:{user.pk}:{on}",
            by=by,
            at=at,
        )
