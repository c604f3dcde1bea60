"""Ends: most placements end on their last day, some earlier; somebody takes the person on, and what became of them is asked later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT, key_of, self_of
from opstap.config.simulation.sayings import HOST_VIEWS, PERSON_VIEWS, RELAY_GOALS, RELAY_STEPS
from opstap.engine.shared import Refused
from opstap.journey.outcomes.enums import MONTHS, OutcomeKind, OutcomeMoment, OutcomeSource
from opstap.journey.outcomes.operations import Access, Views, accept_relay, end_journey_placement, offer_relay, record_outcome, write_relay
from opstap.journey.outcomes.queries import possible_recipients, relays_of
from opstap.journey.placements.enums import EndReason, PlacementState
from opstap.journey.placements.queries import visible_placements

if TYPE_CHECKING:
    from opstap.config.simulation.world import World
    from opstap.foundation.actor import Actor
    from opstap.journey.outcomes.models import Ending, Relay
    from opstap.journey.placements.models import Placement

_AFTER: dict[EndReason, dict[OutcomeKind, float]] = {
    EndReason.FOUND_WORK: {OutcomeKind.WORK_REGULAR: 0.7, OutcomeKind.WORK_SOCIAL_ECONOMY: 0.3},
    EndReason.STARTED_TRAINING: {OutcomeKind.TRAINING: 1.0},
    EndReason.COMPLETED: {OutcomeKind.SEARCHING: 0.7, OutcomeKind.WORK_REGULAR: 0.12, OutcomeKind.WORK_SOCIAL_ECONOMY: 0.18},
}
_OTHERWISE = {OutcomeKind.SEARCHING: 0.7, OutcomeKind.INACTIVE: 0.3}
_STAYS = 0.75
"""Share of people who still do at the next moment what they did at the one before."""


def plan_end(world: World, placement: Placement) -> None:
    """Let the work end on its last day as agreed, or earlier where life goes another way."""
    day = _early(world, placement) or placement.period.upper - timedelta(days=1)
    world.agenda.put(day, lambda on: _end_due(world, placement, on))


def _end_due(world: World, planned: Placement, on: date) -> None:
    running = visible_placements(NIGHT).filter(pk=planned.pk, state=PlacementState.RUNNING)
    placement = running.select_related("referral__counsellor", "person").first()
    if placement is None:
        return
    early = _early(world, placement)
    if early is not None and early <= on:
        reason = world.luck.weighed(world.habits.early_ends, "ends because", key_of(placement.person))
        _end(world, placement, min(on + timedelta(days=1), placement.period.upper), reason, on)
    elif placement.period.upper <= on + timedelta(days=1):
        _end(world, placement, placement.period.upper, EndReason.COMPLETED, on)
    else:
        plan_end(world, placement)


def _early(world: World, placement: Placement) -> date | None:
    """Return the day on which somebody stops early, or None: drawn once for each person and first day."""
    who = (key_of(placement.person), placement.period.lower)
    if not world.luck.happens(world.habits.stops_early, "stops early", *who):
        return None
    first: date = placement.period.lower
    days = (placement.period.upper - first).days
    return first + timedelta(days=world.luck.between(10, max(days - 5, 11), "stops after", *who))


def _end(world: World, placement: Placement, on: date, reason: EndReason, today: date) -> None:
    counsellor, who = world.cast.counsellor(placement.referral), key_of(placement.person)
    doing = world.luck.weighed(_AFTER.get(reason, _OTHERWISE), "after", who)
    wants_relay = reason in {EndReason.COMPLETED, EndReason.FOUND_WORK} and world.luck.happens(0.5, "relay", who)
    is_completed = reason is EndReason.COMPLETED
    views = Views(world.next_of(PERSON_VIEWS, "view", who), world.next_of(HOST_VIEWS, "host view", who)) if is_completed else Views("", "")
    try:
        ending = end_journey_placement(
            placement=placement,
            on=on,
            reason_code=reason,
            views=views,
            wants_relay=wants_relay,
            doing=doing,
            by=counsellor,
            at=world.at(today, hour=17),
        )
    except Refused as refused:
        world.told.refuse(refused.reason.code)
        return
    world.told.ended += 1
    world.told.ended_early += reason is not EndReason.COMPLETED
    if wants_relay:
        world.agenda.put(today + timedelta(days=2), lambda day: _hand_over(world, ending, day))
    _ask_later(world, ending, doing, who)


def _hand_over(world: World, ending: Ending, on: date) -> None:
    """Offer the relay to a colleague, who takes the person on in most cases."""
    referral, who = ending.referral, key_of(ending.referral.person)
    counsellor, at = world.cast.counsellor(referral), world.at(on)
    relay = next(iter(relays_of(counsellor, referral)), None)
    own = {user.pk for user in world.cast.counsellors()}
    colleagues = [user for user in possible_recipients(counsellor, on) if user.pk in own]
    if relay is None or not colleagues:
        return
    try:
        written = write_relay(
            relay=relay,
            goals=[world.next_of(RELAY_GOALS, "relay goal", who)],
            barriers=[],
            next_step=world.next_of(RELAY_STEPS, "relay step", who),
            by=counsellor,
            at=at,
        )
        to = world.luck.one_of(colleagues, "relay to", key_of(referral.person))
        offered = offer_relay(relay=written, to=to, access=Access(), by=counsellor, at=at)
    except Refused as refused:
        world.told.refuse(refused.reason.code)
        return
    world.told.relays += 1
    if world.luck.happens(world.habits.accepts_relay, "accepts", key_of(referral.person)):
        days = world.luck.between(1, 8, "accepts in", key_of(referral.person))
        recipient = world.cast.actor_of(to)
        world.agenda.put(on + timedelta(days=days), lambda day: _accept(world, offered, recipient, day))


def _accept(world: World, relay: Relay, recipient: Actor, on: date) -> None:
    accept_relay(relay=relay, by=recipient, at=world.at(on))


def _ask_later(world: World, ending: Ending, doing: OutcomeKind, who: str) -> None:
    """Plan what somebody says after 3, 6 and 12 months: mostly the same as before; some cannot be reached."""
    now = doing
    for moment in (OutcomeMoment.M3, OutcomeMoment.M6, OutcomeMoment.M12):
        if not world.luck.happens(_STAYS, "still", who, moment.value):
            now = world.luck.one_of(list(OutcomeKind), "became", who, moment.value)
        day = ending.on + timedelta(days=31 * MONTHS[moment])
        if world.luck.happens(0.85, "reached", who, moment.value):
            world.agenda.put(day, lambda on, at=moment, kind=now: _tell(world, ending, at, kind, on))  # type: ignore[misc]  # bound now


def _tell(world: World, ending: Ending, moment: OutcomeMoment, kind: OutcomeKind, on: date) -> None:
    by = self_of(ending.placement.person)
    try:
        record_outcome(ending=ending, moment=moment, kind=kind, source=OutcomeSource.PERSON, by=by, at=world.at(on, hour=18))
    except Refused as refused:
        world.told.refuse(refused.reason.code)
        return
    world.told.outcomes += 1
