"""The roster three times: by worker, by site, by day."""

from __future__ import annotations

from datetime import date, timedelta

from opstap.bridges.spreadsheets.output import Badge, OutputCell, OutputColumn, OutputSheet, Tone
from opstap.desks.spreadsheet.assembly.roster_outcome import Assignment, minutes_of
from opstap.desks.spreadsheet.sheets.roster_speaker import RosterSpeaker, clock

_WEEK = range(7)


def by_worker_sheet(say: RosterSpeaker) -> OutputSheet:
    """Return one row per worker and week: the site, and every day what and from when."""
    columns = [("Number", 8), ("Name", 24), ("Week of", 12), ("Site", 26)]
    days = [OutputColumn(say.weekday(day), 24) for day in _WEEK]
    rows = [row for worker in say.outcome.problem.workers for row in _weeks_of(say, worker.key)]
    titles = [OutputColumn(say(title), width) for title, width in columns]
    return OutputSheet(say("By worker"), (*titles, *days, OutputColumn(say("Hours"), 9)), rows)


def _weeks_of(say: RosterSpeaker, worker: str) -> list[list[OutputCell]]:
    problem, scene = say.outcome.problem, say.outcome.scene
    rows: list[list[OutputCell]] = []
    for week in range(problem.weeks):
        first = problem.start + timedelta(days=7 * week)
        shifts = [scene.on.get((worker, first + timedelta(days=day))) for day in _WEEK]
        worked = [shift for shift in shifts if shift]
        head: list[OutputCell] = [worker, say.name(worker), first, worked[0].site if worked else None]
        cells: list[OutputCell] = [_day(say, worker, first + timedelta(days=day), shift) for day, shift in enumerate(shifts)]
        rows.append([*head, *cells, round(minutes_of(worked, problem) / 60, 2) if worked else None])
    return rows


def _day(say: RosterSpeaker, worker: str, day: date, shift: Assignment | None) -> OutputCell:
    person = say.outcome.problem.worker_by[worker]
    if shift is not None:
        text = f"{shift.function} {clock(shift.starts)}"
        return Badge(f"{text} ({say('learns')})", Tone.UNTIL) if person.is_learning(shift.function) else text
    return Badge(say("away"), Tone.UNKNOWN) if person.is_absent_on(day) else None


def by_site_sheet(say: RosterSpeaker) -> OutputSheet:
    """Return one row per site, function and week: who is there every day, and how many against what is wanted."""
    problem = say.outcome.problem
    columns = [("Organisation", 22), ("Site", 26), ("Function", 22), ("Week of", 12)]
    days = [OutputColumn(say.weekday(day), 28) for day in _WEEK]
    kinds = list(dict.fromkeys((demand.site, demand.function) for demand in problem.demands))
    rows: list[list[OutputCell]] = []
    for site, function in kinds:
        for week in range(problem.weeks):
            first = problem.start + timedelta(days=7 * week)
            cells: list[OutputCell] = [_site_day(say, site, function, first + timedelta(days=day)) for day in _WEEK]
            rows.append([problem.site_by[site].member, site, function, first, *cells])
    return OutputSheet(say("By site"), (*(OutputColumn(say(title), width) for title, width in columns), *days), rows)


def _site_day(say: RosterSpeaker, site: str, function: str, day: date) -> OutputCell:
    scene, problem = say.outcome.scene, say.outcome.problem
    asked = [cell for cell in problem.cells if (cell.demand.site, cell.demand.function, cell.day) == (site, function, day)]
    if not asked:
        return None
    here = [shift for shift in scene.shifts if (shift.site, shift.function, shift.day) == (site, function, day)]
    names = ", ".join(say.name(shift.worker) for shift in here)
    wanted, minimum = sum(cell.demand.wanted for cell in asked), sum(cell.demand.minimum for cell in asked)
    text = f"{len(here)}/{wanted} {names}".strip()
    skilled = sum(not problem.worker_by[shift.worker].is_learning(function) for shift in here)
    if skilled < minimum:
        return Badge(text, Tone.NOT_MET)
    return Badge(text, Tone.MET) if len(here) >= wanted else Badge(text, Tone.UNKNOWN)


def by_day_sheet(say: RosterSpeaker) -> OutputSheet:
    """Return one row per shift, by day: what can be read in again as the published roster, with why."""
    problem = say.outcome.problem
    columns = [("Date", 12), ("Day", 12), ("Site", 26), ("Function", 22), ("From", 8), ("Until", 8), ("Number", 8), ("Name", 24)]
    columns += [("Learns", 10), ("Why", 80)]
    rows = []
    for shift in sorted(say.outcome.result.shifts, key=lambda each: (each.day, each.site, each.function, each.starts, each.worker)):
        learns = problem.worker_by[shift.worker].is_learning(shift.function)
        ends = problem.cell_by[shift.cell].demand.ends
        why = say.reasons(say.outcome.why_here(shift)).replace("\n", " ")
        rows.append(
            (
                shift.day, say.weekday(shift.day.weekday()), shift.site, shift.function, clock(shift.starts), clock(ends),
                shift.worker, say.name(shift.worker), say("learns") if learns else None, why,
            )
        )  # fmt: skip
    return OutputSheet(say("By day"), tuple(OutputColumn(say(title), width) for title, width in columns), rows)
