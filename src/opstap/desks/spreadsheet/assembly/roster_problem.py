"""From the workbook of an employers' association to a roster to be made: keys, places on the map, and what had to be assumed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import holidays

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.problems import Severity
from opstap.bridges.spreadsheets.reading import Reading, ReadRow
from opstap.bridges.spreadsheets.roster import RosterReading, ShiftRow, SiteRow, WorkerRow
from opstap.desks.spreadsheet.assembly.notes import Note, note_on, notes_of
from opstap.desks.spreadsheet.geography import Atlas
from opstap.engine.matching.travel import Travel, kilometres
from opstap.engine.rostering.assumed import assumed_demands
from opstap.engine.rostering.objective import CRITERIA, Objective
from opstap.engine.rostering.problem import Assignment, Coach, Demand, Function, Member, Problem, Site, Worker
from opstap.engine.rostering.rules import Rules
from opstap.engine.shared import Period, Reason, Refused

__all__ = ["CRITERIA", "RosterInput", "RosterOptions", "build_roster_input"]

_ADULT = 18
_ALWAYS = Period(date.min)


@dataclass(frozen=True, slots=True)
class RosterOptions:
    """From which Monday, how many weeks, in which order the soft rules count, what decides ties, how long to search (seconds).

    `is_repair`: keep what was published, and change only what has to.
    """

    start: date
    weeks: int
    order: tuple[str, ...] = CRITERIA
    seed: int = 0
    seconds: float = 30.0
    is_repair: bool = False


@dataclass(frozen=True)
class RosterInput:
    """The roster to be made, the rows behind it, and what a person should look at."""

    options: RosterOptions
    problem: Problem
    workers: Mapping[str, WorkerRow]
    notes: tuple[Note, ...]
    published: tuple[Assignment, ...] = ()
    unplaced: frozenset[str] = field(default_factory=frozenset)


def build_roster_input(
    reading: RosterReading, options: RosterOptions, atlas: Atlas, published: Reading[ShiftRow] | None = None
) -> RosterInput:
    """Return the roster to be made; raises Refused when the workbook leaves no worker or no demand."""
    builder = _Builder(reading, options, atlas)
    workers = builder.workers()
    if not workers:
        raise Refused(Reason("rostering.no_workers"))
    if not reading.demands.values:
        raise Refused(Reason("rostering.no_demand"))
    problem = Problem(
        workers=tuple(workers),
        members=builder.members(),
        sites=builder.sites(),
        functions=builder.functions(),
        demands=builder.demands(),
        coaches=builder.coaches(),
        start=options.start,
        weeks=options.weeks,
        minutes=builder.minutes(),
        public_holidays=_public_holidays(options),
        rules=Rules(seaside_periods=_seasons(options)),
        objective=Objective(options.order),
        seed=options.seed,
        published=_published(published, options) if published else (),
    )
    notes = [note for sheet in reading.all for note in notes_of(sheet)] + builder.notes
    return RosterInput(options, problem, builder.rows, tuple(notes), problem.published, frozenset(builder.off_map))


class _Builder:
    """Turns rows into the engine's values and keeps a note for all that had to be left out or assumed."""

    def __init__(self, reading: RosterReading, options: RosterOptions, atlas: Atlas) -> None:
        self.reading, self.options, self.atlas = reading, options, atlas
        self.notes: list[Note] = []
        self.rows: dict[str, WorkerRow] = {}
        self.off_map: list[str] = []
        self._titles = {fold(row.function): row.function for row in reading.demands.values}
        self._sites = {fold(row.site): row for row in reading.sites.values}

    def note(self, sheet: Reading[object], row: ReadRow[object], column: str, code: Reason, severity: Severity = Severity.WARNING) -> None:
        """Keep a note on a row."""
        self.notes.append(note_on(sheet.filename, row, column, severity, code))

    def workers(self) -> list[Worker]:
        """Return the workers; a number that stands twice is used once."""
        absent = self._absences()
        found = []
        for row in self.reading.workers.rows:
            if row.value is None:
                continue
            if row.value.number in self.rows:
                self.note(self.reading.workers, row, "Nr", Reason("rostering.number_twice", {"number": row.value.number}), Severity.ERROR)
                continue
            self.rows[row.value.number] = row.value
            found.append(self._worker(row, row.value, absent.get(row.value.number, ())))
        return found

    def _worker(self, row: ReadRow[WorkerRow], value: WorkerRow, absent: Sequence[Period]) -> Worker:
        skills = frozenset(self._title(title, row) for title in value.skills)
        wishes = tuple(dict.fromkeys(self._title(title, row) for title in value.wishes))
        if known := [wish for wish in wishes if wish in skills]:
            self.note(self.reading.workers, row, "Wil leren", Reason("rostering.wish_is_skill", {"functions": tuple(known)}))
        if value.limits is None:
            self.note(self.reading.workers, row, "Mag niet", Reason("rostering.limits_unreadable"), Severity.ERROR)
        return Worker(
            key=value.number,
            week_minutes=round(value.hours * 60),
            days=frozenset(value.days),
            skills=skills,
            wishes=tuple(wish for wish in wishes if wish not in skills),
            limits=frozenset(_ALL_LIMITS if value.limits is None else value.limits),
            licences=frozenset(value.licences),
            contract=Period(value.hired_on or date.min, value.until),
            absent=tuple(absent),
            minor_until=_minor_until(value, self.options),
        )

    def _title(self, title: str, row: ReadRow[WorkerRow]) -> str:
        found = self._titles.get(fold(title))
        if found is None:
            self.note(self.reading.workers, row, "Kan", Reason("rostering.function_without_demand", {"function": title}))
        return found or title

    def _absences(self) -> dict[str, tuple[Period, ...]]:
        known = {row.number for row in self.reading.workers.values}
        found: dict[str, tuple[Period, ...]] = {}
        for row in self.reading.absences.rows:
            if row.value is None:
                continue
            if row.value.number not in known:
                self.note(self.reading.absences, row, "Nr", Reason("rostering.absence_of_nobody", {"number": row.value.number}))
            found[row.value.number] = (*found.get(row.value.number, ()), Period(row.value.starts_on, row.value.until))
        return found

    def members(self) -> tuple[Member, ...]:
        """Return the members; without dates on the sheet of sites an organisation counts as a member all the time."""
        periods: dict[str, Period] = {row.member: _ALWAYS for row in self.reading.demands.values}
        for row in self.reading.sites.values:
            if row.member in periods and (row.member_from or row.member_until):
                periods[row.member] = Period(row.member_from or date.min, row.member_until)
        return tuple(Member(key, (period,)) for key, period in periods.items())

    def sites(self) -> tuple[Site, ...]:
        """Return the sites of the demand."""
        found: dict[str, Site] = {}
        for row in self.reading.demands.values:
            about = self._sites.get(fold(row.site), SiteRow(row.site))
            closed = (Period(about.closed_from, about.closed_until),) if about.closed_from else ()
            found.setdefault(row.site, Site(row.site, row.member, closed, about.is_seaside_shop == "yes"))
        return tuple(found.values())

    def functions(self) -> tuple[Function, ...]:
        """Return the functions; what they ask of a body comes from the sheet, else from the product's list (to be confirmed)."""
        assumed = {fold(name): demands for name, demands in assumed_demands().items()}
        own = {fold(row.function): row for row in self.reading.functions.values}
        found: dict[str, Function] = {}
        for title in self._all_titles():
            row = own.get(fold(title))
            demands = row.demands if row and row.demands is not None else assumed.get(fold(title), ())
            found[title] = Function(
                title, frozenset(demands), frozenset(row.licences if row else ()), bool(row and row.is_unloved == "yes")
            )
        return tuple(found.values())

    def _all_titles(self) -> list[str]:
        return list(dict.fromkeys(self._titles.values()))

    def demands(self) -> tuple[Demand, ...]:
        """Return the demand, one per weekday; the title as it was first written."""
        return tuple(
            Demand(row.site, self._titles[fold(row.function)], day, row.starts, row.ends, row.pause, row.minimum, row.wanted, row.maximum)
            for row in self.reading.demands.values
            for day in row.days
        )

    def coaches(self) -> tuple[Coach, ...]:
        """Return the coaches of sites with demand; another site is noted."""
        sites = {fold(row.site): row.site for row in self.reading.demands.values}
        found: list[Coach] = []
        for row in self.reading.coaches.rows:
            if row.value is None:
                continue
            if fold(row.value.site) not in sites:
                self.note(self.reading.coaches, row, "Vestiging", Reason("rostering.coach_without_demand", {"site": row.value.site}))
                continue
            site = sites[fold(row.value.site)]
            found.append(Coach(f"{site}: {row.value.name}", site, frozenset(row.value.days), row.value.maximum))
        return tuple(found)

    def minutes(self) -> dict[tuple[str, str], int]:
        """Return the way one way for each worker and site that are both on the map."""
        travel = Travel()
        found: dict[tuple[str, str], int] = {}
        spots = {site.key: self._spot(site) for site in self.sites()}
        for key, row in self.rows.items():
            home = self.atlas.locate(row.neighbourhood, row.municipality, None)
            for site, spot in spots.items():
                if home is not None and spot is not None and row.travel_mode:
                    distance = kilometres(*home.point, *spot) * travel.detour
                    way = distance / travel.speeds[row.travel_mode] * 60 + travel.waiting[row.travel_mode]
                    found[key, site] = max(travel.shortest, math.ceil(way - 1e-9))
        return found

    def _spot(self, site: Site) -> tuple[float, float] | None:
        """Return where a site lies: by the sheet of sites, else by the municipality in its name."""
        about = self._sites.get(fold(site.key))
        place = self.atlas.locate(about.neighbourhood, about.municipality, None) if about else None
        if place is None:
            named = [town for town in self.atlas.middles if town and not town.isdigit() and town in fold(site.key)]
            place = self.atlas.locate(None, named[0], None) if named else None
        if place is None and site.key not in self.off_map:
            self.off_map.append(site.key)
            row = next(row for row in self.reading.demands.rows if row.value and row.value.site == site.key)
            self.note(self.reading.demands, row, "Vestiging", Reason("rostering.site_not_on_map", {"site": site.key}))
        return place.point if place else None


