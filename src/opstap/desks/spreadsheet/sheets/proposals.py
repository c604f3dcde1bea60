"""The proposals: who could start where, why, and the two best alternatives with the difference."""

from __future__ import annotations

from opstap.bridges.spreadsheets.output import OutputCell, OutputColumn, OutputSheet
from opstap.desks.spreadsheet.assembly.outcome import Alternative, Outcome, PersonExplanation
from opstap.desks.spreadsheet.sheets.speaker import Speaker

_COLUMNS = (
    ("Name", 24), ("Client number", 14), ("Counsellor", 18), ("Telephone", 16), ("Place", 36), ("Organisation", 20), ("Instrument", 20),
    ("Mentor", 18), ("Can start on", 13), ("Why", 56),
    ("Alternative 1", 36), ("Difference 1", 50), ("Alternative 2", 36), ("Difference 2", 50),
    ("Price of this place", 44), ("Your decision", 16), ("Your reason", 30),
)  # fmt: skip
_ALTERNATIVES = 2


def proposals_sheet(outcome: Outcome, say: Speaker) -> OutputSheet:
    """Return one row per proposal, by organisation and place; the last two columns are for the coordinator."""
    assignments = sorted(
        outcome.result.assignments, key=lambda item: (item.place, outcome.person(item.person).person.last_name, item.person)
    )
    rows = [_row(outcome, say, item.person, item.place, item.instrument) for item in assignments]
    columns = tuple(OutputColumn(say(title), width) for title, width in _COLUMNS)
    return OutputSheet(say("Proposals"), columns, rows, empty=say("Nobody can start. The sheet “Not placed” says why."))


def _row(outcome: Outcome, say: Speaker, person_key: str, place_key: str, instrument: str) -> tuple[OutputCell, ...]:
    person, place = outcome.person(person_key).person, outcome.place(place_key)
    explained = outcome.explanation.people[person_key]
    return (
        person.full_name,
        person.client_number,
        person.counsellor,
        person.phone_shown,
        place.title_at_host,
        place.value.organisation,
        say.code(instrument),
        place.value.mentor,
        outcome.matched.problem.start_at(place.place),
        say.reasons(explained.reasons),
        *_alternatives(outcome, say, explained),
        say.reason(outcome.explanation.places[place_key].price),
        None,
        None,
    )


def _alternatives(outcome: Outcome, say: Speaker, explained: PersonExplanation) -> list[OutputCell]:
    cells: list[OutputCell] = []
    for alternative in explained.alternatives[:_ALTERNATIVES]:
        cells += [outcome.place(alternative.place).title, _difference(outcome, say, alternative)]
    if not cells:
        cells = [say("none: no other place is possible"), None]
    return cells + [None] * (2 * _ALTERNATIVES - len(cells))


def _difference(outcome: Outcome, say: Speaker, alternative: Alternative) -> str:
    """Return what would be different for the person, what the round would lose, and who has the place now."""
    lines = [say.reasons(alternative.difference), say.reason(alternative.cost)]
    if alternative.holders:
        names = ", ".join(outcome.person(key).person.full_name for key in alternative.holders)
        lines.append(say("Proposed there now: {names}.", names=names))
    return "\n".join(filter(None, lines))
