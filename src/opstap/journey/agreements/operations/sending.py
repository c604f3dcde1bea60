"""Sending an agreement out: the document is made and kept, and each party gets an own signature to give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.queries import users_with_role
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.operations import operation
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.outbox.enums import Weight
from opstap.foundation.outbox.operations import Content, Recipient, queue_message
from opstap.foundation.rows import add_rows
from opstap.journey.agreements.assembly import completed, days_are_over, partner_of, problems, who_signs
from opstap.journey.agreements.assembly.papers import NAMES
from opstap.journey.agreements.enums import AgreementKind, AgreementState, Party, SignatureState
from opstap.journey.agreements.models import Agreement, Signature
from opstap.journey.agreements.operations.printing import keep_document
from opstap.journey.agreements.operations.steps import kept, move, must_stand, note
from opstap.journey.agreements.queries import ASK_AGAIN_AFTER, may_be_asked_again
from opstap.journey.people.queries import recipient_of
from opstap.journey.placements.operations import change_terms


@operation
def send_for_signature(*, agreement: Agreement, by: Actor, at: datetime) -> Agreement:
    """Fix the text, keep its PDF and ask every party to sign; seat and half-days are kept as the agreement says.

    What the draft lacked and is known by now is filled in first, as its page shows it.

    Raises `Refused` for who may not, when something is missing or beyond a limit (the reason says which and what would help), when its
    last day is past, and when seat or half-days are taken in the agreed period.
    """
    row = kept(agreement, by)
    must_stand(row)
    if row.kind == AgreementKind.AGREEMENT:
        row.fields = completed(row.fields, row.placement)
    if found := problems(row.fields, row.placement):
        raise Refused(found[0])
    if row.kind == AgreementKind.AGREEMENT and (too_late := days_are_over(row.fields, localdate(at))):
        raise Refused(too_late)
    move(row, AgreementState.OUT_FOR_SIGNATURE)
    parties = who_signs(row, row.changed)
    if row.kind == AgreementKind.AGREEMENT:
        keep_terms(row, by, at)
    keep_document(row, at)
    row.sent_at = at
    row.save(update_fields=["state", "fields", "digest", "sent_at"])
    ask(row, parties, by, at)
    note(row, "send_for_signature", by, at, {"parties": len(parties)})
    return row


def keep_terms(row: Agreement, by: Actor, at: datetime) -> None:
    """Let the placement hold seat and half-days as the agreement says; an addendum leaves what lies before today as it was."""
    fields = row.fields
    last_on = date.fromisoformat(fields["last_on"])
    is_addendum = row.kind == AgreementKind.ADDENDUM
    change_terms(
        placement=row.placement,
        starts_on=row.placement.period.lower if is_addendum else date.fromisoformat(fields["starts_on"]),
        until_on=max(last_on + timedelta(days=1), localdate(at)) if is_addendum else last_on + timedelta(days=1),
        half_days=fields["half_days"],
        hours_month=fields["hours_month"],
        half_days_from=localdate(at) if is_addendum else None,
        by=by,
        at=at,
    )


def ask(row: Agreement, parties: Iterable[Party], by: Actor, at: datetime) -> None:
    """Ask these parties for their signature: a row each, and a message to who is not staff."""
    asked = [
        Signature(
            agreement=row,
            party=party,
            name=str(row.fields[NAMES[party]])[:200],
            organisation=_organisation(row, party),
            state=SignatureState.WAITING,
            asked_at=at,
            last_asked_at=at,
            email=_email(row, party, localdate(at)),
        )
        for party in parties
    ]
    add_rows(asked)
    for signature in asked:
        _invite(signature, row, by, at)


def tell(row: Agreement, parties: Sequence[Party], field: str, by: Actor, at: datetime) -> None:
    """Tell these parties that a field changed; nothing needs to be signed again."""
    for party in parties:
        facts = {"place": row.fields["job_title"], "what": f"agreements.field.{field}"}
        content = Content("message.changed", facts, Weight.NEWS, **_own_page(row, party))
        queue_message(content=content, recipient=_recipient(row, party, at), subject_kind="agreement", subject_id=row.pk, by=by, at=at)


def _own_page(row: Agreement, party: Party) -> dict[str, Any]:
    """Return what makes the message of the person open their own page; the others have no page of their own."""
    is_person = party is Party.PERSON
    return {"link_purpose": LinkPurpose.PERSON_JOURNEY, "link_subject": row.placement.referral_id} if is_person else {}


def tell_withdrawn(row: Agreement, by: Actor, at: datetime) -> None:
    """Tell the person and the host that what they were asked to sign, or signed, does not count."""
    for party in (Party.PERSON, Party.HOST):
        content = Content("message.withdrawn", {"place": row.fields["job_title"]}, Weight.MUST, **_own_page(row, party))
        recipient = _recipient(row, party, at)
        once = f"withdrawn:{row.pk}:{party.value}"
        queue_message(content=content, recipient=recipient, subject_kind="agreement", subject_id=row.pk, once=once, by=by, at=at)


def tell_start(row: Agreement, on: date, by: Actor, at: datetime) -> None:
    """Tell the person that everybody signed, and when and with whom the work starts."""
    facts = {"place": row.fields["job_title"], "on": on.isoformat(), "mentor": row.fields["mentor_name"]}
    content, recipient = Content("message.start", facts, Weight.MUST, **_own_page(row, Party.PERSON)), _recipient(row, Party.PERSON, at)
    once = f"start:{row.pk}:{row.digest[:16]}:{on.isoformat()}"
    queue_message(content=content, recipient=recipient, subject_kind="agreement", subject_id=row.pk, once=once, by=by, at=at)


@operation
def ask_again(*, signature: Signature, by: Actor, at: datetime) -> Signature:
    """Ask a party once more. Raises `Refused` for who may not, when it no longer waits, and within two days of the last time."""
    agreement = kept(signature.agreement, by)
    must_stand(agreement)
    row = Signature.objects.select_for_update().get(pk=signature.pk)
    if row.state != SignatureState.WAITING:
        raise Refused(Reason("agreements.not_waiting"))
    if not may_be_asked_again(row, at):
        free = localdate(row.last_asked_at + ASK_AGAIN_AFTER).isoformat()
        raise Refused(Reason("agreements.asked_lately", {"asked": localdate(row.last_asked_at).isoformat(), "again": free}))
    row.last_asked_at, row.resend_count = at, row.resend_count + 1
    row.email = _email(agreement, Party(row.party), localdate(at))
    row.save()
    _invite(row, agreement, by, at)
    note(agreement, "ask_again", by, at, {"party": row.party, "count": row.resend_count})
    return row


def _invite(signature: Signature, row: Agreement, by: Actor, at: datetime) -> None:
    """Queue the message with the party's own link; staff of the partner find it in their day instead."""
    party = Party(signature.party)
    if party is Party.PARTNER:
        return
    code = "message.sign_again" if signature.resend_count else "message.sign"
    content = Content(code, {"place": row.fields["job_title"]}, Weight.MUST, LinkPurpose.SIGNATURE, signature.pk)
    once = f"sign:{signature.pk}:{signature.resend_count}"
    recipient = _recipient(row, party, at)
    queue_message(content=content, recipient=recipient, subject_kind="agreement", subject_id=row.pk, once=once, by=by, at=at)


