"""Why not elsewhere, what is not met, what is learned, what it costs, and what is scarce."""

from __future__ import annotations

from opstap.bridges.spreadsheets.output import Badge, OutputCell, OutputColumn, OutputSheet, Tone
from opstap.desks.spreadsheet.assembly.roster_outcome import worse_reasons
from opstap.desks.spreadsheet.sheets.roster_speaker import RosterSpeaker

_MOST_REPLACEMENTS = 5


def _columns(say: RosterSpeaker, *titles: tuple[str, int]) -> tuple[OutputColumn, ...]:
    return tuple(OutputColumn(say(title), width) for title, width in titles)


def why_not_sheet(say: RosterSpeaker) -> OutputSheet:
    """Return one row per worker and kind of work that the worker never does: why not there."""
    problem, done = say.outcome.problem, {(shift.worker, shift.site, shift.function) for shift in say.outcome.result.shifts}
    kinds = list(dict.fromkeys((demand.site, demand.function) for demand in problem.demands))
    rows = [
        (worker.key, say.name(worker.key), site, function, say.reasons(say.outcome.why_not(worker.key, site, function)))
        for worker in problem.workers
        for site, function in kinds
        if (worker.key, site, function) not in done
    ]
    columns = _columns(say, ("Number", 8), ("Name", 24), ("Site", 26), ("Function", 22), ("Why not there", 90))
    return OutputSheet(say("Why not there"), columns, rows)


def unmet_sheet(say: RosterSpeaker) -> OutputSheet:
    """Return one row per site, function, weekday and cause where people are missing."""
    rows = [
        (
            Badge(say("minimum"), Tone.NOT_MET) if each.is_minimum else Badge(say("wanted"), Tone.UNKNOWN),
            each.site, each.function, say.weekday(each.weekday), each.people,
            say.dates(each.dates), say.reason(each.cause), say.reason(each.change),
        )
        for each in say.outcome.unmet
    ]  # fmt: skip
    columns = _columns(
        say, ("What is missing", 16), ("Site", 26), ("Function", 22), ("Day", 12), ("People missing", 10), ("Dates", 30),
        ("Cause", 60), ("Smallest change", 60),
    )  # fmt: skip
    return OutputSheet(say("Not met"), columns, rows, empty=say("Everything that is wanted is met."))


def learning_sheet(say: RosterSpeaker) -> OutputSheet:
    """Return one row per wish: practised in which weeks, and when not enough: why and what would help."""
    rows = []
    for goal in say.outcome.goals:
        badge = Badge(say("reached"), Tone.MET) if goal.is_reached else Badge(say("not reached"), Tone.NOT_MET)
        weeks = ", ".join(str(week + 1) for week in goal.weeks)
        rows.append(
            (goal.worker, say.name(goal.worker), goal.function, badge, weeks or None, say.reason(goal.cause), say.reason(goal.change))
        )
    columns = _columns(
        say, ("Number", 8), ("Name", 24), ("Wishes to learn", 22), ("Result", 14), ("Weeks of practice", 18), ("Cause", 60),
        ("Smallest change", 60),
    )  # fmt: skip
    return OutputSheet(say("Learning"), columns, rows, empty=say("Nobody has a wish to learn."))


def score_sheet(say: RosterSpeaker) -> OutputSheet:
    """Return one row per criterion in the planner's order, and the total with its proof."""
    result, points = say.outcome.result, say.outcome.problem.objective.points
    rows: list[tuple[str, int | None, int | None, int]] = []
    for name in say.outcome.problem.objective.order:
        cost = result.parts[name]
        cases = round(cost / points[name]) if points[name] else None
        rows.append((say.say.code(f"rostering.criterion_{name}"), points[name], cases, cost))
    rows += [
        (say("Total"), None, None, result.cost),
        (say("No roster can come below"), None, None, result.bound),
        (say("Of which nobody can avoid"), None, None, result.unavoidable),
    ]
    columns = _columns(say, ("Rule", 46), ("Points a case", 12), ("Cases (or hours)", 12), ("Points", 14))
    return OutputSheet(say("Score"), columns, rows)


def scarce_sheet(say: RosterSpeaker) -> OutputSheet:
    """Return what is scarce, most first, with whom to train next."""
    rows = [
        (each.name, say("coach") if each.is_coach else say("skill"), round(each.points_a_week), say.reason(each.advice))
        for each in say.outcome.scarcities
    ]
    columns = _columns(say, ("What is scarce", 30), ("Kind", 12), ("Worth in points a week", 14), ("Advice", 70))
    return OutputSheet(say("Scarce"), columns, rows, empty=say("Nothing is scarce."))


def changes_sheet(say: RosterSpeaker) -> OutputSheet:
    """Return one row per day of a worker that differs from what was published."""
    rows = []
    for worker, changes in say.outcome.changes.items():
        for change in changes:
            was, now = (f"{shift.site}: {shift.function}" if shift else say("free") for shift in (change.was, change.now))
            rows.append((worker, say.name(worker), change.day, was, now))
    columns = _columns(say, ("Number", 8), ("Name", 24), ("Date", 12), ("Was", 40), ("Becomes", 40))
    return OutputSheet(say("Changes"), columns, rows, empty=say("Nothing differs from what was published."))


def replacements_sheet(say: RosterSpeaker) -> OutputSheet:
    """Return, per published shift that became impossible, the people who could take it over, cheapest first."""
    rows: list[tuple[OutputCell, ...]] = []
    for lost, found in say.outcome.replacements.items():
        for rank, each in enumerate(found[:_MOST_REPLACEMENTS], start=1):
            leaves = f"{each.leaves.site}: {each.leaves.function}" if each.leaves else say("free")
            worse = say.reasons(tuple(worse_reasons(each.verdict.changes)))
            where = (lost.day, lost.site, lost.function, say.name(lost.worker))
            rows.append((*where, rank, each.shift.worker, say.name(each.shift.worker), leaves, each.verdict.cost, worse or None))
        if not found:
            rows.append((lost.day, lost.site, lost.function, say.name(lost.worker), None, None, say("nobody"), None, None, None))
    columns = _columns(
        say, ("Date", 12), ("Site", 26), ("Function", 22), ("Instead of", 24), ("Rank", 8), ("Number", 8), ("Name", 24),
        ("Leaves", 30), ("Points", 10), ("What is worse", 60),
    )  # fmt: skip
    return OutputSheet(say("Replacements"), columns, rows, empty=say("Every published shift is still possible."))
