"""What a party reads before signing: the sheet in short, the whole text, and whether the own signature still waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate

from opstap.bridges.pdf.agreements import AgreementPaper
from opstap.foundation.actor import Actor, Role
from opstap.foundation.prepared import Prepared
from opstap.journey.agreements.assembly import paper_of, who_signs
from opstap.journey.agreements.enums import AgreementState, Party, SignatureState
from opstap.journey.agreements.models import Agreement, Signature
from opstap.journey.agreements.queries import (
    agreements_of_person,
    signature_for,
    signatures_of,
    terms_before,
    to_sign,
)
from opstap.journey.placements.enums import PlacementState


@dataclass(frozen=True, slots=True)
class Standing:
    """How one party stands: who, and since when signed."""

    party: Party
    name: str
    state: SignatureState
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class SigningPage:
    """One signature to give: the text to read (`paper`), its `digest`, and how everybody stands."""

    signature: Signature
    agreement: Agreement
    paper: AgreementPaper
    digest: str
    parties: tuple[Standing, ...]
    may_sign: bool

    @property
    def state(self) -> SignatureState:
        """How the own signature stands."""
        return SignatureState(self.signature.state)

    @property
    def is_void(self) -> bool:
        """Tell whether what was asked, or given, does not count any more."""
        return self.signature.state == SignatureState.VOID

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether the agreement was taken back, rather than changed so that it is asked anew."""
        return self.agreement.state == AgreementState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class ToSign:
    """One line of a list of agreements to sign."""

    id: UUID
    number: str
    person: str
    title: str
    starts_on: date
    asked_on: date
    party: Party


def signing_page(actor: Actor, signature_id: UUID, at: datetime) -> SigningPage | None:
    """Return what the actor may sign, also when it is signed or void by now, or None."""
    signature = signature_for(actor, signature_id)
    if signature is None:
        return None
    agreement = signature.agreement
    rows = [row for row in signatures_of(actor, agreement) if row.state != SignatureState.VOID]
    before = terms_before(agreement).fields if agreement.supersedes_id else {}
    is_over = agreement.placement.state in {PlacementState.CANCELLED, PlacementState.ENDED}
    waits = agreement.state == AgreementState.OUT_FOR_SIGNATURE and signature.state == SignatureState.WAITING
    return SigningPage(
        signature=signature,
        agreement=agreement,
        paper=paper_of(agreement, who_signs(agreement, agreement.changed), localdate(at), before=before),
        digest=agreement.digest,
        parties=tuple(_standing(row) for row in rows),
        may_sign=waits and not is_over,
    )


def _standing(row: Signature) -> Standing:
    signed_on = localdate(row.signed_at) if row.signed_at else None
    return Standing(Party(row.party), row.name, SignatureState(row.state), signed_on)


def host_signatures(actor: Actor) -> list[ToSign] | None:
    """Return what waits for a host's or mentor's signature, the oldest first, or None for somebody who is neither."""
    if not actor.has(Role.HOST, Role.MENTOR):
        return None
    return [_line(row) for row in _AT_THE_HOST(actor=actor)]


def _at_the_host(actor: Actor) -> QuerySet[Signature]:
    return to_sign(actor, Party.HOST, Party.MENTOR)


_AT_THE_HOST = Prepared(_at_the_host)


def _line(row: Signature) -> ToSign:
    fields = row.agreement.fields
    return ToSign(
        id=row.pk,
        number=row.agreement.number,
        person=fields["person_name"],
        title=fields["job_title"],
        starts_on=date.fromisoformat(fields["starts_on"]),
        asked_on=localdate(row.asked_at),
        party=Party(row.party),
    )


def person_signature(actor: Actor, referral_id: UUID) -> Signature | None:
    """Return the person's own latest signature on this way through a programme, waiting or given, or None."""
    for agreement in agreements_of_person(actor):
        if agreement.placement.referral_id != referral_id:
            continue
        own = [row for row in signatures_of(actor, agreement) if row.party == Party.PERSON and row.state != SignatureState.VOID]
        if own:
            return own[0]
    return None
