"""A month as it was worked: minutes per worker and member from what was noted, else told last; and what was not worked, by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

from opstap.foundation.actor import Actor, system_actor
from opstap.journey.associations.assembly import public_holidays
from opstap.journey.associations.models import Association, Contract
from opstap.journey.associations.queries import current_contracts
from opstap.journey.rosters.enums import CAME
from opstap.journey.rosters.models import Presence, RosterShift, WorkedLine
from opstap.journey.rosters.queries import presence_of, published_shifts

HOLIDAY = "holiday"
"""The kind of a day of the contract that is a public holiday on which nobody worked."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Whose minutes they are: a worker's, for a member, or (without one) not worked, by kind."""

    contract_id: UUID
    member_id: UUID | None
    kind: str


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """Days and minutes."""

    days: int = 0
    minutes: int = 0

    def __add__(self, other: Time) -> Time:
        """Return both together."""
        return Time(self.days + other.days, self.minutes + other.minutes)

    def __sub__(self, other: Time) -> Time:
        """Return how much more this is."""
        return Time(self.days - other.days, self.minutes - other.minutes)


NOTHING = Time()
Worked = Mapping[Place, Time]


def after_month(month: date) -> date:
    """Return the first day of the month after the one that begins on `month`."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def contracts_in(actor: Actor, association: Association, month: date) -> list[Contract]:
    """Return the contracts that hold in a month, with person and absences; none without the right to plan."""
    return list(current_contracts(actor, association, month, after_month(month)).prefetch_related(None).prefetch_related("absences"))


@dataclass(frozen=True)
class Told:
    """What was told of a month, and what was noted of it, by contract and day."""

    shifts: Mapping[UUID, Mapping[date, RosterShift]]
    noted: Mapping[UUID, Mapping[date, Presence]]

    def minutes(self, contract_id: UUID) -> int:
        """Return how many minutes were planned for a worker."""
        return sum(row.minutes for row in self.shifts.get(contract_id, {}).values())


def told_in(association: Association, month: date) -> Told:
    """Return what was told of the month that begins on `month`, each day by the last publication, and what was noted last."""
    until = after_month(month)
    shifts: defaultdict[UUID, dict[date, RosterShift]] = defaultdict(dict)
    for row in published_shifts(association, month, until, with_people=True):
        shifts[row.contract_id][row.on] = row
    return Told(shifts, presence_of(association, month, until))


def worked_in(association: Association, month: date, contracts: Iterable[Contract] | None = None, told: Told | None = None) -> Worked:
    """Return what is known now of the month that begins on `month`; `contracts`, `told`: those of the month, when they were read already.

    What was noted of a day counts before what was told of it: so many minutes there, or not there. A shift on a day on which the worker
    was away is not worked. A day of the contract without work is a public holiday, or has the kind of the absence, or that of what was
    noted; its minutes are those of the contract's week over its days.
    """
    until = after_month(month)
    if contracts is None:
        contracts = contracts_in(system_actor("roster"), association, month)
    known = told or told_in(association, month)
    found: defaultdict[Place, Time] = defaultdict(Time)
    holidays = public_holidays(month, until)
    for contract in contracts:
        for place, time in _of(contract, known, _days(month, until), holidays):
            found[place] += time
    return MappingProxyType(dict(sorted(found.items(), key=lambda each: (each[0].contract_id, str(each[0].member_id), each[0].kind))))


def closed_lines(association: Association, month: date) -> list[WorkedLine]:
    """Return the lines of all closings of a month, each with its closing, the first closing first; a closing has at least one.

    A correction that waits for its approval is among them: its closing is not closed.
    """
    rows = WorkedLine.objects.filter(month__association=association, month__month=month).select_related("month", "member")
    return list(rows.order_by("month__number", "id"))


def closed_before(lines: Iterable[WorkedLine]) -> Worked:
    """Return what was closed of a month by the lines of all its closings: corrections that were approved included."""
    found: defaultdict[Place, Time] = defaultdict(Time)
    for row in lines:
        if not row.month.is_closed:
            continue
        found[Place(row.contract_id, row.member_id, row.kind)] += Time(row.days, row.minutes)
    return {place: time for place, time in found.items() if time != NOTHING}


def differences(now: Worked, before: Worked) -> Worked:
    """Return by how much what is known now is more than what was closed."""
    places = {*now, *before}
    found = {place: now.get(place, NOTHING) - before.get(place, NOTHING) for place in places}
    return {place: time for place, time in found.items() if time != NOTHING}


def _days(month: date, until: date) -> list[date]:
    return [month + timedelta(days=number) for number in range((until - month).days)]


def _of(contract: Contract, told: Told, days: Iterable[date], holidays: frozenset[date]) -> Iterable[tuple[Place, Time]]:
    """Yield what each day of a month was for a worker."""
    absences, own = list(contract.absences.all()), contract.weekdays
    minutes = round(contract.weekly_hours * 60 / len(own))
    shifts, noted_days = told.shifts.get(contract.pk, {}), told.noted.get(contract.pk, {})
    for day in days:
        away = next((each for each in absences if day in each.period), None)
        shift, noted = shifts.get(day), noted_days.get(day)
        if noted is not None and noted.state in CAME:
            yield Place(contract.pk, noted.site.organisation_id, ""), Time(1, noted.minutes)
        elif noted is not None:
            yield Place(contract.pk, None, away.kind if away else noted.state), Time(1, shift.minutes if shift else minutes)
        elif shift is not None and away is None:
            yield Place(contract.pk, shift.site.organisation_id, ""), Time(1, shift.minutes)
        elif day in contract.period and day.weekday() in own and (away is not None or day in holidays):
            yield Place(contract.pk, None, HOLIDAY if day in holidays or away is None else away.kind), Time(1, minutes)
