"""Today on the mentor's floor: who is expected, how each day was noted, and what to know before a limit is crossed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor, Role
from opstap.foundation.prepared import Prepared
from opstap.journey.attendance.assembly import Sheet, month_sheets, sheets_over
from opstap.journey.attendance.enums import ClosingState
from opstap.journey.attendance.queries.days import month_of
from opstap.journey.attendance.queries.reach import floor_placements
from opstap.journey.placements.models import Placement

WEEK = 7


@dataclass(frozen=True, slots=True)
class FloorDay:
    """One person on one day. `agreed` is None when nobody is expected then, `closed` says why; `state` is "" while nothing is noted."""

    placement_id: UUID
    name: str
    place: str
    on: date
    agreed: Decimal | None
    closed: Reason | None
    state: str
    hours: Decimal
    person_state: str
    is_signed: bool
    is_ahead: bool
    noted_hours: Decimal
    most_hours: Decimal | None
    ahead: tuple[Reason, ...]

    @property
    def is_open(self) -> bool:
        """Whether something can be noted: an agreed day that came, of a month that nobody signed."""
        return self.agreed is not None and not self.is_signed

    @property
    def has_other_hours(self) -> bool:
        """Whether somebody worked other hours than agreed."""
        return self.state in {"here", "late"} and self.hours != (self.agreed or Decimal(0))


@dataclass(frozen=True, slots=True)
class FloorToday:
    """One day of a floor: who is expected, who is not; `behind` are the earlier agreed days of this month without a note."""

    on: date
    today: date
    expected: tuple[FloorDay, ...]
    others: tuple[FloorDay, ...]
    behind: tuple[date, ...]

    @property
    def open(self) -> tuple[FloorDay, ...]:
        """Who is expected and not noted yet, of the days that came."""
        return tuple(day for day in self.expected if day.is_open and not day.state and not day.is_ahead)

    @property
    def before(self) -> date:
        """The day before."""
        return self.on - timedelta(days=1)

    @property
    def after(self) -> date:
        """The day after."""
        return self.on + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FloorWeek:
    """A week of a floor, from Monday: each person with their agreed days until today."""

    monday: date
    today: date
    people: tuple[tuple[FloorDay, ...], ...]

    @property
    def before(self) -> date:
        """A day of the week before."""
        return self.monday - timedelta(days=WEEK)

    @property
    def after(self) -> date:
        """A day of the week after."""
        return self.monday + timedelta(days=WEEK)


def floor_today(actor: Actor, on: date, today: date) -> FloorToday | None:
    """Return the actor's floor on a day, seen from today; None for who has no floor. Five queries, whatever the size of the house."""
    if not actor.has(Role.HOST, Role.MENTOR):
        return None
    placements = _ON_FLOOR(actor=actor, on=on)
    sheets = month_sheets(placements, month_of(on))
    days = [_day(sheets[row.pk], on, today) for row in placements]
    behind = {day for sheet in sheets.values() if sheet.state is ClosingState.OPEN for day in sheet.missing(min(on, today))}
    return FloorToday(
        on=on,
        today=today,
        expected=tuple(day for day in days if day.agreed is not None or day.closed is not None or day.state),
        others=tuple(day for day in days if day.agreed is None and day.closed is None and not day.state),
        behind=tuple(sorted(behind)),
    )


def _on_floor(actor: Actor, on: date) -> QuerySet[Placement]:
    return floor_placements(actor, on).filter(period__contains=on)


_ON_FLOOR = Prepared(_on_floor)


def floor_day(actor: Actor, placement_id: UUID, on: date, today: date) -> FloorDay | None:
    """Return one person on one day of the actor's own floor, or None."""
    placement = floor_placements(actor, on).filter(pk=placement_id, period__contains=on).first()
    return _day(month_sheets([placement], month_of(on))[placement.pk], on, today) if placement else None


def floor_week(actor: Actor, on: date, today: date) -> FloorWeek | None:
    """Return the week around a day: each person's agreed days that have come; None for who has no floor."""
    if not actor.has(Role.HOST, Role.MENTOR):
        return None
    monday = on - timedelta(days=on.weekday())
    days = [monday + timedelta(days=count) for count in range(WEEK)]
    placements = list(floor_placements(actor, on).filter(period__startswith__lte=days[-1], period__endswith__gt=monday))
    sheets = sheets_over(placements, sorted({month_of(day) for day in days}))
    people = (tuple(_day(sheets[month_of(day)][row.pk], day, today) for day in days if day <= today) for row in placements)
    shown = (tuple(day for day in person if day.agreed is not None or day.state) for person in people)
    return FloorWeek(monday, today, tuple(person for person in shown if person))


def _day(sheet: Sheet, on: date, today: date) -> FloorDay:
    placement, row = sheet.placement, sheet.on(on)
    return FloorDay(
        placement_id=placement.pk,
        name=str(placement.person),
        place=placement.seat.place.title,
        on=on,
        agreed=sheet.agreed.get(on),
        closed=sheet.closed.get(on),
        state=row.state if row else "",
        hours=row.hours if row else Decimal(0),
        person_state=row.person_state if row else "none",
        is_signed=sheet.state is not ClosingState.OPEN,
        is_ahead=on > today,
        noted_hours=sheet.noted,
        most_hours=sheet.limits.most,
        ahead=sheet.ahead(today),
    )
