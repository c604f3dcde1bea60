"""An agreement as its counsellor works on it: progress, every field with what a change asks, what keeps it from going out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.agreements.assembly import Consequence, completed, consequence_of, days_are_over, drafting_notes, printed, problems
from opstap.journey.agreements.enums import FIELDS, AgreementKind, AgreementState, FieldClass, FieldKind, Party, SignatureState
from opstap.journey.agreements.models import Agreement, Signature
from opstap.journey.agreements.permissions import may_hand_over, may_keep_agreement
from opstap.journey.agreements.queries import (
    ASK_AGAIN_AFTER,
    agreements_of,
    kept_agreements,
    may_be_asked_again,
    signatures_of,
)
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.queries import followed_referrals

_FIELD_OF = {
    "agreements.too_few_hours": "hours_month",
    "agreements.too_many_hours": "hours_month",
    "agreements.too_long": "last_on",
    "agreements.ends_before_it_starts": "last_on",
    "agreements.days_are_over": "last_on",
}
"""The field to change for what lies beyond a limit."""
OPEN = frozenset({AgreementState.DRAFT, AgreementState.OUT_FOR_SIGNATURE, AgreementState.SIGNED})


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field with its value and what changing it asks (`asks`, a reason to say)."""

    key: str
    kind: FieldKind
    value: Any
    asks: Reason
    is_missing: bool

    @property
    def label(self) -> Reason:
        """What the field is called."""
        return Reason(f"agreements.field.{self.key}")


