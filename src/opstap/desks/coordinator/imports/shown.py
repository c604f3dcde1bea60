"""How rows and fields are called and coloured on the pages of the lists."""

from __future__ import annotations

from dataclasses import dataclass

from opstap.journey.imports.queries.batches import TO_LOOK_AT
from opstap.journey.imports.queries.rows import RowLine
from opstap.ui.words import translate
from opstap.ui.words_imports import FILTERS, STATUSES

_TONES = {
    "ready_new": "new",
    "ready_update": "info",
    "unchanged": "still",
    "duplicate": "wait",
    "question": "wait",
    "error": "bad",
    "applied": "ok",
    "skipped": "still",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with its badge."""

    line: RowLine
    tone: str
    word: str

    @classmethod
    def of(cls, line: RowLine) -> Shown:
        """Return the row as the list shows it."""
        return cls(line, _TONES[line.status], translate(STATUSES[line.status]))


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to look at the rows of a list, with how many there are."""

    value: str
    word: str
    count: int
    is_current: bool


def filters(counts: dict[str, int], current: str) -> list[Filter]:
    """Return the filters that show something, all rows first."""
    total = sum(count for name, count in counts.items() if name != TO_LOOK_AT)
    every = Filter("", translate(FILTERS[""]), total, current == "")
    return [every] + [Filter(name, translate(word), counts[name], current == name) for name, word in FILTERS.items() if counts.get(name)]
