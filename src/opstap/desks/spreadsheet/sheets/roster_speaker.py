"""The words of a roster: reasons with people's names in them, hours of the clock, weekdays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.desks.spreadsheet.assembly.roster_outcome import RosterOutcome
from opstap.desks.spreadsheet.sheets.speaker import Speaker
from opstap.engine.shared import Reason
from opstap.engine.shared.reason import FactValue

_PEOPLE = frozenset({"worker", "people", "beside"})


@dataclass(frozen=True)
class RosterSpeaker:
    """Speaks of a roster: workers by name instead of by key."""

    say: Speaker
    outcome: RosterOutcome

    def __call__(self, text: str, **facts: object) -> str:
        """Return the text in the language."""
        return self.say(text, **facts)

    def name(self, worker: str) -> str:
        """Return the name of a worker."""
        return self.outcome.row(worker).full_name

    def reason(self, reason: Reason | None) -> str:
        """Return a reason as a sentence; keys of workers become names."""
        if reason is None:
            return ""
        facts = {name: self._named(name, value) for name, value in reason.facts.items()}
        return self.say.reason(Reason(reason.code, facts, reason.reference))

    def reasons(self, reasons: tuple[Reason, ...]) -> str:
        """Return several reasons, one a line."""
        return "\n".join(dict.fromkeys(self.reason(reason) for reason in reasons))

    def weekday(self, day: int) -> str:
        """Return the name of a weekday, 0 is Monday."""
        return self.say.code(f"rostering.day_{day}")

    def dates(self, days: tuple[date, ...]) -> str:
        """Return days in short: 4/9, 11/9."""
        return ", ".join(f"{day.day}/{day.month}" for day in days)

    def _named(self, name: str, value: FactValue) -> FactValue:
        if name not in _PEOPLE:
            return value
        if isinstance(value, tuple):
            return tuple(self.name(str(key)) for key in value) or self.say("nobody")
        return self.name(value) if isinstance(value, str) else value


def clock(minutes: int) -> str:
    """Return "08:05" for 485."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
