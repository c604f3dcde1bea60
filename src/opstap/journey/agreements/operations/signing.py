"""Signing: by the own link, logged in, or on paper at the desk; and refusing, with the reason kept."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation
from opstap.foundation.outbox.operations import cancel_messages
from opstap.foundation.prepared import Prepared
from opstap.journey.agreements.enums import AgreementKind, AgreementState, SignatureState, SignMethod
from opstap.journey.agreements.models import Agreement, Signature, SignedPaper
from opstap.journey.agreements.operations.force import take_effect
from opstap.journey.agreements.operations.sending import tell_start
from opstap.journey.agreements.operations.steps import kept, locked, move, must_stand, note, stop_asking
from opstap.journey.agreements.permissions import may_sign
from opstap.journey.agreements.queries import handed_link_of, one_hand_refused

MOST_BYTES = 5 * 1024 * 1024
"""How large a scan may be."""
_MOST_REASON = 500
_KINDS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
"""The first bytes of the files that a scan can be, and what they are."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned file as it came in."""

    content: bytes

    @property
    def kind(self) -> str:
        """What the file is by its own first bytes, whatever its name says; "" for anything but PDF, JPEG and PNG."""
        return next((kind for start, kind in _KINDS.items() if self.content.startswith(start)), "")


@operation
def sign(*, signature: Signature, method: SignMethod, digest: str, by: Actor, at: datetime) -> Signature:
    """Keep that a party signed what it saw: `digest` names the document that was shown.

    Raises `Refused` for who is not this party, when the signature is not asked (any more), when the text changed meanwhile, and when the
    same member of staff brought about the signature of another party without paper.
    """
    agreement = locked(signature.agreement)
    (row,) = _LOCKED(signature=signature)
    row.agreement = agreement
    if not may_sign(by, row) or method is SignMethod.PAPER:
        raise Refused(Reason("agreements.may_not_sign"))
    _must_wait(agreement, row)
    if digest != agreement.digest:
        raise Refused(Reason("agreements.text_changed", {"number": agreement.number}))
    handed = handed_link_of(row, by)
    through, name = (handed.by_user, handed.by_label) if handed else (by.user_id, by.label if by.user_id else "")
    if (refused := one_hand_refused(row, through)) is not None:
        raise Refused(refused)
    row.through_user, row.through_by = through, name[:200]
    return _signed(agreement, row, method, by, at)


@operation
def sign_on_paper(*, signature: Signature, scan: Scan, by: Actor, at: datetime) -> Signature:
    """Keep that a party signed on paper at the desk, with the scan.

    Raises `Refused` for who does not keep the agreement, when the signature is not asked (any more), for a file that is no PDF, JPEG or
    PNG, and for one of more than 5 MB.
    """
    agreement = kept(signature.agreement, by)
    (row,) = _LOCKED(signature=signature)
    _must_wait(agreement, row)
    if len(scan.content) > MOST_BYTES:
        raise Refused(Reason("agreements.scan_too_large", {"megabytes": MOST_BYTES // 1024 // 1024}))
    if not scan.kind:
        raise Refused(Reason("agreements.scan_unknown_kind"))
    paper = SignedPaper(signature=row, kind=scan.kind, digest=hashlib.sha256(scan.content).hexdigest(), at=at)
    paper.scan = b64encode(scan.content).decode()
    paper.save()
    row.through_user, row.through_by = by.user_id, by.label[:200]
    return _signed(agreement, row, SignMethod.PAPER, by, at)


@operation
def refuse_to_sign(*, signature: Signature, reason: str, by: Actor, at: datetime) -> Signature:
    """Keep that a party does not sign, and why; the agreement waits for a change or is taken back.

    Raises `Refused` for who is neither this party nor keeps the agreement, when it is not asked (any more), and without a reason.
    """
    agreement = locked(signature.agreement)
    (row,) = _LOCKED(signature=signature)
    row.agreement = agreement
    if not may_sign(by, row):
        agreement = kept(signature.agreement, by)
    _must_wait(agreement, row)
    if not reason.strip():
        raise Refused(Reason("agreements.refusal_needs_reason"))
    row.state, row.channel, row.signed_by = SignatureState.REFUSED.value, by.channel.value, by.label[:200]
    row.refusal = reason.strip()[:_MOST_REASON]
    row.save(update_fields=["state", "channel", "signed_by", "refusal"])
    stop_asking(agreement, row.pk, "refused", by, at)
    note(agreement, "refuse_to_sign", by, at, {"party": row.party})
    return row


def _locked(signature: Signature) -> QuerySet[Signature]:
    return Signature.objects.select_for_update().filter(pk=signature.pk)


def _missing(agreement: Agreement) -> QuerySet[Signature, UUID]:
    missing = Signature.objects.filter(agreement=agreement).exclude(state__in=(SignatureState.SIGNED, SignatureState.VOID))
    return missing.order_by().values_list("pk", flat=True)


_LOCKED, _MISSING = Prepared(_locked), Prepared(_missing)


def _must_wait(agreement: Agreement, row: Signature) -> None:
    must_stand(agreement)
    if agreement.state != AgreementState.OUT_FOR_SIGNATURE or row.state != SignatureState.WAITING:
        raise Refused(Reason("agreements.not_waiting"))


def _signed(agreement: Agreement, row: Signature, method: SignMethod, by: Actor, at: datetime) -> Signature:
    """Write the signature; the last one makes the agreement signed, and in force when its first day is there.

    What keeps the work from starting (a mentor whose certificate ended, a half-day that was taken) never undoes a signature: the agreement
    stays signed and `put_due_in_force` tries again.
    """
    row.state, row.method, row.channel = SignatureState.SIGNED.value, method.value, by.channel.value
    row.signed_at, row.digest = at, agreement.digest
    row.signed_by = row.name if method is SignMethod.LINK else by.label[:200]
    row.save(update_fields=["state", "method", "channel", "signed_at", "signed_by", "through_user", "through_by", "digest"])
    note(agreement, "sign", by, at, {"party": row.party, "method": row.method, "digest": row.digest})
    stop_asking(agreement, row.pk, "signed", by, at)
    row.agreement = agreement
    if _MISSING.first(agreement=agreement):
        return row
    move(agreement, AgreementState.SIGNED)
    agreement.signed_at = at
    agreement.save(update_fields=["state", "signed_at"])
    cancel_messages(subject_kind="agreement", subject_id=agreement.pk, reason="signed", by=by, at=at)
    note(agreement, "agreement_signed", by, at)
    if _first_day(agreement) <= localdate(at):
        with suppress(Refused), transaction.atomic():
            take_effect(agreement, by, at)
    elif agreement.kind == AgreementKind.AGREEMENT:
        tell_start(agreement, _first_day(agreement), by, at)
    return row


def _first_day(agreement: Agreement) -> date:
    return date.fromisoformat(agreement.fields.get("effective_on") or agreement.fields["starts_on"])
