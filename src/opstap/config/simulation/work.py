"""The work itself: days noted on the floor, illness, months signed by two parties, payment lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from opstap.config.simulation.agreements import test_account
from opstap.config.simulation.cast import NIGHT, key_of, self_of
from opstap.config.simulation.sayings import CONTESTS
from opstap.engine.shared import Reason, Refused
from opstap.foundation.prepared import Prepared
from opstap.journey.attendance.assembly import Sheet, month_sheets
from opstap.journey.attendance.enums import DayState
from opstap.journey.attendance.operations import (
    DayNote,
    approve_payment_run,
    close_months,
    confirm_days,
    contest_day,
    make_payment_run,
    record_days,
    set_paying_account,
)
from opstap.journey.attendance.queries.days import month_of
from opstap.journey.attendance.queries.reach import attended_placements

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from opstap.config.simulation.world import World
    from opstap.foundation.actor import Actor
    from opstap.foundation.programmes.models import Programme
    from opstap.journey.attendance.models import Day
    from opstap.journey.placements.models import Placement


def note_week(world: World, on: date) -> None:
    """Let every floor note its days since the last time, one list per host organisation."""
    month_starts = {month_of(on), month_of(on - timedelta(days=6))}
    floor = _FLOOR(programme=world.cast.programme, since=min(month_starts))
    placements = sorted(floor, key=lambda row: key_of(row.person))
    notes: dict[UUID, list[DayNote]] = defaultdict(list)
    for month in sorted(month_starts):
        for sheet in month_sheets(placements, month).values():
            notes[sheet.placement.seat.place.organisation_id] += _notes(world, sheet, on)
    for organisation_id, given in notes.items():
        if given:
            _record(world, world.cast.host(organisation_id), given, on)


def _floor(programme: Programme, since: date) -> QuerySet[Placement]:
    """Return the work of a programme that has days after the first of these."""
    return attended_placements(NIGHT, date.min).filter(seat__place__programme=programme, period__endswith__gt=since)


_FLOOR = Prepared(_floor)


def _record(world: World, host: Actor, notes: list[DayNote], on: date) -> None:
    """Note a list; when one day of it cannot be, each placement is noted on its own and the refusal is counted."""
    try:
        world.told.days += len(record_days(notes=notes, by=host, at=world.at(on, hour=15)))
    except Refused as refused:
        world.told.refuse(refused.reason.code)
        if len(notes) == 1:
            return
        half = len(notes) // 2
        _record(world, host, notes[:half], on)
        _record(world, host, notes[half:], on)


def _notes(world: World, sheet: Sheet, on: date) -> list[DayNote]:
    placement = sheet.placement
    who = key_of(placement.person)
    left, notes = sheet.limits.most, []
    used = sheet.noted
    for day in sheet.missing(on + timedelta(days=1)):
        state = _state(world, placement, who, day)
        hours = sheet.agreed.get(day, 0)
        if state in {DayState.HERE, DayState.LATE}:
            if left is not None and used + hours > left:
                state = DayState.EXCUSED
            else:
                used += hours
        notes.append(DayNote(placement.pk, day, state))
    return notes


def _state(world: World, placement: Placement, who: str, day: date) -> DayState:
    """Return how a day went: an illness lasts, every other day is drawn on its own."""
    ill = world.ill_until.get(placement.pk)
    if ill is not None and day < ill:
        return DayState.EXCUSED
    if world.luck.happens(world.habits.illness_starts, "ill", who, day):
        world.told.ill += 1
        world.ill_until[placement.pk] = day + timedelta(days=world.luck.between(*world.habits.illness_days, "ill for", who, day))
        return DayState.EXCUSED
    return world.luck.weighed(world.habits.days, "day", who, day)


def sign_month(world: World, on: date) -> None:
    """Let people look at last month's days, then both parties sign it, and make and approve the payment list."""
    last = month_of(on) - timedelta(days=1)
    month = month_of(last)
    floor = _FLOOR(programme=world.cast.programme, since=month)
    placements = [row for row in floor if row.period.lower <= last]
    has_days = {key: sheet for key, sheet in month_sheets(placements, month).items() if sheet.days and sheet.first_closing is None}
    for sheet in has_days.values():
        if world.luck.happens(world.habits.looks_at_month, "looks", key_of(sheet.placement.person), month):
            _look(world, sheet, on)
    by_host: dict[UUID, list[UUID]] = defaultdict(list)
    for key, sheet in has_days.items():
        by_host[sheet.placement.seat.place.organisation_id].append(key)
    first, second = (world.cast.coordinators() * 2)[:2]
    signed: list[UUID] = []
    for organisation_id, ids in by_host.items():
        outcome = close_months(placement_ids=ids, month=month, by=world.cast.host(organisation_id), at=world.at(on, hour=9))
        signed += outcome.closings
        _count(world, outcome.refused)
    if signed:
        outcome = close_months(placement_ids=signed, month=month, has_heard=True, by=first, at=world.at(on, hour=10))
        world.told.months_closed += len(outcome.closings)
        _count(world, outcome.refused)
    _pay(world, month, (first, second), on)


def _count(world: World, refused: Mapping[UUID, Reason]) -> None:
    for reason in refused.values():
        world.told.refuse(reason.code)


def _look(world: World, sheet: Sheet, on: date) -> None:
    """Let the person confirm the month's days, or contest one of them in own words."""
    days: list[Day] = [day for day in sheet.days if day.closing_id is None]
    me, at = self_of(sheet.placement.person), world.at(on, hour=8)
    wrong = [day for day in days if world.luck.happens(world.habits.contests_day, "contests", key_of(sheet.placement.person), day.on)]
    for day in wrong:
        contest_day(day_id=day.pk, words=world.next_of(CONTESTS, "contests", key_of(sheet.placement.person)), by=me, at=at)
    right = [day.pk for day in days if day not in wrong]
    if right:
        confirm_days(day_ids=right, by=me, at=at)


def _pay(world: World, month: date, coordinators: tuple[Actor, Actor], on: date) -> None:
    first, second = coordinators
    programme_id, at = world.cast.programme.pk, world.at(on, hour=14)
    if not world.told.payment_runs:
        set_paying_account(programme_id=programme_id, name="Stad Oostende", iban=test_account(1), by=first, at=at)
    try:
        run = make_payment_run(programme_id=programme_id, month=month, by=first, at=at)
        approve_payment_run(run=run, pay_on=on + timedelta(days=5), by=second, at=world.at(on, hour=16))
    except Refused as refused:
        world.told.refuse(refused.reason.code)
        return
    world.told.payment_runs += 1
