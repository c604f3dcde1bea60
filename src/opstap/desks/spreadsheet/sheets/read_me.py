"""The first sheet: what this is, what came out, how to read it, and what was assumed."""

from __future__ import annotations

from datetime import datetime

from opstap.bridges.spreadsheets.output import OutputSheet
from opstap.desks.spreadsheet.assembly.outcome import Outcome
from opstap.desks.spreadsheet.sheets.speaker import Speaker
from opstap.engine.shared import SolverStatus

_CRITERIA = {
    "placed": "as many people as possible start",
    "wishes": "what people wish",
    "priority": "priority groups: low-educated under 25, and 55 or older",
    "waiting": "who waits longest",
    "learning": "what the person should learn and the place teaches",
    "travel": "the shortest way to work",
}


def read_me_sheet(outcome: Outcome, say: Speaker, *, version: str, at: datetime) -> OutputSheet:
    """Return the text of the first sheet, headings marked with "# "."""
    lines = [*_head(outcome, say, version, at), *_counts(outcome, say), *_order(outcome, say), *_how_to_read(say), *_assumed(outcome, say)]
    return OutputSheet(say("Read me"), (), (), intro=tuple(lines))


def _head(outcome: Outcome, say: Speaker, version: str, at: datetime) -> list[str]:
    matched = outcome.matched
    return [
        "# " + say("Proposal for {day}", day=say.day(matched.options.on)),
        say("The machine proposes and explains; you decide. Nothing in this file has been sent to anyone."),
        say(
            "Made on {moment} with Opstap {version}, rules {rules}.",
            moment=f"{at:%d/%m/%Y %H:%M}",
            version=version,
            rules=matched.ruleset_version,
        ),
        say("People: {people}. Places: {places}.", people=matched.people_reading.filename, places=matched.places_reading.places.filename),
        "",
    ]


def _counts(outcome: Outcome, say: Speaker) -> list[str]:
    matched, result = outcome.matched, outcome.result
    seats = sum(case.place.capacity for case in matched.supply.cases)
    proven = result.status is SolverStatus.OPTIMAL
    sure = (
        "This is proven to be the best possible under the order below." if proven else "This is at most {gap} away from the best possible."
    )
    return [
        "# " + say("What came out"),
        say("{count} {count:person|people} can start at a place: see “Proposals”.", count=len(result.assignments)),
        say("{count} {count:person has|people have} no place: see “Not placed”.", count=len(matched.people) - len(result.assignments)),
        say(
            "{count} of the {seats} places {count:stays|stay} empty: see “Empty places”.",
            count=seats - len(result.assignments),
            seats=seats,
        ),
        say("{count} {count:cell or row needs|cells or rows need} a look: see “Rows with problems”.", count=len(matched.notes)),
        say("{count} {count:pair|pairs} of rows may be one person: see “Duplicates”.", count=len(matched.duplicates)),
        say(sure, gap=f"{result.gap:.2%}") if not proven else say(sure),
        "",
    ]


def _order(outcome: Outcome, say: Speaker) -> list[str]:
    lines = [f"{rank}. {say(_CRITERIA[name])}" for rank, name in enumerate(outcome.matched.options.order, start=1)]
    return [
        "# " + say("In which order things count"),
        say("What stands higher always wins from everything below it together."),
        *lines,
        say("Sex, origin and nationality play no part: they never reach the calculation."),
        say(
            "When two proposals are equally good, a lot decides (number {seed}); the same lists give the same proposals.",
            seed=outcome.result.seed,
        ),
        "",
    ]


def _how_to_read(say: Speaker) -> list[str]:
    return [
        "# " + say("How to read the colours"),
        say("Green: met. Red: not met. Yellow: not known, ask. Blue: changes on the day in the cell. The word in the cell says the same."),
        "",
    ]


def _assumed(outcome: Outcome, say: Speaker) -> list[str]:
    people, places = outcome.matched.people_reading, outcome.matched.places_reading.places
    lines = [
        say("An empty cell under licences, limits, right to VOP or IMW, or custom work means: none. Any other empty cell is not known."),
        say("Travel time: from the middle of the district, as the crow flies times 1.3, by the person's own means, 45 minutes at most."),
    ]
    for reading in (people, places):
        if reading.missing_columns:
            lines.append(
                say(
                    "{file} has no column for: {columns}. Those facts are not known.",
                    file=reading.filename,
                    columns=", ".join(reading.missing_columns),
                )
            )
        if reading.unknown_columns:
            lines.append(
                say("{file} has columns that were not used: {columns}.", file=reading.filename, columns=", ".join(reading.unknown_columns))
            )
    return ["# " + say("What was assumed"), *lines]
