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
    """The person, or somebody who follows the person and types what was said by phone or at the desk."""
    return actor.person_id == proposal.person_id or may_propose(actor, proposal.referral)


def may_answer_for_host(actor: Actor, place: Place) -> bool:
    """Somebody of the host organisation, or the coordinator who types what the host said."""
    hosts = place.organisation_id in actor.organisation_ids(Role.HOST)
    return hosts or place.programme_id in actor.programme_ids(Role.COORDINATOR)
