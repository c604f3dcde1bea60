"""Who notes days, who signs a month for which party, who pays."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.organisations.models import Organisation
from opstap.journey.attendance.enums import Side
from opstap.journey.placements.models import Placement
from opstap.journey.places.models import Place
from opstap.journey.referrals.permissions import coordinates, may_open_case_file

if TYPE_CHECKING:
    from opstap.journey.attendance.models import PaymentRun


def is_on_floor(actor: Actor, placement: Placement, stands_in: frozenset[UUID] = frozenset()) -> bool:
    """The host organisation, the place's own mentor, and who stands in for that mentor (`stands_in` holds the mentors' ids)."""
    place = placement.seat.place
    if place.organisation_id in actor.organisation_ids(Role.HOST):
        return True
    if place.organisation_id not in actor.organisation_ids(Role.MENTOR) or place.mentor is None:
        return False
    return (actor.user_id is not None and place.mentor.user_id == actor.user_id) or place.mentor_id in stands_in


def sides_of(actor: Actor, placement: Placement, stands_in: frozenset[UUID] = frozenset()) -> tuple[Side, ...]:
    """Return the parties for which the actor signs this placement's months: the work floor, or who follows or coordinates."""
    if actor.kind is not ActorKind.USER:
        return ()
    sides = [Side.HOST] if is_on_floor(actor, placement, stands_in) else []
    if may_open_case_file(actor, placement.referral) or coordinates(actor, placement.referral):
        sides.append(Side.COUNSELLOR)
    return tuple(sides)


def may_note(actor: Actor, placement: Placement, stands_in: frozenset[UUID] = frozenset()) -> bool:
    """Note days: the work floor; and who follows the person, from a paper list or a call."""
    return is_on_floor(actor, placement, stands_in) or may_open_case_file(actor, placement.referral)


def may_speak(actor: Actor, placement: Placement) -> bool:
    """Say of a day that it is right or not: the person, by a link about their journey or by one without a single subject."""
    return actor.person_id == placement.person_id and actor.only_id in {None, placement.referral_id}


def closable_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations of which the actor keeps the closures: the own, or those with a place in a coordinated programme."""
    theirs = Place.objects.filter(programme_id__in=actor.programme_ids(Role.COORDINATOR)).values("organisation_id")
    return Organisation.objects.filter(Q(pk__in=actor.organisation_ids(Role.HOST)) | Q(pk__in=theirs))


def may_close_site(actor: Actor, organisation_id: UUID) -> bool:
    """Say on which days nobody is expected: the host organisation itself, and who coordinates a programme with a place there."""
    return closable_organisations(actor).filter(pk=organisation_id).exists()


def may_pay(actor: Actor, programme_id: UUID) -> bool:
    """Make and approve payment lists: the programme's coordinators."""
    return actor.kind is ActorKind.USER and programme_id in actor.programme_ids(Role.COORDINATOR)


def may_approve(actor: Actor, run: PaymentRun, barred: frozenset[UUID]) -> bool:
    """Approve a payment list: a coordinator who neither made it nor is one of those (ids of users) who had a hand in what it pays."""
    return may_pay(actor, run.programme_id) and actor.user_id not in {run.made_user, *barred}
