"""Agreements that an actor may read, the signatures that are asked of them, and what a change would ask."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.prepared import Prepared
from opstap.journey.agreements.enums import AgreementState, Party, SignatureState, SignMethod
from opstap.journey.agreements.models import Agreement, Document, HandedLink, Signature, SignedPaper
from opstap.journey.agreements.permissions import may_keep_agreement, may_read_agreement, may_sign
from opstap.journey.placements.models import Placement
from opstap.journey.placements.queries import LIVE
from opstap.journey.referrals.queries import followed_referrals

ASK_AGAIN_AFTER = timedelta(days=2)
"""How long nobody is asked a second time."""

_SAME_SIDE: dict[Party, frozenset[Party]] = {
    Party.PERSON: frozenset({Party.PERSON}),
    Party.PARTNER: frozenset({Party.PARTNER}),
    Party.HOST: frozenset({Party.HOST, Party.MENTOR}),
    Party.MENTOR: frozenset({Party.HOST, Party.MENTOR}),
}
_WITH = (
    "placement__referral__programme",
    "placement__person",
    "placement__seat__place__organisation",
    "placement__seat__place__site",
    "placement__seat__place__mentor",
    "supersedes",
)


def kept_agreements(actor: Actor) -> QuerySet[Agreement]:
    """Return the agreements of the people whom the actor follows, with what their pages show."""
    return Agreement.objects.select_related(*_WITH).filter(placement__referral__in=followed_referrals(actor))


def agreement_to_read(actor: Actor, agreement_id: UUID) -> Agreement | None:
    """Return one agreement that the actor may read, also who was assigned for plan and agreement only, or None."""
    found = Agreement.objects.select_related(*_WITH).filter(pk=agreement_id).first()
    return found if found is not None and may_read_agreement(actor, found) else None


def agreements_of(actor: Actor, placement: Placement) -> list[Agreement]:
    """Return the agreement of a placement and its addenda, the oldest first, for who keeps them; else nothing."""
    if not may_keep_agreement(actor, placement):
        return []
    return list(Agreement.objects.select_related(*_WITH).filter(placement=placement).order_by("created_at", "id"))


def signature_for(actor: Actor, signature_id: UUID) -> Signature | None:
    """Return one signature that the actor may give, or None."""
    related = (*(f"agreement__{name}" for name in _WITH), "organisation")
    found = Signature.objects.select_related(*related).filter(pk=signature_id).first()
    return found if found is not None and may_sign(actor, found) else None


def _under(agreement: Agreement) -> QuerySet[Signature]:
    handed = HandedLink.objects.filter(signature=OuterRef("pk")).order_by("at", "id").values(told=JSONObject(by="by_label", at="at"))
    under = Signature.objects.select_related("organisation").annotate(handed=ArraySubquery(handed))
    return under.filter(agreement=agreement).order_by("asked_at", "id")


_UNDER = Prepared(_under)


def signatures_of(actor: Actor, agreement: Agreement) -> list[Signature]:
    """Return the signatures under an agreement as they stand, void ones last, for who may read it or signs it.

    Each carries as `handed` who handed over its link: rows of {"by": name, "at": moment in ISO}, the oldest first.
    """
    rows = _UNDER(agreement=agreement)
    for row in rows:
        row.agreement = agreement
    is_signatory = any(row.pk in actor.subject_ids(Role.HOST) for row in rows)
    if not is_signatory and not may_read_agreement(actor, agreement):
        return []
    order = list(Party)
    return sorted(rows, key=lambda row: (row.state == SignatureState.VOID, order.index(Party(row.party)), row.asked_at))


def to_sign(actor: Actor, *parties: Party) -> QuerySet[Signature]:
    """Return the signatures that wait for the actor: a host's, a person's own, or those a partner's staff give; oldest first."""
    related = tuple(f"agreement__{name}" for name in _WITH)
    waiting = Signature.objects.select_related(*related).filter(
        state=SignatureState.WAITING,
        agreement__state=AgreementState.OUT_FOR_SIGNATURE,
        agreement__placement__state__in=LIVE,
        party__in=parties,
    )
    reach = Q(party=Party.HOST, agreement__placement__seat__place__organisation_id__in=actor.organisation_ids(Role.HOST))
    if actor.kind is ActorKind.USER and Party.PARTNER in parties:
        reach |= Q(party=Party.PARTNER, agreement__placement__referral__in=followed_referrals(actor))
    if actor.kind is ActorKind.USER and Party.MENTOR in parties:
        own_floor = Q(agreement__placement__seat__place__organisation_id__in=actor.organisation_ids(Role.MENTOR))
        reach |= own_floor & Q(party=Party.MENTOR, agreement__placement__seat__place__mentor__user_id=actor.user_id)
    if actor.person_id is not None and not actor.grants:
        own = Q(party=Party.PERSON, agreement__placement__person_id=actor.person_id)
        reach |= own if actor.only_id is None else own & Q(agreement__placement__referral_id=actor.only_id)
    return waiting.filter(reach).order_by("asked_at", "id")


