"""An agreement takes effect, ends, or is taken back; the placement follows."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation
from opstap.foundation.outbox.operations import cancel_messages
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.journey.agreements.assembly import days_are_over
from opstap.journey.agreements.enums import UNSETTLED, AgreementKind, AgreementState, SignatureState
from opstap.journey.agreements.models import Agreement
from opstap.journey.agreements.operations.sending import keep_terms, tell_start, tell_withdrawn
from opstap.journey.agreements.operations.steps import kept, move, must_stand, note
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.operations import start_placement
from opstap.journey.placements.permissions import as_party
from opstap.journey.placements.queries import LIVE

_LOG = logging.getLogger(__name__)
_MOST_REASON = 300


@operation
def put_in_force(*, agreement: Agreement, by: Actor, at: datetime) -> Agreement:
    """Let a signed agreement take effect: the work starts, on its first day or today when that is later; an addendum changes the terms.

    Raises `Refused` for who may not, before everybody signed, before its first day, and after its last one.
    """
    row = kept(agreement, by)
    take_effect(row, by, at)
    return row


def take_effect(row: Agreement, by: Actor, at: datetime) -> None:
    """Put a locked agreement in force; whoever signs last may, for its own placement alone."""
    must_stand(row)
    if row.state != AgreementState.SIGNED:
        raise Refused(Reason("agreements.not_signed_yet"))
    on = localdate(at)
    party, first = as_party(by, row.placement), date.fromisoformat(row.fields["starts_on"])
    if row.kind == AgreementKind.AGREEMENT:
        if on < first:
            raise Refused(Reason("agreements.not_started_yet", {"on": first.isoformat()}))
        if too_late := days_are_over(row.fields, on):
            raise Refused(too_late)
        if row.placement.state == PlacementState.TO_BE_AGREED:
            start_placement(placement=row.placement, on=max(first, on), guide=row.fields["mentor_name"], by=party, at=at)
    else:
        keep_terms(row, party, at)
    move(row, AgreementState.IN_FORCE)
    row.in_force_on, row.stuck = on, None
    row.save(update_fields=["state", "in_force_on", "stuck"])
    if row.kind == AgreementKind.AGREEMENT:
        tell_start(row, max(first, on), by, at)
    note(row, "put_in_force", by, at)


def put_due_in_force(*, programme: Programme | None = None, by: Actor, at: datetime) -> int:
    """Put every signed agreement in force whose first day has come, each in a transaction of its own; return how many.

    Those of a programme, or of all of them.

    One that cannot start stays signed, says why on its page and in the counsellor's day, and is tried again as long as its days last;
    it never stops the others.
    """
    on = localdate(at)
    count = 0
    for agreement in _SIGNED(programme=programme, on=on):
        if (agreement.fields.get("effective_on") or agreement.fields["starts_on"]) > on.isoformat():
            continue
        try:
            with transaction.atomic():  # a no takes back to its own beginning alone: the connection keeps its plans
                reason = _why_not(agreement, by, at)
            if reason is None:
                count += 1
            else:
                _say_stuck(agreement, reason, by, at)
        except Exception:  # noqa: BLE001 - logged and told: one that breaks never keeps the others from their first day
            _LOG.exception("agreement %s could not take effect", agreement.pk)
            _say_stuck(agreement, Reason("agreements.could_not_start"), by, at)
    return count


def _why_not(agreement: Agreement, by: Actor, at: datetime) -> Reason | None:
    """Put a signed agreement in force, or return why it cannot be."""
    try:
        put_in_force(agreement=agreement, by=by, at=at)
    except Refused as refused:
        return refused.reason
    return None


def withdraw_called_off(*, programme: Programme | None = None, by: Actor, at: datetime) -> int:
    """Take back, each on its own, every agreement that does not count yet and whose work was called off; return how many.

    Those of a programme, or of all of them. Who was asked to sign hears it, and nobody reads any more that it could not start.
    """
    rows = _CALLED_OFF(programme=programme)
    for row in rows:
        withdraw_agreement(agreement=row, reason="agreements.placement_is_over", by=by, at=at)
    return len(rows)


def _within(programme: Programme | None) -> QuerySet[Agreement]:
    return Agreement.objects.all() if programme is None else Agreement.objects.filter(placement__referral__programme=programme)


def _signed(programme: Programme | None, on: date) -> QuerySet[Agreement]:
    """Return what is signed and not in force; what could not start and is over is not tried any more."""
    due = _within(programme).filter(state=AgreementState.SIGNED, placement__state__in=LIVE).order_by("created_at", "id")
    return due.exclude(stuck__isnull=False, placement__period__endswith__lte=on).select_related("placement__seat")


def _called_off(programme: Programme | None) -> QuerySet[Agreement]:
    open_ones = _within(programme).filter(state__in=[state.value for state in UNSETTLED], placement__state=PlacementState.CANCELLED)
    return open_ones.select_related("placement__seat", "supersedes").order_by("created_at", "id")


_SIGNED, _CALLED_OFF = Prepared(_signed), Prepared(_called_off)


def _say_stuck(agreement: Agreement, reason: Reason, by: Actor, at: datetime) -> None:
    """Keep the reason, unless it is known already: that it is another day is no other reason."""
    before = agreement.stuck or {}
    if (before.get("code"), _lasting(before.get("facts", {}))) != (reason.code, _lasting(_plain(reason))):
        keep_stuck(agreement=agreement, reason=reason, by=by, at=at)


def _plain(reason: Reason) -> dict[str, object]:
    return {key: list(fact) if isinstance(fact, tuple) else fact for key, fact in reason.facts.items()}


def _lasting(facts: Mapping[str, object]) -> dict[str, object]:
    return {key: fact for key, fact in facts.items() if key != "on"}


@operation
def keep_stuck(*, agreement: Agreement, reason: Reason, by: Actor, at: datetime) -> Agreement:
    """Keep why a signed agreement could not take effect; its page and the counsellor's day show it. Raises `Refused` for who may not."""
    row = kept(agreement, by)
    row.stuck = {"code": reason.code, "facts": _plain(reason), "since": localdate(at).isoformat()}
    row.save(update_fields=["stuck"])
    note(row, "could_not_take_effect", by, at, {"code": reason.code})
    return row


