"""The team: how many people each counsellor follows and where they stand, for the team lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.timezone import localdate

from opstap.foundation.access.models import RoleGrant, User
from opstap.foundation.actor import Actor, Role
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.models import Referral
from opstap.steering.overviews.queries.caseload import stalled_now


@dataclass(frozen=True, slots=True)
class Member:
    """A counsellor's caseload in numbers; without a user: the people whom nobody follows yet."""

    user_id: UUID | None
    name: str
    people: int
    to_decide: int
    questions: int
    wants_call: int
    proposed: int
    on_the_way: int
    stalled: int

    @property
    def key(self) -> str:
        """What the list of people filters by."""
        return str(self.user_id) if self.user_id else "none"


@dataclass(frozen=True, slots=True)
class Team:
    """The members of a team with the most people first, and the people without a counsellor, if any."""

    members: tuple[Member, ...]
    unassigned: Member | None


def team(actor: Actor, at: datetime) -> Team | None:
    """Return the caseloads of the teams that the actor leads, or None for who leads none; two queries."""
    organisations = actor.organisation_ids(Role.TEAM_LEAD)
    if not organisations:
        return None
    waiting = Referral.objects.filter(counselling_organisation_id__in=organisations).exclude(stage=Stage.CLOSED)
    rows: Iterable[dict[str, Any]] = waiting.order_by().values("counsellor_id", "counsellor__name").annotate(**_counts(at))  # type: ignore[assignment]  # rows of annotations
    members = {row["counsellor_id"]: _member(row) for row in rows}
    for user in counsellors(actor, localdate(at)):
        members.setdefault(user.pk, Member(user.pk, user.name, 0, 0, 0, 0, 0, 0, 0))
    unassigned = members.pop(None, None)
    ordered = sorted(members.values(), key=lambda member: (-member.people, member.name))
    return Team(tuple(ordered), unassigned)


def counsellors(actor: Actor, on: date) -> list[User]:
    """Return the counsellors of the teams that the actor leads, by name; none for anybody else."""
    held = RoleGrant.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), role=Role.COUNSELLOR.value, starts_on__lte=on)
    own = held.filter(organisation_id__in=actor.organisation_ids(Role.TEAM_LEAD))
    return list(User.objects.filter(is_active=True, pk__in=own.values("user_id")))


def _counts(at: datetime) -> dict[str, Count]:
    conditions = {
        "to_decide": Q(stage=Stage.OPEN),
        "questions": Q(stage=Stage.FACTS_MISSING),
        "wants_call": Q(waiting_cause=WaitingCause.PERSON_WANTS_CALL),
        "proposed": Q(stage=Stage.PROPOSED),
        "on_the_way": Q(stage__in=[Stage.TO_BE_AGREED, Stage.PLACED]),
        "stalled": stalled_now(at),
    }
    return {"people": Count("pk")} | {name: Count("pk", filter=condition) for name, condition in conditions.items()}


def _member(row: dict[str, Any]) -> Member:
    numbers = {name: row[name] for name in ("people", "to_decide", "questions", "wants_call", "proposed", "on_the_way", "stalled")}
    return Member(row["counsellor_id"], row["counsellor__name"] or "", **numbers)
