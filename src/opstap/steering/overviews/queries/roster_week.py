"""One week of a roster as a grid: people by day, or sites by day with what they ask; and the list of rosters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format

from opstap.foundation.actor import Actor
from opstap.journey.associations.models import Association, Contract, ContractAbsence, SiteDemand
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.enums import RosterState
from opstap.journey.rosters.models import Roster, RosterPin, RosterShift
from opstap.journey.rosters.queries import rosters_of

WEEK = 7
HOUR = 60
HUES = 8
"""Sites are told apart by a colour too; after so many the colours begin anew. The name always stands beside it."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One shift in the grid. `hue` is the colour of the site, from 1."""

    id: UUID
    contract_id: UUID
    person: str
    on: date
    site_id: UUID
    site: str
    function_id: UUID
    function: str
    starts: int
    ends: int
    minutes: int
    is_learner: bool
    is_pinned: bool
    hue: int

    @property
    def work(self) -> str:
        """The work as a part of the key of a place."""
        return f"{self.site_id}_{self.function_id}_{self.starts}"

    @property
    def hours(self) -> str:
        """From when until when: "8:00-16:06"."""
        return f"{clock(self.starts)}-{clock(self.ends)}"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a person: the shift, or free, away, or no day of the contract."""

    on: date
    chip: Chip | None
    is_away: bool
    is_contract_day: bool
    is_pinned: bool
    iso: str
    label: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person's week."""

    contract_id: UUID
    name: str
    week_minutes: int
    planned_minutes: int
    days: tuple[Day, ...]

    @property
    def hours(self) -> float:
        """Hours planned this week."""
        return self.planned_minutes / HOUR

    @property
    def week_hours(self) -> float:
        """Hours of the contract, on average a week."""
        return self.week_minutes / HOUR


