"""Referrals that an actor may see, with what a caseload needs to know of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.utils.timezone import localdate

from opstap.foundation import clock
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.outbox.enums import Restraint
from opstap.foundation.prepared import Prepared
from opstap.journey.referrals.enums import Scope, Stage
from opstap.journey.referrals.models import Assignment, Referral, StageMove
from opstap.journey.referrals.permissions import assigned_to, may_follow, scopes_of

if TYPE_CHECKING:
    from datetime import date

    from opstap.foundation.programmes.models import Programme

WAITING_STAGES = frozenset(Stage) - {Stage.PLACED, Stage.CLOSED}
"""Stages in which somebody waits for something."""


def visible_referrals(actor: Actor, scope: Scope = Scope.FULL) -> QuerySet[Referral]:
    """Return the referrals within the actor's reach: own caseload, own organisation's, own programmes', or the person's own.

    With a `scope` also those that are assigned to the actor for only that.
    """
    if actor.kind is ActorKind.SYSTEM:
        return Referral.objects.all()
    reach = _followed(actor, scope)
    if programmes := actor.programme_ids(Role.COORDINATOR):
        reach |= Q(programme_id__in=programmes)
    if actor.person_id and not actor.grants:
        reach |= Q(person_id=actor.person_id)
    return Referral.objects.filter(reach)


def put_aside_because(referral_id: UUID, sealed: bytes | None) -> str:
    """Return why somebody was put aside, of a column that a list asked for without its row; "" for nobody's."""
    return str(Referral._meta.get_field("snooze_reason").read(sealed, referral_id) or "")  # noqa: SLF001 - documented


def followed_referrals(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals whose case file the actor may open: counsellor's, team lead's, assigned in full; never the coordinator's."""
    return referrals_in_scope(actor, Scope.FULL)


def referrals_in_scope(actor: Actor, scope: Scope) -> QuerySet[Referral]:
    """Return the referrals of which the actor may see this much: those they follow, and those that are assigned to them for it today."""
    if actor.kind is ActorKind.SYSTEM:
        return Referral.objects.all()
    return Referral.objects.filter(_followed(actor, scope))


class _AmongThese(Func):
    """A value that is one of an array: unlike `IN (subquery)` it leaves both sides of an OR to their indexes."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def _followed(actor: Actor, scope: Scope) -> Q:
    """Return which referrals the actor follows: as `permissions.may_open_case_file`, `may_see_plan`, `may_see_hours` say of one."""
    reach = Q(pk__in=())
    if actor.has(Role.COUNSELLOR) and actor.user_id:
        reach |= _own_caseload(actor)
    if organisations := actor.organisation_ids(Role.TEAM_LEAD):
        reach |= Q(counselling_organisation_id__in=organisations)
    holding = assigned_to(actor, clock.today())
    if holding is not None:
        # as an array that is asked once, the few assigned ones come by their key beside the index of the own caseload
        assigned = Assignment.objects.filter(holding, scope__in={Scope.FULL, scope}).order_by().values("referral_id")
        reach |= Q(_AmongThese(F("pk"), ArraySubquery(assigned)))
    return reach


def assignments_of(actor: Actor, referral: Referral) -> QuerySet[Assignment]:
    """Return who follows, and followed, a referral that the actor may open, the latest first."""
    rows = Assignment.objects.filter(referral_id=referral.pk).select_related("organisation", "user")
    return rows if may_follow(actor, referral) else rows.none()


def assignment_for(actor: Actor, assignment_id: UUID) -> Assignment | None:
    """Return one assignment of a referral whose file the actor may open, or None."""
    rows = Assignment.objects.select_related("organisation", "user", "referral__person")
    row = rows.filter(pk=assignment_id).first()
    return row if row is not None and may_follow(actor, row.referral) else None


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


def shared_referral(actor: Actor, referral_id: UUID) -> tuple[Referral, frozenset[Scope]] | None:
    """Return a referral with how far the actor may follow it, or None for not at all: in full, or what assignments give today."""
    found = next(iter(_WHOLE(referral_id=referral_id)), None)
    if found is None:
        return None
    scopes = frozenset(Scope) if may_follow(actor, found) else scopes_of(actor, found)
    return (found, scopes) if scopes else None


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


def moves_by_referral(actor: Actor, programme: Programme) -> defaultdict[UUID, list[StageMove]]:
    """Return the moves of every visible referral of a programme, newest first, in one statement."""
    moves: defaultdict[UUID, list[StageMove]] = defaultdict(list)
    for move in StageMove.objects.filter(referral__in=visible_referrals(actor).filter(programme=programme)):
        moves[move.referral_id].append(move)
    return moves


def restraints_of(person_ids: Collection[UUID]) -> dict[UUID, Restraint]:
    """Return how far messages to these people hold back, as their programmes say; of two programmes the more careful. One query."""
    numbers = ("programme__weekly_messages", "programme__quiet_from", "programme__quiet_until")
    rows = Referral.objects.filter(person_id__in=person_ids).exclude(stage=Stage.CLOSED).order_by().values_list("person_id", *numbers)
    found: dict[UUID, Restraint] = {}
    for person_id, cap, quiet_from, quiet_until in rows:
        other = found.get(person_id)
        asked = Restraint(weekly_cap=cap, quiet_from=time(quiet_from), quiet_until=time(quiet_until))
        found[person_id] = _more_careful(asked, other) if other else asked
    return found


def _more_careful(one: Restraint, other: Restraint) -> Restraint:
    return Restraint(
        weekly_cap=min(one.weekly_cap, other.weekly_cap),
        quiet_from=min(one.quiet_from, other.quiet_from),
        quiet_until=max(one.quiet_until, other.quiet_until),
    )


def waiting_days(referral: Referral, on: date) -> int:
    """Return for how many days the referral has stood in its present stage."""
    return max((on - localdate(referral.stage_since)).days, 0)