def _recipient(row: Agreement, party: Party, at: datetime) -> Recipient:
    if party is Party.PERSON:
        return recipient_of(row.placement.person)
    email = _email(row, party, localdate(at)) or ""
    if party is Party.PARTNER:
        return Recipient(user_id=row.placement.referral.counsellor_id, email=email)
    return Recipient(organisation_id=row.placement.seat.place.organisation_id, email=email)


def _email(row: Agreement, party: Party, on: date) -> str | None:
    """Return where the party reads its mail, or None: the host's own contact first, else the organisation's address."""
    place, referral = row.placement.seat.place, row.placement.referral
    if party is Party.PERSON:
        return row.placement.person.email or None
    if party is Party.PARTNER:
        return referral.counsellor.email if referral.counsellor else None
    if party is Party.MENTOR:
        return place.mentor.email or None if place.mentor else None
    hosts = users_with_role(Role.HOST, organisation_id=place.organisation_id, on=on)
    return hosts[0].email if hosts else place.organisation.email or None


def _organisation(row: Agreement, party: Party) -> Organisation | None:
    """Return the organisation that signs, None for a person, and for a partner of whom only the name is known."""
    if party is Party.PERSON:
        return None
    if party is not Party.PARTNER:
        return row.placement.seat.place.organisation
    referral = row.placement.referral
    partner = partner_of(referral, date.fromisoformat(row.fields["starts_on"]))
    is_named = referral.counselling_organisation is not None or (partner is not None and partner.name == row.fields["partner_name"])
    return partner if is_named else None