@dataclass(frozen=True, slots=True)
class Handed:
    """Who handed over a party's link, and when."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """How one party's signature stands, and what can be done about it now. `again_on`: the first day to ask once more.

    `through` is who brought about the signature (paper, a link handed over), `handed` who handed over a link that still waits.
    """

    id: UUID
    party: Party
    name: str
    state: SignatureState
    asked_on: date
    signed_on: date | None
    method: str
    refusal: str
    resend_count: int
    again_on: date
    may_ask_again: bool
    may_sign_here: bool
    has_paper: bool
    through: str
    handed: tuple[Handed, ...]
    may_hand_over: bool

    @property
    def who(self) -> Reason:
        """Which party this is."""
        return Reason(f"agreements.party.{self.party.value}")

    @property
    def is_waiting(self) -> bool:
        """Tell whether this party still has to sign."""
        return self.state is SignatureState.WAITING


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """One agreement or addendum on its page."""

    agreement: Agreement
    fields: tuple[FieldRow, ...]
    signatures: tuple[SignatureRow, ...]
    void: tuple[SignatureRow, ...]
    problems: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    family: tuple[Agreement, ...]
    is_over: bool
    too_late: Reason | None

    @property
    def state(self) -> AgreementState:
        """Where it stands."""
        return AgreementState(self.agreement.state)

    @property
    def stuck(self) -> Reason | None:
        """Why the work could not start on its first day, while that is so and it can still start later."""
        told = self.agreement.stuck
        if not told or self.state is not AgreementState.SIGNED or self.is_over or self.too_late:
            return None
        return Reason(told["code"], {key: tuple(fact) if isinstance(fact, list) else fact for key, fact in told["facts"].items()})

    @property
    def to_mend(self) -> tuple[tuple[Reason, str], ...]:
        """What keeps it from going out, each with the field in which it is mended ("" when no field helps)."""
        return tuple((row, str(row.facts.get("field", "")).rpartition(".")[2] or _FIELD_OF.get(row.code, "")) for row in self.problems)

    @property
    def signed(self) -> int:
        """How many have signed."""
        return sum(row.state is SignatureState.SIGNED for row in self.signatures)

    @property
    def may_change(self) -> bool:
        """Tell whether a field can still change, by an addendum if need be."""
        return not self.is_over and (self.state in OPEN or self.state is AgreementState.IN_FORCE)

    @property
    def may_withdraw(self) -> bool:
        """Tell whether it can be taken back."""
        return self.state in OPEN

    @property
    def is_addendum(self) -> bool:
        """Tell whether it changes another one."""
        return self.agreement.kind == AgreementKind.ADDENDUM


def agreement_page(actor: Actor, agreement_id: UUID, at: datetime) -> AgreementPage | None:
    """Return the page of an agreement for who keeps it, or None. Four queries, however many fields.

    A draft is shown as it goes out: with what it lacked and is known by now.
    """
    agreement = kept_agreements(actor).filter(pk=agreement_id).first()
    if agreement is None:
        return None
    rows = [_signature(actor, row, at) for row in signatures_of(actor, agreement)]
    is_over = agreement.placement.state in {PlacementState.CANCELLED, PlacementState.ENDED}
    can_start = agreement.kind == AgreementKind.AGREEMENT and agreement.state in OPEN and not is_over
    is_draft = agreement.state == AgreementState.DRAFT
    if is_draft and agreement.kind == AgreementKind.AGREEMENT:
        agreement.fields = completed(agreement.fields, agreement.placement)
    return AgreementPage(
        agreement=agreement,
        fields=_fields(agreement),
        signatures=tuple(row for row in rows if row.state is not SignatureState.VOID),
        void=tuple(row for row in rows if row.state is SignatureState.VOID and row.signed_on),
        problems=problems(agreement.fields, agreement.placement) if is_draft else (),
        notes=drafting_notes(agreement.placement) if is_draft and agreement.supersedes is None else (),
        family=tuple(row for row in agreements_of(actor, agreement.placement) if row.state != AgreementState.WITHDRAWN),
        is_over=is_over,
        too_late=days_are_over(agreement.fields, localdate(at)) if can_start else None,
    )


def _fields(agreement: Agreement) -> tuple[FieldRow, ...]:
    """Return the fields in the order of the page; of an addendum only what it changes, with the rest under it."""
    is_addendum = agreement.kind == AgreementKind.ADDENDUM
    keys = [key for key in FIELDS if key != "effective_on" or is_addendum]
    ordered = sorted(keys, key=lambda key: is_addendum and key not in (*agreement.changed, "effective_on"))
    return tuple(
        FieldRow(
            key,
            FIELDS[key].kind,
            agreement.fields.get(key),
            asks_in_words(consequence_of(agreement, key), agreement),
            not agreement.fields.get(key),
        )
        for key in ordered
    )


def asks_in_words(consequence: Consequence, agreement: Agreement) -> Reason:
    """Return what a change asks, as a reason to say."""
    if agreement.state == AgreementState.DRAFT:
        return Reason("agreements.class.draft")
    parties = tuple(f"agreements.party.{party.value}" for party in consequence.sign_again)
    if consequence.by_addendum:
        return Reason("agreements.class.addendum", {"parties": parties})
    if consequence.field_class is FieldClass.RESIGN:
        return Reason("agreements.class.resign", {"parties": parties})
    return Reason(f"agreements.class.{consequence.field_class.value}")


def _signature(actor: Actor, row: Signature, at: datetime) -> SignatureRow:
    state = SignatureState(row.state)
    is_partner = row.party == Party.PARTNER and may_keep_agreement(actor, row.agreement.placement)
    return SignatureRow(
        id=row.pk,
        party=Party(row.party),
        name=row.name,
        state=state,
        asked_on=localdate(row.last_asked_at),
        signed_on=localdate(row.signed_at) if row.signed_at else None,
        method=row.method,
        refusal=row.refusal or "",
        resend_count=row.resend_count,
        again_on=localdate(row.last_asked_at + ASK_AGAIN_AFTER),
        may_ask_again=may_be_asked_again(row, at),
        may_sign_here=state is SignatureState.WAITING and is_partner,
        has_paper=row.method == "paper",
        through=row.through_by,
        handed=tuple(Handed(each["by"], localdate(datetime.fromisoformat(each["at"]))) for each in row.handed),  # type: ignore[attr-defined]  # annotated
        may_hand_over=state is SignatureState.WAITING and row.party == Party.PERSON and may_hand_over(actor, row),
    )


def change_asked(page: AgreementPage, field: str) -> Consequence | None:
    """Return what changing a field of this page asks, or None when there is no such field or nothing can change any more."""
    return consequence_of(page.agreement, field) if field in FIELDS and page.may_change else None


def preview(page: AgreementPage, at: datetime) -> bytes:
    """Return the PDF of the agreement as it reads now."""
    return printed(page.agreement, at)


def kept_signature(actor: Actor, signature_id: UUID) -> Signature | None:
    """Return one signature under an agreement that the actor keeps, or None."""
    related = ("agreement__placement__referral", "agreement__placement__person", "agreement__placement__seat__place")
    rows = Signature.objects.select_related(*related).filter(pk=signature_id)
    return rows.filter(agreement__placement__referral__in=followed_referrals(actor)).first()


def placement_of_proposal(actor: Actor, proposal_id: UUID) -> Placement | None:
    """Return the placement that a followed person's proposal led to, or None."""
    rows = Placement.objects.select_related("referral", "seat__place", "person").filter(proposal_id=proposal_id)
    return rows.filter(referral__in=followed_referrals(actor)).exclude(state=PlacementState.CANCELLED).first()
