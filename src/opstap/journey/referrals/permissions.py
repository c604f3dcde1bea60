"""Who may follow, move, assign and put aside a referral."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from opstap.foundation import clock
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.referrals.enums import Scope
from opstap.journey.referrals.models import Assignment, Referral


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


def assigned_to(actor: Actor, on: date) -> Q | None:
    """Return which assignments hold for this actor on a day, or None for who can have none: only counsellors and team leads do.

    One for a user holds for that counsellor at that organisation; one without, for each of its counsellors; both for its team leads.
    """
    if actor.user_id is None:
        return None
    counsels, leads = actor.organisation_ids(Role.COUNSELLOR), actor.organisation_ids(Role.TEAM_LEAD)
    if not counsels and not leads:
        return None
    own = Q(organisation_id__in=counsels) & (Q(user__isnull=True) | Q(user_id=actor.user_id))
    return (own | Q(organisation_id__in=leads)) & Q(is_main=False, from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gt=on))


def scopes_of(actor: Actor, referral: Referral) -> frozenset[Scope]:
    """Return how far today's assignments let the actor follow this referral; one query, none for who can have none."""
    holding = assigned_to(actor, clock.today())
    if holding is None:
        return frozenset()
    found = Assignment.objects.filter(holding, referral_id=referral.pk).order_by().values_list("scope", flat=True)
    return frozenset(Scope(scope) for scope in found)


def follows_for_good(actor: Actor, referral: Referral) -> bool:
    """The counsellor and the team lead follow somebody without a last day; who was assigned may have one."""
    return is_own_caseload(actor, referral) or leads_the_team(actor, referral)


def may_open_case_file(actor: Actor, referral: Referral) -> bool:
    """The counsellor, the team lead, and who was assigned in full read the whole file; nobody else does."""
    return follows_for_good(actor, referral) or Scope.FULL in scopes_of(actor, referral)


def may_see_plan(actor: Actor, referral: Referral) -> bool:
    """Read plan and agreement: who opens the whole file, and who was assigned for these."""
    return actor.kind is ActorKind.SYSTEM or _reaches(actor, referral, Scope.PLAN)


def may_see_hours(actor: Actor, referral: Referral) -> bool:
    """Read days and hours: who opens the whole file, and who was assigned for these."""
    return actor.kind is ActorKind.SYSTEM or _reaches(actor, referral, Scope.ATTENDANCE)


def _reaches(actor: Actor, referral: Referral, scope: Scope) -> bool:
    if follows_for_good(actor, referral):
        return True
    return bool({Scope.FULL, scope} & scopes_of(actor, referral))


def may_share(actor: Actor, referral: Referral) -> bool:
    """Let others follow somebody too, and end that: the own counsellor and the team lead, never somebody who was assigned.

    Also who takes up what one of these offered them, within the operation that has checked it.
    """
    if referral.pk in actor.subject_ids(Role.TEAM_LEAD):
        return True
    return actor.kind is ActorKind.SYSTEM or follows_for_good(actor, referral)


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
