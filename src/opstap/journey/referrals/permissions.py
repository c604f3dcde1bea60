"""Who may follow, move, assign and put aside a referral."""

from __future__ import annotations

from uuid import UUID

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.referrals.models import Referral


def is_own_caseload(actor: Actor, referral: Referral) -> bool:
    """The counsellor who follows this person, as long as the role holds at the organisation that follows them."""
    if not actor.has(Role.COUNSELLOR) or actor.user_id is None or referral.counsellor_id != actor.user_id:
        return False
    return any(
        grant.role is Role.COUNSELLOR
        and (referral.counselling_organisation_id in {None, grant.organisation_id} or not grant.organisation_id)
        for grant in actor.grants
    )


def leads_the_team(actor: Actor, referral: Referral) -> bool:
    """A team lead of the organisation that follows this person."""
    return referral.counselling_organisation_id in actor.organisation_ids(Role.TEAM_LEAD)


def coordinates(actor: Actor, referral: Referral) -> bool:
    """A coordinator of the programme that this referral belongs to."""
    return referral.programme_id in actor.programme_ids(Role.COORDINATOR)


def is_the_person(actor: Actor, referral: Referral) -> bool:
    """The job seeker, acting for themselves."""
    return actor.person_id is not None and actor.person_id == referral.person_id


def may_open_case_file(actor: Actor, referral: Referral) -> bool:
    """The counsellor and the team lead read the whole file; nobody else does."""
    return is_own_caseload(actor, referral) or leads_the_team(actor, referral)


def may_follow(actor: Actor, referral: Referral) -> bool:
    """Change facts, decide, propose, put aside: the counsellor, the team lead, and the product itself in a job or command."""
    return actor.kind is ActorKind.SYSTEM or may_open_case_file(actor, referral)


def may_move(actor: Actor, referral: Referral) -> bool:
    """Move a stage: who follows the person, the coordinator, the person; and a host only within an operation on this very referral."""
    if may_follow(actor, referral) or coordinates(actor, referral) or is_the_person(actor, referral):
        return True
    return referral.pk in actor.subject_ids(Role.HOST)


def may_close(actor: Actor, referral: Referral) -> bool:
    """Stop somebody's way through the programme: who follows the person, and the programme's coordinator."""
    return may_follow(actor, referral) or coordinates(actor, referral)


def may_assign(actor: Actor, referral: Referral) -> bool:
    """Give a person to a counsellor."""
    return actor.kind is ActorKind.SYSTEM or leads_the_team(actor, referral) or coordinates(actor, referral)


def may_open(actor: Actor, programme_id: UUID) -> bool:
    """Refer people to a programme, many at once: its coordinators, and the product itself in a job or command."""
    return actor.kind is ActorKind.SYSTEM or programme_id in actor.programme_ids(Role.COORDINATOR)
