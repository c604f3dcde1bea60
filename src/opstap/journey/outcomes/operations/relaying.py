"""A relay is made with one click, written, and offered to somebody by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.models import User
from opstap.foundation.access.operations import NewLink, issue_link, revoke_links
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation
from opstap.foundation.outbox.enums import Weight
from opstap.foundation.outbox.operations import Content, Recipient, cancel_messages, queue_message
from opstap.journey.followup.enums import Rule
from opstap.journey.followup.queries import rules_for
from opstap.journey.outcomes.assembly import health_words, parts_for
from opstap.journey.outcomes.enums import ACCESS_MONTHS, LINK_DAYS, RELAY_LINES, Barrier, RelayState
from opstap.journey.outcomes.models import Ending, Relay
from opstap.journey.outcomes.operations.steps import close_warning, locked, move, note, settle
from opstap.journey.outcomes.permissions import may_hand_over
from opstap.journey.outcomes.queries import organisation_of
from opstap.journey.referrals.enums import Scope, Stage
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_share

_OPEN = (RelayState.DRAFT, RelayState.OFFERED, RelayState.ESCALATED, RelayState.DECLINED)
_MOST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Outside:
    """Somebody outside this house: their name, organisation and e-mail address."""

    name: str
    organisation: str
    email: str


@dataclass(frozen=True, slots=True)
class Access:
    """How much of the file a recipient of this house gets by accepting, and for how many months from then."""

    scope: Scope = Scope.FULL
    months: int = 6


@operation
def make_relay(*, referral: Referral, ending: Ending | None = None, by: Actor, at: datetime) -> Relay:
    """Return the open relay of a person, made now from plan, evidence and end when there was none. Raises `Refused` for who may not."""
    if not may_hand_over(by, referral):
        raise Refused(Reason("outcomes.may_not_hand_over"))
    lock_in_order(f"referral:{referral.pk}")
    relay = Relay.objects.filter(referral=referral, state__in=_OPEN).first()
    if relay is None:
        parts = parts_for(referral)
        relay = Relay(referral=referral, ending=ending, from_user_id=by.user_id, state=RelayState.DRAFT, made_by=by.label[:200], made_at=at)
        relay.goals, relay.evidence = list(parts.goals), [list(line) for line in parts.evidence]
        relay.barriers, relay.next_step = [], parts.next_step
        relay.save()
    note(relay, "make_relay", by, at)
    return relay


@operation
def write_relay(*, relay: Relay, goals: Sequence[str], barriers: Sequence[str], next_step: str, by: Actor, at: datetime) -> Relay:
    """Change what a relay says before it is offered; the evidence stays what was seen.

    `barriers` are codes of `Barrier`. Raises `Refused` for who may not, once it went out, and for a word of health, naming it.
    """
    row = _kept(relay, by)
    if row.state not in {RelayState.DRAFT, RelayState.DECLINED}:
        raise Refused(Reason("outcomes.relay_went_out"))
    lines = [line.strip()[:_MOST_TEXT] for line in goals if line.strip()]
    step = next_step.strip()[:_MOST_TEXT]
    if len(lines) > RELAY_LINES:
        raise Refused(Reason("outcomes.too_many_lines", {"most": RELAY_LINES}))
    if found := health_words([*lines, step]):
        raise Refused(Reason("outcomes.speaks_of_health", {"words": ", ".join(found)}))
    row.goals, row.barriers, row.next_step = lines, [Barrier(code).value for code in barriers], step
    row.save(update_fields=["goals", "barriers", "next_step"])
    note(row, "write_relay", by, at)
    return row


@operation
def offer_relay(*, relay: Relay, to: User | Outside, access: Access | None = None, by: Actor, at: datetime) -> Relay:
    """Offer it to one recipient by name, who accepts within the days of the rule or somebody above hears of it; a link goes by e-mail.

    `access` is what accepting opens for a recipient of this house; without it, and for anybody outside, that is this page alone.
    No task says any more that the work before it ends without a next step.
    Raises `Refused` for who may not (give that access), without a next step, for oneself, without name and address, for access of a
    recipient without an organisation or to a closed file, and when it cannot be offered now.
    """
    row = _kept(relay, by)
    move(row, RelayState.OFFERED)
    if not row.next_step:
        raise Refused(Reason("outcomes.relay_needs_step"))
    if isinstance(to, User):
        if to.pk == by.user_id:
            raise Refused(Reason("outcomes.relay_to_oneself"))
        row.to_user, row.to_name, row.to_organisation_name, row.to_email = to, to.name or to.email, "", to.email
    else:
        if not (to.name.strip() and "@" in to.email):
            raise Refused(Reason("outcomes.relay_needs_recipient"))
        row.to_user, row.to_name, row.to_email = None, to.name.strip()[:200], to.email.strip()
        row.to_organisation_name = to.organisation.strip()[:200]
    _promise(row, to, access, by, at)
    close_warning(row, by, at)
    _stop_links(row, by, at)
    on = localdate(at)
    row.offered_at, row.due_on = at, on + timedelta(days=rules_for(row.referral.programme_id, on)[Rule.RELAY_LATE]["days"])
    row.answered_at, row.answered_by, row.answer_words, row.escalated_at = None, "", None, None
    row.save()
    settle(row, by, at)
    _tell(row, by, at)
    note(row, "offer_relay", by, at, {"inside": row.to_user_id is not None})
    return row


def _promise(row: Relay, to: User | Outside, access: Access | None, by: Actor, at: datetime) -> None:
    """Keep what accepting will open; nothing is open yet."""
    row.scope, row.access_months, row.to_organisation, row.assignment = "", None, None, None
    if access is None or not isinstance(to, User):
        return
    if not may_share(by, row.referral):
        raise Refused(Reason("outcomes.may_not_give_access"))
    if row.referral.stage == Stage.CLOSED:
        raise Refused(Reason("outcomes.access_to_closed"))
    if access.months not in ACCESS_MONTHS:
        raise Refused(Reason("outcomes.access_must_end"))
    row.to_organisation = organisation_of(to, localdate(at))
    if row.to_organisation is None:
        raise Refused(Reason("outcomes.recipient_without_organisation"))
    row.scope, row.access_months, row.to_organisation_name = access.scope.value, access.months, row.to_organisation.name[:200]


def _tell(row: Relay, by: Actor, at: datetime) -> None:
    until = row.due_on.isoformat() if row.due_on else ""
    queue_message(
        content=Content("message.relay", {"until": until}, Weight.MUST, LinkPurpose.RELAY, row.pk),
        recipient=Recipient(user_id=row.to_user_id, email=row.to_email),
        subject_kind="relay",
        subject_id=row.pk,
        once=f"relay:{row.pk}:{at:%Y%m%d%H%M%S}",
        by=by,
        at=at,
    )


@operation
def give_link(*, relay: Relay, by: Actor, at: datetime) -> NewLink:
    """Return a fresh link to an offered relay, to hand over in another way. Raises `Refused` for who may not, and before it is offered."""
    row = _kept(relay, by)
    if row.state not in {RelayState.OFFERED, RelayState.ESCALATED}:
        raise Refused(Reason("outcomes.relay_not_open"))
    link = issue_link(
        purpose=LinkPurpose.RELAY,
        subject_id=row.pk,
        person_id=None,
        organisation_id=None,
        address=row.to_email,
        expires_at=at + LINK_DAYS,
        by=by,
        at=at,
    )
    note(row, "give_relay_link", by, at)
    return link


@operation
def withdraw_relay(*, relay: Relay, by: Actor, at: datetime) -> Relay:
    """Take a relay back: its link opens nothing any more. Raises `Refused` for who may not, and once it is accepted."""
    row = _kept(relay, by)
    move(row, RelayState.WITHDRAWN)
    row.save(update_fields=["state"])
    close_warning(row, by, at)
    _stop_links(row, by, at)
    note(row, "withdraw_relay", by, at)
    return row


def _stop_links(row: Relay, by: Actor, at: datetime) -> None:
    cancel_messages(subject_kind="relay", subject_id=row.pk, reason="relay_changed", by=by, at=at)
    revoke_links(purpose=LinkPurpose.RELAY, subject_id=row.pk, by=by, at=at)


def _kept(relay: Relay, by: Actor) -> Relay:
    row = locked(relay)
    if not may_hand_over(by, row.referral):
        raise Refused(Reason("outcomes.may_not_hand_over"))
    return row
