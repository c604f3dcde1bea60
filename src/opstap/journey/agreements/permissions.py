"""Who may make, change and sign an agreement."""

from __future__ import annotations

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.agreements.enums import Party
from opstap.journey.agreements.models import Agreement, Signature
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.permissions import may_follow, may_see_plan


def may_keep_agreement(actor: Actor, placement: Placement) -> bool:
    """Make, change, send, take back, add to: the counsellor who follows the person, the team lead, and the product itself."""
    return may_follow(actor, placement.referral)


def may_sign(actor: Actor, signature: Signature) -> bool:
    """Only the party itself, or who holds the link to this very signature; paper at the desk is for who keeps the agreement."""
    if signature.pk in actor.subject_ids(Role.HOST):
        return True
    return _IS_PARTY[Party(signature.party)](actor, signature.agreement)


def may_hand_over(actor: Actor, signature: Signature) -> bool:
    """Be shown the link of a party: of the person and the own organisation, for who keeps the agreement; never of host or mentor.

    Those sign by the link in their own message, logged in, or on paper with a scan. The product itself sends every link.
    """
    if not may_keep_agreement(actor, signature.agreement.placement):
        return False
    return actor.kind is ActorKind.SYSTEM or signature.party in {Party.PERSON, Party.PARTNER}


def may_read_agreement(actor: Actor, agreement: Agreement) -> bool:
    """Who keeps it, the parties that sign it, and who was assigned for plan and agreement."""
    return may_see_plan(actor, agreement.placement.referral) or any(is_party(actor, agreement) for is_party in _IS_PARTY.values())


def _is_person(actor: Actor, agreement: Agreement) -> bool:
    placement = agreement.placement
    reach = {None, placement.referral_id, agreement.pk}
    return actor.person_id is not None and actor.person_id == placement.person_id and actor.only_id in reach


def _is_host(actor: Actor, agreement: Agreement) -> bool:
    return agreement.placement.seat.place.organisation_id in actor.organisation_ids(Role.HOST)


def _is_partner(actor: Actor, agreement: Agreement) -> bool:
    """Staff of the organisation that follows the person; the product itself signs nothing."""
    return actor.kind is ActorKind.USER and may_follow(actor, agreement.placement.referral)


def _is_mentor(actor: Actor, agreement: Agreement) -> bool:
    """The mentor of the place, as long as the role holds at that organisation."""
    place = agreement.placement.seat.place
    if place.mentor is None or place.mentor.user_id is None or place.organisation_id not in actor.organisation_ids(Role.MENTOR):
        return False
    return actor.user_id == place.mentor.user_id


_IS_PARTY = {Party.PERSON: _is_person, Party.HOST: _is_host, Party.PARTNER: _is_partner, Party.MENTOR: _is_mentor}
