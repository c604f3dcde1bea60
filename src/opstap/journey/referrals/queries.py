"""Referrals that an actor may see, with what a caseload needs to know of each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.prepared import Prepared
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral, StageMove
from opstap.journey.referrals.permissions import may_follow

if TYPE_CHECKING:
    from datetime import date

WAITING_STAGES = frozenset(Stage) - {Stage.PLACED, Stage.CLOSED}
"""Stages in which somebody waits for something."""


def visible_referrals(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals within the actor's reach: own caseload, own organisation's, own programmes', or the person's own."""
    if actor.kind is ActorKind.SYSTEM:
        return Referral.objects.all()
    reach = Q(pk__in=())
    if actor.has(Role.COUNSELLOR) and actor.user_id:
        reach |= _own_caseload(actor)
    if organisations := actor.organisation_ids(Role.TEAM_LEAD):
        reach |= Q(counselling_organisation_id__in=organisations)
    if programmes := actor.programme_ids(Role.COORDINATOR):
        reach |= Q(programme_id__in=programmes)
    if actor.person_id and not actor.grants:
        reach |= Q(person_id=actor.person_id)
    return Referral.objects.filter(reach)


def followed_referrals(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals whose case file the actor may open: the counsellor's and the team lead's; never the coordinator's."""
    if actor.kind is ActorKind.SYSTEM:
        return Referral.objects.all()
    reach = Q(pk__in=())
    if actor.has(Role.COUNSELLOR) and actor.user_id:
        reach |= _own_caseload(actor)
    if organisations := actor.organisation_ids(Role.TEAM_LEAD):
        reach |= Q(counselling_organisation_id__in=organisations)
    return Referral.objects.filter(reach)


def _own_caseload(actor: Actor) -> Q:
    """Return which referrals a counsellor follows: as `permissions.is_own_caseload` says of one."""
    own = Q(counsellor_id=actor.user_id)
    if any(grant.role is Role.COUNSELLOR and grant.organisation_id is None for grant in actor.grants):
        return own
    organisations = actor.organisation_ids(Role.COUNSELLOR)
    return own & (Q(counselling_organisation__isnull=True) | Q(counselling_organisation_id__in=organisations))


def referral_for(actor: Actor, referral_id: UUID) -> Referral | None:
    """Return one visible referral with its person and programme, or None: denied and absent look the same."""
    return visible_referrals(actor).select_related("person", "programme", "counsellor").filter(pk=referral_id).first()


def followed_referral(actor: Actor, referral_id: UUID) -> Referral | None:
    """Return one referral whose case file the actor may open, with person, programme and counsellor, or None."""
    found = next(iter(_WHOLE(referral_id=referral_id)), None)
    return found if found is not None and may_follow(actor, found) else None


def _whole(referral_id: UUID) -> QuerySet[Referral]:
    found = Referral.objects.filter(pk=referral_id).select_related("person", "programme", "counsellor")
    return found.defer("counsellor__password", "counsellor__last_login").order_by()


_WHOLE = Prepared(_whole)


def rows_of(actor: Actor, referral: Referral) -> Q:
    """Return which rows with a `referral` are of this one, none when the actor may not see it.

    Who follows a referral is known from the row itself, so that a case file asks its sections plainly by their key.
    """
    if may_follow(actor, referral):
        return Q(referral_id=referral.pk)
    return Q(referral__in=visible_referrals(actor).filter(pk=referral.pk))


def stalled(referrals: QuerySet[Referral], at: datetime, days: int) -> QuerySet[Referral]:
    """Return those that wait, did not move for `days` days, and are not put aside until later."""
    return referrals.filter(stage__in=WAITING_STAGES, stage_since__lt=at - timedelta(days=days)).exclude(snoozed_until__gt=localdate(at))


def moves_of(actor: Actor, referral_id: UUID) -> list[StageMove]:
    """Return the moves of a visible referral, newest first."""
    return list(StageMove.objects.filter(referral__in=visible_referrals(actor).filter(pk=referral_id)))


def waiting_days(referral: Referral, on: date) -> int:
    """Return for how many days the referral has stood in its present stage."""
    return max((on - localdate(referral.stage_since)).days, 0)
