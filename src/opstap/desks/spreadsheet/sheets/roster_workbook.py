"""All sheets of a roster, in the order in which a planner reads them."""

from __future__ import annotations

from datetime import datetime

from opstap.bridges.spreadsheets.output import OutputSheet
from opstap.desks.spreadsheet.assembly.roster_outcome import RosterOutcome
from opstap.desks.spreadsheet.sheets.problems import notes_sheet
from opstap.desks.spreadsheet.sheets.roster_grids import by_day_sheet, by_site_sheet, by_worker_sheet
from opstap.desks.spreadsheet.sheets.roster_reasons import (
    changes_sheet,
    learning_sheet,
    replacements_sheet,
    scarce_sheet,
    score_sheet,
    unmet_sheet,
    why_not_sheet,
)
from opstap.desks.spreadsheet.sheets.roster_speaker import RosterSpeaker
from opstap.desks.spreadsheet.sheets.speaker import Speaker


def roster_sheets(outcome: RosterOutcome, language: str, *, at: datetime) -> tuple[OutputSheet, ...]:
    """Return the read-me, the roster by worker, site and day, and everything that explains it."""
    say = RosterSpeaker(Speaker(language), outcome)
    changes = (changes_sheet(say), replacements_sheet(say)) if outcome.given.published else ()
    return (
        _read_me(say, at),
        by_worker_sheet(say),
        by_site_sheet(say),
        by_day_sheet(say),
        *changes,
        unmet_sheet(say),
        learning_sheet(say),
        why_not_sheet(say),
        score_sheet(say),
        scarce_sheet(say),
        notes_sheet(outcome.given.notes, say.say),
    )


def _read_me(say: RosterSpeaker, at: datetime) -> OutputSheet:
    outcome, result, problem = say.outcome, say.outcome.result, say.outcome.problem
    reached = sum(goal.is_reached for goal in outcome.goals)
    missing = sum(each.people for each in outcome.unmet if each.is_minimum)
    lines = (
        "# " + say("Roster of {first} for {weeks} {weeks:week|weeks}", first=say.say.day(problem.start), weeks=problem.weeks),
        say("Made on {at}. A person decides: change what you want, and have it checked.", at=f"{at:%d/%m/%Y %H:%M}"),
        say("{people} workers, {shifts} shifts.", people=len(problem.workers), shifts=len(result.shifts)),
        say("Result: {status}.", status=say.say.code(f"rostering.status_{result.status.value}")),
        say("Cost {cost} points; no roster of these people can come below {bound}.", cost=result.cost, bound=result.bound),
        say("Of the points that can be avoided, at most {share} % could still be gained.", share=f"{outcome.gap * 100:.1f}"),
        say("{missing} {missing:person is|people are} missing under the minimum: see “Not met”.", missing=missing),
        say("{reached} of {all} wishes to learn are reached: see “Learning”.", reached=reached, all=len(outcome.goals)),
        "",
        "# " + say("How to read it"),
        say("Blue cells are learners: they work beside somebody who can. Red is under the minimum, yellow under what is wanted."),
        say("What work asks of a body comes from the sheet “Functies”, else from our list, which is to be confirmed."),
        say("To plan again around what is published, give this file with --published."),
        "",
        say("Seed {seed}, input {digest}.", seed=result.seed, digest=result.digest),
    )
    return OutputSheet(say("Read me"), (), (), intro=lines)
