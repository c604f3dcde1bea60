"""Who may run rounds, decide on proposals and answer them."""

from __future__ import annotations

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.models import Proposal
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import is_own_caseload, leads_the_team


def may_run_round(actor: Actor, programme: Programme) -> bool:
    """The programme's coordinators, and the product itself."""
    return actor.kind is ActorKind.SYSTEM or programme.pk in actor.programme_ids(Role.COORDINATOR)


def may_propose(actor: Actor, referral: Referral) -> bool:
    """Send, propose by hand, set aside, withdraw: the coordinator, the counsellor who follows the person, the team lead."""
    coordinates = referral.programme_id in actor.programme_ids(Role.COORDINATOR)
    return actor.kind is ActorKind.SYSTEM or coordinates or is_own_caseload(actor, referral) or leads_the_team(actor, referral)


def may_answer_for_person(actor: Actor, proposal: Proposal) -> bool:
    """The person (by a letter: for the proposal it speaks of), or who follows the person and types what was said."""
    is_own = actor.person_id == proposal.person_id and actor.only_id in {None, proposal.pk}
    return is_own or may_propose(actor, proposal.referral)


def may_answer_for_host(actor: Actor, proposal: Proposal) -> bool:
    """Somebody of the host organisation (by a link: for the proposal it opens), or the coordinator who types what the host said."""
    return speaks_for_host(actor, proposal) or proposal.place.programme_id in actor.programme_ids(Role.COORDINATOR)


def speaks_for_host(actor: Actor, proposal: Proposal) -> bool:
    """Somebody of the host organisation, or who has the link to this proposal."""
    return proposal.pk in actor.subject_ids(Role.HOST) or proposal.place.organisation_id in actor.organisation_ids(Role.HOST)


def may_settle(actor: Actor, proposal: Proposal) -> bool:
    """Whoever may answer for one of the two parties: the second yes, or calling it off, settles it."""
    return may_answer_for_person(actor, proposal) or may_answer_for_host(actor, proposal)


def as_its_party(actor: Actor, proposal: Proposal) -> Actor:
    """Return who answers a proposal as who may move its referral along: a host may do that for this one alone."""
    return actor.acting_for(Role.HOST, proposal.referral_id) if speaks_for_host(actor, proposal) else actor


def may_refuse_for_host(actor: Actor, referral: Referral, place: Place) -> bool:
    """Who answers for the host may also say "not this person again"; by a link only to who the link's proposal is about."""
    if place.organisation_id in actor.organisation_ids(Role.HOST) or place.programme_id in actor.programme_ids(Role.COORDINATOR):
        return True
    return Proposal.objects.filter(pk__in=actor.subject_ids(Role.HOST), referral=referral, place=place).exists()