@dataclass(frozen=True, slots=True)
class Need:
    """What a site asks on a day for a kind of work, and who is there. `is_asked` False: nothing is asked that day."""

    on: date
    is_asked: bool
    minimum: int
    wanted: int
    skilled: int
    chips: tuple[Chip, ...]
    key: str = ""
    label: str = ""

    @property
    def missing(self) -> int:
        """How many people are missing under what is wanted."""
        return max(0, self.wanted - len(self.chips))

    @property
    def is_under(self) -> bool:
        """Whether too few who can are there."""
        return self.skilled < self.minimum


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A kind of work at a site, from a certain hour, in one week."""

    site_id: UUID
    site: str
    function_id: UUID
    function: str
    starts: int
    ends: int
    hue: int
    needs: tuple[Need, ...]

    @property
    def hours(self) -> str:
        """From when until when."""
        return f"{clock(self.starts)}-{clock(self.ends)}"


@dataclass(frozen=True)
class RosterWeek:
    """A week of a roster in both views, with its neighbours and its numbers."""

    roster: Roster
    monday: date
    days: tuple[date, ...]
    weeks: tuple[date, ...]
    people: tuple[PersonRow, ...]
    work: tuple[WorkRow, ...]
    last_change: str = ""

    @property
    def under(self) -> int:
        """People who can that are missing under the minimum, this week."""
        return sum(max(0, need.minimum - need.skilled) for row in self.work for need in row.needs)

    @property
    def missing(self) -> int:
        """People missing under what is wanted, this week."""
        return sum(need.missing for row in self.work for need in row.needs)

    @property
    def shifts(self) -> int:
        """Shifts this week."""
        return sum(day.chip is not None for row in self.people for day in row.days)


def clock(minutes: int) -> str:
    """Return minutes after midnight as people write them: "8:05" for 485."""
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


def roster_lines(actor: Actor, association: Association, today: date) -> list[Roster]:
    """Return the rosters of an association: what is told for today or later, drafts and what is being made; then what is past.

    Suppositions have a page of their own.
    """
    rows = list(rosters_of(actor, association).filter(suppositions=[]).exclude(state=RosterState.REPLACED.value)[:60])
    return sorted(rows, key=lambda row: (row.start + timedelta(weeks=row.weeks) <= today, -row.start.toordinal(), -row.made_at.timestamp()))


def roster_week(actor: Actor, roster: Roster, asked: date | None, today: date) -> RosterWeek | None:
    """Return a week of a visible roster: the one of the day that is asked, else of today, else the first; None without the right."""
    if not may_plan(actor, roster.association):
        return None
    weeks = tuple(roster.start + timedelta(weeks=number) for number in range(roster.weeks))
    wanted = asked if asked is not None else today
    monday = max((week for week in weeks if week <= wanted), default=weeks[0])
    days = tuple(monday + timedelta(days=number) for number in range(WEEK))
    until = monday + timedelta(weeks=1)
    demands = _demands(roster.association_id, monday, until)
    pinned = {(row.contract_id, row.on) for row in RosterPin.objects.filter(roster=roster, on__gte=monday, on__lt=until)}
    chips = _chips(roster, monday, until, pinned, _hues(demands))
    people = _people(roster.association_id, days, chips, pinned)
    last = roster.changes.filter(undone_at__isnull=True).values_list("kind", flat=True).first()
    return RosterWeek(roster, monday, days, weeks, people, _work(demands, days, chips), f"rosters.change.{last}" if last else "")


class _Asked(NamedTuple):
    """A line of demand with the names that a page shows; the order is that of `_ASKED`."""

    site_id: UUID
    site: str
    function_id: UUID
    function: str
    weekday: int | None
    on: date | None
    from_on: date | None
    until_on: date | None
    starts: int
    ends: int
    minimum: int
    wanted: int
    maximum: int


_ASKED = (
    "site_id", "site__name", "function_id", "function__title", "weekday", "on", "from_on", "until_on", "starts", "ends", "minimum",
    "wanted", "maximum",
)  # fmt: skip
_SHIFT = (
    "pk", "contract_id", "contract__person__first_name", "contract__person__last_name", "on", "site_id", "site__name", "function_id",
    "function__title", "starts", "ends", "pause", "is_learner",
)  # fmt: skip


def _demands(association_id: UUID, monday: date, until: date) -> list[_Asked]:
    weekly = (
        Q(weekday__isnull=False) & (Q(from_on__isnull=True) | Q(from_on__lt=until)) & (Q(until_on__isnull=True) | Q(until_on__gt=monday))
    )
    rows = SiteDemand.objects.filter(weekly | Q(on__gte=monday, on__lt=until), association_id=association_id)
    return [_Asked(*row) for row in rows.values_list(*_ASKED)]


def _hues(demands: Iterable[_Asked]) -> dict[UUID, int]:
    sites = sorted({(row.site, row.site_id) for row in demands})
    return {key: 1 + number % HUES for number, (_, key) in enumerate(sites)}


def _chips(roster: Roster, monday: date, until: date, pinned: set[tuple[UUID, date]], hues: Mapping[UUID, int]) -> list[Chip]:
    rows = RosterShift.objects.filter(roster=roster, on__gte=monday, on__lt=until).order_by("starts", "contract__person__folded_name")
    return [
        Chip(
            key, contract, f"{first} {last}".strip(), on, site, site_name, function, title, starts, ends, ends - starts - pause, is_learner,
            (contract, on) in pinned, hues.get(site, HUES),
        )
        for key, contract, first, last, on, site, site_name, function, title, starts, ends, pause, is_learner in rows.values_list(*_SHIFT)
    ]  # fmt: skip


def _people(association_id: UUID, days: tuple[date, ...], chips: Iterable[Chip], pinned: set[tuple[UUID, date]]) -> tuple[PersonRow, ...]:
    until = days[-1] + timedelta(days=1)
    running = Q(until_on__isnull=True) | Q(until_on__gt=days[0])
    contracts = Contract.objects.filter(running, association_id=association_id, from_on__lt=until).select_related("person")
    contracts = contracts.only("weekly_hours", "half_days", "from_on", "until_on", "number", "person__first_name", "person__last_name")
    away: defaultdict[UUID, list[ContractAbsence]] = defaultdict(list)
    for absence in ContractAbsence.objects.filter(running, contract__association_id=association_id, from_on__lt=until):
        away[absence.contract_id].append(absence)
    on = {(chip.contract_id, chip.on): chip for chip in chips}
    shown = [(day, day.isoformat(), date_format(day, "D j/n")) for day in days]
    found = []
    for row in contracts:
        period, weekdays, gone = row.period, row.weekdays, [absence.period for absence in away[row.pk]]
        mine = tuple(
            Day(
                day, on.get((row.pk, day)), any(day in each for each in gone), day in period and day.weekday() in weekdays,
                (row.pk, day) in pinned, iso, label,
            )
            for day, iso, label in shown
        )  # fmt: skip
        planned = sum(day.chip.minutes for day in mine if day.chip)
        found.append(PersonRow(row.pk, str(row.person), round(row.weekly_hours * 60), planned, mine))
    return tuple(found)


def _work(demands: Iterable[_Asked], days: tuple[date, ...], chips: Iterable[Chip]) -> tuple[WorkRow, ...]:
    """Return the kinds of work by site, function and hour; a dated line replaces the weekday's line of its day."""
    asked: defaultdict[tuple[UUID, UUID, int], dict[date, _Asked]] = defaultdict(dict)
    first: dict[tuple[UUID, UUID, int], _Asked] = {}
    for row in sorted(demands, key=lambda each: each.on is not None):
        key = (row.site_id, row.function_id, row.starts)
        first.setdefault(key, row)
        for day in days:
            if row.on == day or (row.weekday == day.weekday() and _runs(row, day)):
                asked[key][day] = row
    here: defaultdict[tuple[UUID, str, int, date], list[Chip]] = defaultdict(list)
    for chip in chips:
        here[chip.site_id, chip.function, chip.starts, chip.on].append(chip)
    hues, labels = _hues(first.values()), {day: date_format(day, "D j/n") for day in days}
    found = [
        WorkRow(
            row.site_id, row.site, row.function_id, row.function, row.starts, row.ends, hues[row.site_id],
            tuple(
                _need(row, (day, labels[day]), asked[key].get(day), here.get((row.site_id, row.function, row.starts, day), ()))
                for day in days
            ),
        )
        for key, row in first.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda row: (row.site, row.function, row.starts)))


def _runs(row: _Asked, day: date) -> bool:
    return (row.from_on is None or row.from_on <= day) and (row.until_on is None or day < row.until_on)


def _need(work: _Asked, on: tuple[date, str], row: _Asked | None, chips: Sequence[Chip]) -> Need:
    skilled, (day, label) = sum(not chip.is_learner for chip in chips), on
    key = f"{day.isoformat()}_{work.site_id}_{work.function_id}_{work.starts}"
    if row is None or not row.maximum:
        return Need(day, is_asked=False, minimum=0, wanted=0, skilled=skilled, chips=tuple(chips), key=key, label=label)
    return Need(day, is_asked=True, minimum=row.minimum, wanted=row.wanted, skilled=skilled, chips=tuple(chips), key=key, label=label)