@operation
def withdraw_agreement(*, agreement: Agreement, reason: str, by: Actor, at: datetime) -> Agreement:
    """Take back an agreement that does not count yet: signatures are void, who was asked hears it, a new one can be made.

    Raises `Refused` for who may not, without a reason, and once it is in force.
    """
    row = kept(agreement, by)
    if not reason.strip():
        raise Refused(Reason("agreements.withdrawal_needs_reason"))
    was_sent = row.state != AgreementState.DRAFT
    move(row, AgreementState.WITHDRAWN)
    row.reason = reason.strip()[:_MOST_REASON]
    row.save(update_fields=["state", "reason"])
    _stop_asking(row, by, at)
    if was_sent:
        tell_withdrawn(row, by, at)
    note(row, "withdraw_agreement", by, at)
    return row


@operation
def end_agreement(*, agreement: Agreement, on: date, by: Actor, at: datetime) -> Agreement:
    """End an agreement in force with its addenda; what was not signed yet is taken back.

    Raises `Refused` for who may not, and for an agreement that is not in force.
    """
    base = kept(agreement.supersedes or agreement, by)
    move(base, AgreementState.ENDED)
    base.ended_on = on
    base.save(update_fields=["state", "ended_on"])
    base.addenda.filter(state=AgreementState.IN_FORCE).update(state=AgreementState.ENDED, ended_on=on)
    for open_one in base.addenda.select_related("placement").filter(state__in=[state.value for state in UNSETTLED]):
        _stop_asking(open_one, by, at)
        open_one.state = AgreementState.WITHDRAWN.value
        open_one.save(update_fields=["state"])
    note(base, "end_agreement", by, at, {"on": on.isoformat()})
    return base


def _stop_asking(row: Agreement, by: Actor, at: datetime) -> None:
    row.signatures.exclude(state=SignatureState.VOID).update(state=SignatureState.VOID)
    cancel_messages(subject_kind="agreement", subject_id=row.pk, reason="withdrawn", by=by, at=at)