_ALL_LIMITS = ("lifting", "standing", "heights", "outdoors", "crowds", "dust")
"""Somebody whose limits cannot be read is kept from all work that asks something, until a person mends the cell."""


def _minor_until(row: WorkerRow, options: RosterOptions) -> date | None:
    """Return the 18th birthday of a minor; of one whose birth date is not known: after the roster."""
    if row.birth_date is not None:
        turns = date(row.birth_date.year + _ADULT, row.birth_date.month, min(row.birth_date.day, 28))
        return turns if turns > options.start else None
    if row.age is not None and row.age < _ADULT:
        return options.start + timedelta(days=7 * options.weeks)
    return None


def _public_holidays(options: RosterOptions) -> frozenset[date]:
    years = range(options.start.year, (options.start + timedelta(days=7 * options.weeks)).year + 1)
    return frozenset(holidays.country_holidays("BE", years=years))


def _seasons(options: RosterOptions) -> tuple[Period, ...]:
    """Return when shops at the coast may open on Sunday: May to September (school holidays are added by the administrator)."""
    return tuple(Period(date(year, 5, 1), date(year, 10, 1)) for year in range(options.start.year, options.start.year + 3))


def _published(reading: Reading[ShiftRow], options: RosterOptions) -> tuple[Assignment, ...]:
    until = options.start + timedelta(days=7 * options.weeks)
    return tuple(
        Assignment(row.number, row.day, row.site, row.function, row.starts) for row in reading.values if options.start <= row.day < until
    )
