"""The sheets about the lists themselves: rows with problems, and people who stand in the list twice."""

from __future__ import annotations

from collections.abc import Sequence

from opstap.bridges.spreadsheets.duplicates import Certainty
from opstap.bridges.spreadsheets.output import Badge, OutputCell, OutputColumn, OutputSheet, Tone
from opstap.bridges.spreadsheets.people import PersonRow
from opstap.bridges.spreadsheets.problems import Severity
from opstap.bridges.spreadsheets.reading import ReadRow
from opstap.desks.spreadsheet.assembly.notes import Note, as_reason
from opstap.desks.spreadsheet.assembly.round import Round
from opstap.desks.spreadsheet.sheets.speaker import Speaker

_LONGEST_VALUE = 300


def problems_sheet(matched: Round, say: Speaker) -> OutputSheet:
    """Return the problems of a round."""
    return notes_sheet(matched.notes, say)


def notes_sheet(notes: Sequence[Note], say: Speaker) -> OutputSheet:
    """Return one row per problem: file, sheet, cell, what stands there, why it is a problem, and the proposed fix."""
    titles = (("File", 20), ("Sheet", 16), ("Row", 7), ("Cell", 8), ("Column", 20), ("What stands there", 30), ("How bad", 16))
    columns = (*titles, ("What is wrong", 60), ("Proposed fix", 24))
    return OutputSheet(
        say("Rows with problems"),
        tuple(OutputColumn(say(title), width) for title, width in columns),
        [_problem_row(note, say) for note in notes],
        empty=say("Every cell could be read."),
    )


def _problem_row(note: Note, say: Speaker) -> tuple[OutputCell, ...]:
    is_error = note.severity is Severity.ERROR
    badge = Badge(say("not used") if is_error else say("look at it"), Tone.NOT_MET if is_error else Tone.UNKNOWN)
    value = note.value if len(note.value) <= _LONGEST_VALUE else note.value[:_LONGEST_VALUE] + " …"
    return (note.file, note.sheet, note.row or None, note.cell, note.column, value, badge, say.reason(note.reason), note.proposal or None)


def duplicates_sheet(matched: Round, say: Speaker) -> OutputSheet:
    """Return one row per pair that may be one person, side by side, with why we think so and what was done."""
    columns = (
        ("Row", 8), ("Name", 24), ("Client number", 14), ("Born", 12), ("Telephone", 16),
        ("Other row", 8), ("Other name", 24), ("Other client number", 14), ("Other birth date", 12), ("Other telephone", 16),
        ("Why", 50), ("How sure", 14), ("What was done", 46),
    )  # fmt: skip
    rows = []
    for one, other, pair in matched.duplicates:
        is_exact = pair.certainty is Certainty.EXACT
        badge = Badge(say("certain"), Tone.NOT_MET) if is_exact else Badge(say("probable"), Tone.UNKNOWN)
        done = (
            say("Only the first row took part; the second row waits for your decision.")
            if is_exact
            else say("Both rows took part: look whether this is one person.")
        )
        why = ", ".join(say.reason(as_reason(reason)) for reason in pair.reasons)
        rows.append((*_side(one), *_side(other), why, badge, done))
    return OutputSheet(
        say("Duplicates"),
        tuple(OutputColumn(say(title), width) for title, width in columns),
        rows,
        empty=say("Nobody stands in the list twice."),
    )


def _side(row: ReadRow[PersonRow]) -> tuple[OutputCell, ...]:
    person = row.value
    if person is None:
        return (row.number, None, None, None, None)
    return (row.number, person.full_name, person.client_number, person.birth_date, person.phone_shown)
