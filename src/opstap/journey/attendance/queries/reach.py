"""Which placements an actor sees days of: the own floor, the own caseload or programme, the person's own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.among import Keys
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.prepared import Prepared
from opstap.journey.mentoring.queries import stood_in_for
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.enums import Scope
from opstap.journey.referrals.queries import visible_referrals

WORKED = (PlacementState.RUNNING.value, PlacementState.ENDED.value)
"""States of a placement with days."""
_SHOWN = (
    "id", "state", "period", "instrument", "agreed_hours_month", "ended_on",
    "person__first_name", "person__last_name", "person__folded_name", "person__longitude", "person__latitude",
    "seat__number", "seat__place__title", "seat__place__hours_per_month", "seat__place__organisation_id", "seat__place__programme_id",
    "seat__place__site__name", "seat__place__site__longitude", "seat__place__site__latitude",
    "seat__place__mentor__name", "seat__place__mentor__user_id",
    "referral__person_id", "referral__programme_id", "referral__counsellor_id", "referral__counselling_organisation_id",
)  # fmt: skip
"""What days, limits and sums are made of: nothing about health, benefit or the account."""


def stands_in_for(actor: Actor, on: date) -> frozenset[UUID]:
    """Return the mentors whose learners the actor minds on the day as their named back-up."""
    return frozenset(stood_in_for(actor, on)) if actor.has(Role.MENTOR) else frozenset()


def on_floor(actor: Actor, on: date) -> Q:
    """Return which placements stand on the actor's own floor on the day."""
    reach = Q(seat__place__organisation_id__in=actor.organisation_ids(Role.HOST))
    mentors = actor.organisation_ids(Role.MENTOR)
    if mentors and actor.user_id:
        own = Mentor.objects.filter(user_id=actor.user_id, organisation_id__in=mentors).values("pk")
        reach |= Q(seat__place__organisation_id__in=mentors) & (
            Q(seat__place__mentor__in=own) | Q(seat__place__mentor_id__in=stood_in_for(actor, on))
        )
    return reach


def floor_placements(actor: Actor, on: date) -> QuerySet[Placement]:
    """Return the placements on the actor's own floor that have days, by place and name."""
    return _shown(Placement.objects.filter(on_floor(actor, on), state__in=WORKED))


def attended_placements(actor: Actor, on: date) -> QuerySet[Placement]:
    """Return every placement with days that the actor may see: floor, caseload, programme, or their own as a person."""
    worked = Placement.objects.filter(state__in=WORKED)
    if actor.kind is ActorKind.SYSTEM:
        return _shown(worked)
    if actor.only_id is not None:
        worked = worked.filter(referral_id=actor.only_id)
    return _shown(worked.filter(on_floor(actor, on) | Q(referral__in=visible_referrals(actor, Scope.ATTENDANCE))))


def attended_among(actor: Actor, on: date, keys: Keys) -> list[Placement]:
    """Return those of these placements that have days and that the actor may see."""
    return _AMONG(actor=actor, on=on, keys=keys)


def _attended_among(actor: Actor, on: date, keys: Keys) -> QuerySet[Placement]:
    return attended_placements(actor, on).filter(pk__among=keys)


_AMONG = Prepared(_attended_among, at_times=("on",))


def _shown(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    related = placements.select_related("person", "referral", "seat__place__site", "seat__place__mentor")
    return related.only(*_SHOWN).order_by("seat__place__title", "person__folded_name", "id")
