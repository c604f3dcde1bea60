"""Placements that an actor may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.among import Keys
from opstap.foundation.prepared import Prepared
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.queries import visible_referrals

LIVE = (PlacementState.TO_BE_AGREED, PlacementState.RUNNING)
"""States in which a placement goes on, or still will."""


def visible_placements(actor: Actor) -> QuerySet[Placement]:
    """Return the placements of visible people, and those at the actor's own host organisation."""
    placements = Placement.objects.select_related("person", "seat__place", "seat__place__organisation", "referral")
    if actor.kind is ActorKind.SYSTEM:
        return placements
    own = Q(seat__place__organisation_id__in=actor.organisation_ids(Role.HOST)) | Q(proposal_id__in=actor.subject_ids(Role.HOST))
    return placements.filter(Q(referral__in=visible_referrals(actor)) | own)


def _periods(people: Keys) -> QuerySet[Placement, tuple[Any, ...]]:
    found = Placement.objects.filter(person_id__among=people).exclude(state=PlacementState.CANCELLED).order_by()
    return found.values_list("pk", "person_id", "instrument", "period")


_PERIODS = Prepared(_periods)


def other_periods(placements: Iterable[Placement]) -> dict[UUID, tuple[tuple[date, date], ...]]:
    """Return per placement the days `[start, until)` of the same person's other work under the same instrument; what was called off not."""
    rows = list(placements)
    theirs: dict[tuple[UUID, str], list[tuple[UUID, date, date]]] = defaultdict(list)
    for key, person_id, instrument, period in _PERIODS(people=Keys({row.person_id for row in rows})):
        theirs[person_id, instrument].append((key, period.lower, period.upper))
    return {row.pk: tuple((start, until) for key, start, until in theirs[row.person_id, row.instrument] if key != row.pk) for row in rows}


def running_placements(actor: Actor) -> QuerySet[Placement]:
    """Return the visible placements that hold a seat: to be agreed or running."""
    return visible_placements(actor).filter(state__in=LIVE)


def placement_for(actor: Actor, placement_id: UUID) -> Placement | None:
    """Return one visible placement, or None."""
    return _VISIBLE.first(actor=actor, key=placement_id)


def _visible(actor: Actor, key: UUID) -> QuerySet[Placement]:
    return visible_placements(actor).filter(pk=key)


_VISIBLE = Prepared(_visible)
