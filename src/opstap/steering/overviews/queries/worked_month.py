"""A month for pay and invoices: hours per worker and member, what was not worked, premiums; and whether it is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opstap.foundation.actor import Actor
from opstap.journey.associations.assembly import quarter_premiums
from opstap.journey.associations.models import Association, Contract
from opstap.journey.associations.permissions import may_plan
from opstap.journey.associations.queries import contracts_of
from opstap.journey.rosters.assembly.worked import (
    Place,
    Time,
    Told,
    Worked,
    after_month,
    closed_before,
    closed_lines,
    contracts_in,
    differences,
    told_in,
    worked_in,
)
from opstap.journey.rosters.enums import Verdict
from opstap.journey.rosters.models import DayCorrection, WorkedLine, WorkedMonth
from opstap.journey.rosters.queries import day_corrections


@dataclass(frozen=True, slots=True)
class NotWorked:
    """Days of a kind on which somebody did not work, with the minutes of the contract for them."""

    kind: str
    time: Time

    @property
    def label(self) -> str:
        """The code of its words."""
        return f"rosters.away.{self.kind}"


@dataclass(frozen=True, slots=True)
class WorkerMonth:
    """A worker's month: the time for each member of the page (in its order), all of it, what was not worked, the quarter's premium.

    `planned`: the minutes that were told, as the rosters stand. `noted`: on how many days the floor said who was there.
    """

    contract: Contract
    name: str
    times: tuple[Time, ...]
    total: Time
    away: tuple[NotWorked, ...]
    percent: int | None
    planned: int
    noted: int


@dataclass(frozen=True, slots=True)
class MemberMonth:
    """What one member is invoiced: who worked there, how long, and the sum."""

    name: str
    lines: tuple[tuple[str, Time], ...]
    total: Time


@dataclass(frozen=True, slots=True)
class MonthPart:
    """One booking of a month as it goes to pay and invoices: the month itself, or a correction (its differences alone).

    `closing`: None for a month that is open.
    """

    closing: WorkedMonth | None
    workers: tuple[WorkerMonth, ...]
    invoices: tuple[MemberMonth, ...]


@dataclass(frozen=True)
class WorkedMonthPage:
    """A month of an association. Shown is what was closed, else what is known now.

    `news`: by how much what is known now differs from what was closed, by worker and member (or kind of absence); empty while open.
    `waiting`: a correction that somebody other than who proposed it must approve; `days`: those of single days, what was said of them too.
    `parts`: the bookings that add up to what is shown.
    """

    month: date
    members: tuple[str, ...]
    workers: tuple[WorkerMonth, ...]
    invoices: tuple[MemberMonth, ...]
    total: Time
    closings: tuple[WorkedMonth, ...]
    news: tuple[tuple[str, str, Time], ...]
    may_close: bool
    waiting: WorkedMonth | None = None
    days: tuple[DayCorrection, ...] = ()
    parts: tuple[MonthPart, ...] = ()

    @property
    def answered(self) -> list[DayCorrection]:
        """The corrections of days that do not wait any more."""
        return [row for row in self.days if row.verdict != Verdict.WAITING]

    @property
    def before(self) -> date:
        """The month before."""
        return date(self.month.year - (self.month.month == 1), (self.month.month - 2) % 12 + 1, 1)

    @property
    def after(self) -> date:
        """The month after."""
        return after_month(self.month)


def worked_month(actor: Actor, association: Association, month: date, today: date) -> WorkedMonthPage | None:
    """Return the month that begins on `month`; None without the right to plan."""
    if not may_plan(actor, association):
        return None
    running, lines = contracts_in(actor, association, month), closed_lines(association, month)
    told = told_in(association, month)
    now, closed = worked_in(association, month, running, told), closed_before(lines)
    every = tuple({line.month_id: line.month for line in lines}.values())
    closings, waiting = tuple(row for row in every if row.is_closed), next((row for row in every if not row.is_closed), None)
    shown = closed if closings else now
    booked = {row: closed_before(line for line in lines if line.month_id == row.pk) for row in closings}
    every_place = {*shown, *(place for worked in booked.values() for place in worked)}
    contracts = {row.pk: row for row in running}
    gone = {place.contract_id for place in every_place} - contracts.keys()
    if gone:  # paid for this month, and moved out of it since
        contracts |= {row.pk: row for row in contracts_of(actor, association).filter(pk__in=gone).prefetch_related(None)}
    names = _names(told, lines)
    members = sorted({place.member_id for place in every_place if place.member_id}, key=lambda key: names.get(key, str(key)))
    rows = sorted({place.contract_id for place in every_place}, key=lambda key: (contracts[key].person.folded_name, contracts[key].number))
    premiums = quarter_premiums([contracts[key] for key in rows], month, 1)[0].premiums

    def part(closing: WorkedMonth | None, worked: Worked) -> MonthPart:
        own = {place.contract_id for place in worked}
        workers = tuple(_worker(contracts[key], worked, members, premiums[key].percent, told) for key in rows if key in own)
        return MonthPart(closing, workers, tuple(_invoice(names.get(key, str(key)), key, worked, contracts) for key in members))

    whole = part(None, shown)
    changed = differences(now, closed) if closings else {}
    return WorkedMonthPage(
        month=month,
        members=tuple(names.get(key, str(key)) for key in members),
        workers=whole.workers,
        invoices=whole.invoices,
        total=_sum(time for place, time in shown.items() if place.member_id),
        closings=closings,
        news=tuple((str(contracts[place.contract_id].person), _where(place, names), time) for place, time in changed.items()),
        may_close=waiting is None and after_month(month) <= today and bool(changed or (not closings and now)),
        waiting=waiting,
        days=tuple(day_corrections(actor, association, month, after_month(month))),
        parts=tuple(part(row, worked) for row, worked in booked.items()) or (whole,),
    )


def _worker(contract: Contract, shown: Worked, members: Iterable[UUID], percent: int | None, told: Told) -> WorkerMonth:
    times = tuple(shown.get(Place(contract.pk, key, ""), Time()) for key in members)
    away = tuple(NotWorked(place.kind, time) for place, time in shown.items() if place.contract_id == contract.pk and place.kind)
    kinds = tuple(sorted(away, key=lambda each: each.kind))
    noted = len(told.noted.get(contract.pk, ()))
    return WorkerMonth(contract, str(contract.person), times, _sum(times), kinds, percent, told.minutes(contract.pk), noted)


def _invoice(name: str, key: UUID, shown: Worked, contracts: dict[UUID, Contract]) -> MemberMonth:
    lines: defaultdict[UUID, Time] = defaultdict(Time)
    for place, time in shown.items():
        if place.member_id == key:
            lines[place.contract_id] += time
    told = sorted((str(contracts[contract_id].person), time) for contract_id, time in lines.items() if time != Time())
    return MemberMonth(name, tuple(told), _sum(lines.values()))


def _names(told: Told, lines: Iterable[WorkedLine]) -> dict[UUID, str]:
    """Return the name of every member where somebody worked, as told, noted or closed."""
    sites = [row.site for rows in (told.shifts, told.noted) for days in rows.values() for row in days.values()]
    found = {site.organisation_id: site.organisation.name for site in sites}
    return found | {line.member_id: line.member.name for line in lines if line.member_id and line.member}


def _sum(times: Iterable[Time]) -> Time:
    return sum(times, Time())


def _where(place: Place, names: dict[UUID, str]) -> str:
    """Return the member's name, or the code of the kind of absence."""
    return names.get(place.member_id, str(place.member_id)) if place.member_id else f"rosters.away.{place.kind}"
