"""A badge per condition of the rules: met, not met, unknown, or until a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opstap.bridges.spreadsheets.output import Badge, OutputColumn, Tone
from opstap.desks.spreadsheet.assembly.people import PersonCase
from opstap.desks.spreadsheet.sheets.speaker import Speaker
from opstap.engine.shared import Reason

_WIDTH = 17
_TONES = {"yes": Tone.MET, "no": Tone.NOT_MET, "unknown": Tone.UNKNOWN}


@dataclass(frozen=True, slots=True)
class BadgeColumn:
    """One condition: its code, and the instruments for which it gives everyone the same answer."""

    code: str
    instruments: tuple[str, ...]


def badge_columns(cases: Sequence[PersonCase]) -> tuple[BadgeColumn, ...]:
    """Return the conditions of all instruments in the round; one that answers alike for several instruments stands there once."""
    cases = list({case.decided: case for case in cases}.values())
    instruments = tuple(cases[0].decisions) if cases else ()
    answers: dict[str, dict[str, tuple[str, ...]]] = {}
    for instrument in instruments:
        lines = [case.decisions[instrument].conditions for case in cases]
        for place, line in enumerate(lines[0]):
            answers.setdefault(line.code, {})[instrument] = tuple(f"{row[place].answer}{row[place].until}" for row in lines)
    columns = []
    for code, by_instrument in answers.items():
        groups: dict[tuple[str, ...], list[str]] = {}
        for instrument, given in by_instrument.items():
            groups.setdefault(given, []).append(instrument)
        columns += [BadgeColumn(code, tuple(group)) for group in groups.values()]
    return tuple(columns)


def badge_heads(columns: Sequence[BadgeColumn], say: Speaker) -> tuple[OutputColumn, ...]:
    """Return the heading of each badge column: the condition, and the instruments where it is theirs alone."""
    return tuple(
        OutputColumn(f"{say.reason(Reason(f'eligibility.{column.code}'))} ({say.code(column.instruments)})", _WIDTH) for column in columns
    )


def badges_of(case: PersonCase, columns: Sequence[BadgeColumn], say: Speaker) -> tuple[Badge | None, ...]:
    """Return the person's badge in each column; None where the condition is no part of the decision."""
    return tuple(_badge(case, column, say) for column in columns)


def _badge(case: PersonCase, column: BadgeColumn, say: Speaker) -> Badge | None:
    for line in case.decisions[column.instruments[0]].conditions:
        if line.code != column.code:
            continue
        met = {"yes": say("met"), "no": say("not met"), "unknown": say("unknown")}[line.answer.value]
        if line.until is None:
            return Badge(met, _TONES[line.answer.value])
        return Badge(f"{met} {say('until {day}', day=f'{line.until:%d/%m/%Y}')}", Tone.UNTIL)
    return None
