"""The people without a proposal: a badge per condition, what stands in the way, the smallest change, what to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from opstap.bridges.spreadsheets.output import Badge, OutputCell, OutputColumn, OutputSheet, Tone
from opstap.desks.spreadsheet.assembly.outcome import Outcome, PersonExplanation
from opstap.desks.spreadsheet.assembly.people import PersonCase
from opstap.desks.spreadsheet.sheets.badges import BadgeColumn, badge_columns, badge_heads, badges_of
from opstap.desks.spreadsheet.sheets.speaker import Speaker
from opstap.engine.shared import Reason

_BEFORE = (("Name", 24), ("Client number", 14), ("Counsellor", 18), ("Waiting since", 13), ("In short", 26), ("Places possible", 10))
_AFTER = (("What stands in the way", 60), ("Place that fits best", 36), ("Smallest change", 56), ("Ask", 50))


@dataclass(frozen=True, slots=True)
class _Decided:
    """What the decisions alone say: a badge per condition, what is not met, what would open an instrument, what to ask."""

    badges: tuple[Badge | None, ...]
    unmet: str
    openings: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Teller:
    """Puts the people of one outcome into words; what many people share is put into words once."""

    outcome: Outcome
    say: Speaker
    badges: Sequence[BadgeColumn]
    told: dict[tuple[int, ...], _Decided] = field(default_factory=dict)

    def decided(self, case: PersonCase) -> _Decided:
        """Return what the person's decisions say."""
        if case.decided not in self.told:
            lines = [line for decision in case.decisions.values() for line in decision.conditions]
            self.told[case.decided] = _Decided(
                badges_of(case, self.badges, self.say),
                self.say.reasons(line.reason for line in lines if line.answer.value != "yes"),
                _openings(case, self.say),
                tuple(dict.fromkeys(question for decision in case.decisions.values() for question in decision.questions)),
            )
        return self.told[case.decided]


def not_placed_sheet(outcome: Outcome, say: Speaker) -> OutputSheet:
    """Return one row per person without a proposal, in the order of the list."""
    cases = outcome.matched.people
    badges = badge_columns(cases)
    columns = (
        *(OutputColumn(say(title), width) for title, width in _BEFORE),
        *badge_heads(badges, say),
        *(OutputColumn(say(title), width) for title, width in _AFTER),
    )
    placed = outcome.result.place_of()
    teller = _Teller(outcome, say, badges)
    rows = [_row(teller, case) for case in cases if case.key not in placed]
    return OutputSheet(say("Not placed"), columns, rows, empty=say("Everyone has a proposal."))


def _row(teller: _Teller, case: PersonCase) -> tuple[OutputCell, ...]:
    person, explained, decided = case.person, teller.outcome.explanation.people[case.key], teller.decided(case)
    return (
        person.full_name,
        person.client_number,
        person.counsellor,
        person.referred_on,
        _in_short(case, explained, decided, teller.say),
        explained.possible,
        *decided.badges,
        _in_the_way(explained, decided, teller.say),
        _best_place(teller.outcome, explained),
        _smallest_change(teller, explained, decided),
        teller.say.reasons(Reason(code) for code in dict.fromkeys((*explained.questions, *decided.questions))),
    )


def _in_short(case: PersonCase, explained: PersonExplanation, decided: _Decided, say: Speaker) -> Badge:
    """Return the one thing to know: can start but every place is taken, an answer is missing, or nothing fits yet."""
    if explained.possible:
        return Badge(say("can start, no place free"), Tone.MET)
    if explained.questions or decided.questions:
        return Badge(say("ask first"), Tone.UNKNOWN)
    if not case.is_admitted:
        return Badge(say("not allowed now"), Tone.NOT_MET)
    return Badge(say("no place fits"), Tone.NOT_MET)


def _in_the_way(explained: PersonExplanation, decided: _Decided, say: Speaker) -> str:
    """Return the reasons of the explanation, the conditions that are not met, and those of the nearest place."""
    lines = [say.reasons(explained.reasons)]
    if not explained.possible:
        lines.append(decided.unmet)
        lines.append(say.reasons(explained.misses[0].reasons) if explained.misses else "")
    return "\n".join(dict.fromkeys(line for text in lines for line in text.splitlines() if line))


def _best_place(outcome: Outcome, explained: PersonExplanation) -> str | None:
    """Return the place that the person could have at the least cost to the round, else the one that comes nearest."""
    places = [alternative.place for alternative in explained.alternatives] or [miss.place for miss in explained.misses]
    return outcome.place(places[0]).title if places else None


def _smallest_change(teller: _Teller, explained: PersonExplanation, decided: _Decided) -> str:
    """Return what would open a place, and what would open an instrument that the rules keep shut."""
    lines, say = [], teller.say
    if explained.change:
        lines.append(say.reasons(explained.change.reasons))
        place = teller.outcome.place(explained.change.place).title
        text = "Then {place} would be proposed." if explained.change.is_enough else "Then {place} is possible, in line with others."
        lines.append(say(text, place=place))
    return "\n".join(filter(None, (*lines, *decided.openings)))


def _openings(case: PersonCase, say: Speaker) -> tuple[str, ...]:
    """Return what would open each instrument that the rules keep shut."""
    lines = []
    for instrument, decision in case.decisions.items():
        opening = [change.reason for change in decision.smallest_changes if change.kind.value != "other_instrument"]
        if opening:
            lines.append(f"{say.code(instrument)}: {say.reasons(opening)}")
    return tuple(lines)