def agreements_of_person(actor: Actor) -> list[Agreement]:
    """Return what a job seeker signed or is asked to sign, newest first; drafts are not shown."""
    if actor.person_id is None:
        return []
    shown = (AgreementState.OUT_FOR_SIGNATURE, AgreementState.SIGNED, AgreementState.IN_FORCE, AgreementState.ENDED)
    rows = Agreement.objects.select_related(*_WITH).filter(placement__person_id=actor.person_id, state__in=shown)
    return [row for row in rows.order_by("-created_at", "id") if may_read_agreement(actor, row)]


def document_of(actor: Actor, agreement: Agreement, signature: Signature | None = None) -> Document | None:
    """Return the file of an agreement that the actor may read (or signs): the one that a signature stands under, else the latest."""
    is_signatory = signature is not None and may_sign(actor, signature) and signature.agreement_id == agreement.pk
    if not is_signatory and not may_read_agreement(actor, agreement):
        return None
    documents = Document.objects.filter(agreement=agreement)
    if signature is not None and signature.digest:
        documents = documents.filter(digest=signature.digest)
    return documents.order_by("-version").first()


def paper_under(actor: Actor, signature: Signature) -> SignedPaper | None:
    """Return the scan with which a party signed on paper, for who keeps the agreement, or None."""
    if not may_keep_agreement(actor, signature.agreement.placement):
        return None
    return SignedPaper.objects.filter(signature=signature).first()


def handed_link_of(signature: Signature, actor: Actor) -> HandedLink | None:
    """Return how the link that the actor came in by was handed over, or None for one that went to the party's own address."""
    if actor.kind is not ActorKind.PERSON:
        return None
    return next((row for row in signature.handed_links.all() if str(row.link) == actor.id), None)


def one_hand_refused(signature: Signature, user_id: UUID | None) -> Reason | None:
    """Return why a member of staff does not bring about this signature: they did so for another side, without paper. None when they may.

    A link that they handed over and that still waits counts too, until the party is asked again at its own address. Host and mentor are
    one side: one person can be both.
    """
    if user_id is None:
        return None
    other = _OTHER_SIDE.first(agreement_id=signature.agreement_id, party=Party(signature.party), user_id=user_id)
    if other is None:
        return None
    facts = {"party": f"agreements.party.{signature.party}", "other": f"agreements.party.{other.party}"}
    return Reason("agreements.one_hand", facts)


def _other_side(agreement_id: UUID, party: Party, user_id: UUID) -> QuerySet[Signature]:
    others = Signature.objects.filter(agreement_id=agreement_id).exclude(party__in=_SAME_SIDE[party])
    signed = Q(state=SignatureState.SIGNED, through_user=user_id) & ~Q(method=SignMethod.PAPER)
    handed = Q(state=SignatureState.WAITING, handed_links__by_user=user_id, handed_links__at__gte=F("last_asked_at"))
    return others.filter(signed | handed).order_by("asked_at", "id")


_OTHER_SIDE = Prepared(_other_side)


def terms_in_force(agreement: Agreement) -> Agreement:
    """Return whose fields count now: the latest addendum in force, or the agreement itself."""
    base = agreement.supersedes or agreement
    return base.addenda.filter(state=AgreementState.IN_FORCE).order_by("-in_force_on", "-created_at").first() or base


def terms_before(addendum: Agreement) -> Agreement:
    """Return whose fields an addendum changes: those that counted when it was made, also once it, or a later one, is in force."""
    base = addendum.supersedes or addendum
    took_effect = Q(state__in=[AgreementState.IN_FORCE, AgreementState.ENDED], in_force_on__isnull=False)
    earlier = base.addenda.filter(took_effect, created_at__lt=addendum.created_at)
    return earlier.order_by("-created_at").first() or base


def may_be_asked_again(signature: Signature, at: datetime) -> bool:
    """Tell whether the party may be asked once more: it still waits, and was left in peace for two days."""
    return signature.state == SignatureState.WAITING and at >= signature.last_asked_at + ASK_AGAIN_AFTER
