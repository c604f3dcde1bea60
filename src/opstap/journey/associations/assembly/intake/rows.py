"""What each row of a workbook would do, sheet by sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.reading import ReadRow
from opstap.bridges.spreadsheets.roster import AbsenceRow, CoachRow, DemandRow, FunctionRow, SiteRow
from opstap.engine.rostering.clock import clock
from opstap.engine.shared import Period, Reason
from opstap.journey.associations.assembly.intake.known import Known
from opstap.journey.associations.assembly.intake.planned import CellNote, Change, Planned, planned, row_note
from opstap.journey.associations.assembly.intake.workers import plan_workers
from opstap.journey.associations.enums import Part


def plan_part(part: Part, known: Known) -> list[Planned]:
    """Return what the rows of one sheet would do, in the order of the file."""
    return _PLANS[part](known)


def _plan_sites(known: Known) -> list[Planned]:
    return [_plan_site(row, known) for row in known.reading.sites.rows]


def _plan_site(row: ReadRow[SiteRow], known: Known) -> Planned:
    value = row.value
    if value is None:
        return planned(Part.SITES, row, row.raw.get("Vestiging", ""), None)
    target = known.sites.get(fold(value.site))
    notes = [] if value.member or target else [row_note(row, "Lid", Reason("associations.row_without_member"))]
    changes = []
    if target is not None:
        terms = known.site_terms.get(target.pk)
        was, now = bool(terms and terms.is_seaside_shop), value.is_seaside_shop == "yes"
        changes = [Change("seaside", str(int(was)), str(int(now)))] if was != now else []
    return planned(Part.SITES, row, value.site, target, changes=changes, notes=notes)


def _plan_functions(known: Known) -> list[Planned]:
    return [_plan_function(row, known) for row in known.reading.functions.rows]


def _plan_function(row: ReadRow[FunctionRow], known: Known) -> Planned:
    value = row.value
    if value is None:
        return planned(Part.FUNCTIONS, row, row.raw.get("Functie", ""), None)
    target, changes = known.functions.get(fold(value.function)), []
    if target is not None:
        if value.demands is not None and set(value.demands) != set(target.demands):
            changes.append(Change("demands", ", ".join(sorted(target.demands)), ", ".join(sorted(value.demands))))
        if set(value.licences) != set(target.licences):
            changes.append(Change("licences", ", ".join(target.licences), ", ".join(value.licences)))
        if (value.is_unloved == "yes") != target.is_unloved:
            changes.append(Change("unloved", str(int(target.is_unloved)), str(int(value.is_unloved == "yes"))))
    return planned(Part.FUNCTIONS, row, value.function, target, changes=changes)


def _plan_demands(known: Known) -> list[Planned]:
    return [_plan_demand(row, known) for row in known.reading.demands.rows]


def _plan_demand(row: ReadRow[DemandRow], known: Known) -> Planned:
    """Return what a row asks; one for several weekdays is the same only when each of them is."""
    value = row.value
    if value is None:
        return planned(Part.DEMANDS, row, " · ".join(filter(None, (row.raw.get("Vestiging"), row.raw.get("Functie")))), None)
    subject = f"{value.site} · {value.function}"
    site, function = known.sites.get(fold(value.site)), known.functions.get(fold(value.function))
    if site is None or function is None:
        told = (("site", value.site, site), ("function", value.function, function))
        changes = [Change(name, "", text) for name, text, there in told if there is None and known.is_news(name, text)]
        return planned(Part.DEMANDS, row, subject, None, changes=changes)
    there = [known.demands.get((site.pk, function.pk, day, value.starts)) for day in value.days]
    if not all(there):
        return planned(Part.DEMANDS, row, subject, None)
    new = _asked(value.ends, value.pause, value.minimum, value.wanted, value.maximum)
    old = [_asked(each.ends, each.pause, each.minimum, each.wanted, each.maximum) for each in there if each]
    changes = [Change("needs", was, new) for was in dict.fromkeys(old) if was != new]
    return planned(Part.DEMANDS, row, subject, there[0], changes=changes)


def _asked(ends: int, pause: int, minimum: int, wanted: int, maximum: int) -> str:
    return f"{minimum} / {wanted} / {maximum} · {clock(ends)} ({pause})"


def _plan_coaches(known: Known) -> list[Planned]:
    return [_plan_coach(row, known) for row in known.reading.coaches.rows]


def _plan_coach(row: ReadRow[CoachRow], known: Known) -> Planned:
    value = row.value
    if value is None:
        return planned(Part.COACHES, row, row.raw.get("Coach", ""), None)
    asked = {fold(each.site) for each in known.reading.demands.values}
    site, notes = known.sites.get(fold(value.site)), list[CellNote]()
    if site is None and fold(value.site) not in asked:
        notes.append(row_note(row, "Vestiging", Reason("associations.unknown_site", {"site": value.site})))
    target = known.coaches.get((site.pk, fold(value.name))) if site else None
    changes = []
    if target is not None:
        if sorted(value.days) != target.weekdays:
            changes.append(Change("days", _days(target.weekdays), _days(value.days)))
        if value.maximum != target.maximum:
            changes.append(Change("maximum", str(target.maximum), str(value.maximum)))
    return planned(Part.COACHES, row, f"{value.name} · {value.site}", target, changes=changes, notes=notes)


def _days(days: tuple[int, ...] | list[int]) -> str:
    return " ".join(str(day) for day in sorted(days))


def _plan_absences(known: Known) -> list[Planned]:
    return [_plan_absence(row, known) for row in known.reading.absences.rows]


def _plan_absence(row: ReadRow[AbsenceRow], known: Known) -> Planned:
    """Return what an absence adds: only the days on which the worker was not known to be away."""
    value = row.value
    if value is None:
        return planned(Part.ABSENCES, row, row.raw.get("Nr", ""), None)
    contract = known.contracts.get(value.number)
    listed = {each.number: each.full_name for each in known.reading.workers.values}
    notes = []
    if contract is None and value.number not in listed:
        notes = [row_note(row, "Nr", Reason("rostering.absence_of_nobody", {"number": value.number}))]
    covered = contract is not None and not uncovered(
        Period(value.starts_on, value.until), [each.period for each in contract.absences.all()]
    )
    name = str(contract.person) if contract else listed.get(value.number, "")
    subject = f"{value.number} {name} · {value.starts_on:%d/%m/%Y}".strip()
    return planned(Part.ABSENCES, row, subject, contract if covered else None, notes=notes)


def uncovered(wanted: Period, there: list[Period]) -> list[Period]:
    """Return the parts of a period that no other covers, in order."""
    left = [wanted]
    for other in there:
        parts = []
        for piece in left:
            if not piece.overlaps(other):
                parts.append(piece)
                continue
            if piece.start < other.start:
                parts.append(Period(piece.start, other.start))
            if other.until is not None and (piece.until is None or other.until < piece.until):
                parts.append(Period(other.until, piece.until))
        left = parts
    return sorted(left)


_PLANS: Mapping[Part, Callable[[Known], list[Planned]]] = MappingProxyType(
    {
        Part.SITES: _plan_sites,
        Part.FUNCTIONS: _plan_functions,
        Part.DEMANDS: _plan_demands,
        Part.COACHES: _plan_coaches,
        Part.WORKERS: plan_workers,
        Part.ABSENCES: _plan_absences,
    }
)
