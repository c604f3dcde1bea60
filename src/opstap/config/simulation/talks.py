"""First talks: counsellors open moments, people choose one, and come or not."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from opstap.config.simulation.cast import NIGHT, key_of, self_of
from opstap.engine.shared import Refused
from opstap.foundation.access.queries import actor_for
from opstap.foundation.prepared import Prepared
from opstap.journey.appointments.enums import InvitationKind, InvitationState
from opstap.journey.appointments.operations import book_slot, invite, open_slots, record_outcome
from opstap.journey.appointments.queries import free_slots
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.queries import visible_referrals

if TYPE_CHECKING:
    from opstap.config.simulation.world import World
    from opstap.foundation.access.models import User
    from opstap.foundation.actor import Actor
    from opstap.journey.appointments.models import Invitation
    from opstap.journey.referrals.models import Referral

_BEFORE_A_PLACE = (Stage.OPEN, Stage.FACTS_MISSING, Stage.ELIGIBLE)
A_WEEK = 6
"""Moments that a counsellor opens in a week."""
_SPARE = 2
"""Moments more than people invited, for who is called or comes back."""
_CALL_AFTER = timedelta(days=9)
_FREE = Prepared(free_slots)


def talk(world: World, on: date) -> None:
    """Let every counsellor open next week's moments and invite who waited longest."""
    waiting = visible_referrals(NIGHT).filter(programme=world.cast.programme, stage__in=_BEFORE_A_PLACE, last_contact_at__isnull=True)
    longest = waiting.order_by("referred_on", "person__folded_name", "person__client_number", "pk")
    chosen: dict[UUID, list[UUID]] = defaultdict(list)
    for pk, counsellor_id in longest.filter(counsellor__isnull=False).values_list("pk", "counsellor_id"):
        if pk not in world.invited and len(chosen[counsellor_id]) < A_WEEK:
            chosen[counsellor_id].append(pk)
    found = visible_referrals(NIGHT).select_related("person", "counsellor").in_bulk([pk for keys in chosen.values() for pk in keys])
    for user in world.cast.counsellors():
        if chosen[user.pk]:
            _invite(world, user, [found[pk] for pk in chosen[user.pk]], on)


def _invite(world: World, user: User, first: list[Referral], on: date) -> None:
    actor, at = actor_for(user, on), world.at(on)
    monday = on + timedelta(days=7 - on.weekday())
    starts = [
        datetime(monday.year, monday.month, monday.day, 7, 0, tzinfo=UTC) + timedelta(days=n % 5, hours=n // 5)
        for n in range(len(first) + _SPARE)
    ]
    open_slots(counsellor=user, place=None, starts=starts, minutes=45, where="Sociaal Huis, lokaal 2", by=actor, at=at)
    for referral in first:
        try:
            invitation = invite(referral=referral, kind=InvitationKind.FIRST_TALK, by=actor, at=at)
        except Refused as refused:
            world.told.refuse(refused.reason.code)
            continue
        world.invited.add(referral.pk)
        world.told.talks += 1
        who = key_of(referral.person)
        if world.luck.happens(world.habits.chooses_moment, "chooses", who, on):
            days = world.luck.between(1, 3, "chooses in", who, on)
            world.agenda.put(on + timedelta(days=days), partial(_choose, world, invitation, referral, self_of(referral.person)))
        else:
            world.agenda.put(on + _CALL_AFTER, partial(_call, world, invitation, referral))


def _choose(world: World, invitation: Invitation, referral: Referral, by: Actor, on: date) -> None:
    """Let a moment be chosen, by the person or on the telephone; who finds none is invited again."""
    free = _FREE(limit=3, after=world.at(on), counsellor_id=invitation.counsellor_id)
    if not free:
        world.invited.discard(referral.pk)
        return
    slot = world.luck.one_of(free, "slot", key_of(referral.person), on)
    try:
        booked = book_slot(invitation=invitation, slot=slot, by=by, at=world.at(on))
    except Refused as refused:
        world.told.refuse(refused.reason.code)
        world.invited.discard(referral.pk)
        return
    world.agenda.put(slot.starts_at.date(), partial(_meet, world, booked, referral))


def _call(world: World, invitation: Invitation, referral: Referral, on: date) -> None:
    """Call who chose nothing: most choose a moment on the telephone, the others are invited again."""
    if world.luck.happens(world.habits.chooses_when_called, "called", key_of(referral.person), on):
        _choose(world, invitation, referral, world.cast.counsellor(referral), on)
    else:
        world.invited.discard(referral.pk)


def _meet(world: World, invitation: Invitation, referral: Referral, on: date) -> None:
    """Note whether the person came; who did not is invited again."""
    actor = world.cast.counsellor(referral)
    habits, who = world.habits, key_of(referral.person)
    away = {InvitationState.NO_SHOW: 1 - habits.comes_to_talk - habits.excuses, InvitationState.EXCUSED: habits.excuses}
    outcome = world.luck.weighed({InvitationState.SEEN: habits.comes_to_talk, **away}, "comes", who, on)
    world.told.no_shows += outcome is InvitationState.NO_SHOW
    record_outcome(invitation=invitation, outcome=outcome, by=actor, at=world.at(on, hour=17))
    if outcome is not InvitationState.SEEN:
        world.invited.discard(referral.pk)
