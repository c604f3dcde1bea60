"""Everything the workbook says goes through here: the product's texts in the language that was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import half_day_codes
from opstap.ui.fact_words import day_in_words, fact_in_words
from opstap.ui.words import fill, say, translate

_DAYS = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}
_PARTS = {"am": "morning", "pm": "afternoon"}
_FULL_TIME = 0b11_1111_1111


@dataclass(frozen=True, slots=True)
class Speaker:
    """Puts texts, reasons, codes and days into one language."""

    language: str = "nl"
    _plain: dict[str, str] = field(default_factory=dict, compare=False)
    _said: dict[Reason, str] = field(default_factory=dict, compare=False)
    _heard: dict[int, tuple[Reason, str]] = field(default_factory=dict, compare=False)

    def __call__(self, text: str, **facts: object) -> str:
        """Return the text in the language, its {placeholders} filled."""
        if facts:
            return fill(translate(text, self.language), facts)
        if text not in self._plain:
            self._plain[text] = fill(translate(text, self.language), {})
        return self._plain[text]

    def reason(self, reason: Reason) -> str:
        """Return a reason as a plain sentence; the same reason stands in many rows and is put into words once.

        People with the same facts share the very same reason, so it is first looked for by what it is, then by what it says.
        """
        heard = self._heard.get(id(reason))
        if heard is None:
            text = self._said.get(reason)
            if text is None:
                text = self._said[reason] = say(reason, self.language)
            heard = self._heard[id(reason)] = (reason, text)
        return heard[1]

    def reasons(self, reasons: Iterable[Reason]) -> str:
        """Return several reasons, one a line, each once."""
        return "\n".join(dict.fromkeys(self.reason(reason) for reason in reasons))

    def code(self, code: str | tuple[str, ...]) -> str:
        """Return a code of the field, or a list of them, as people read it."""
        return fact_in_words("", code, self.language)

    def half_days(self, mask: int) -> str:
        """Return half-days as a sheet writes them: "ma vm, di nm", or "voltijds" for all of Monday to Friday."""
        if mask == _FULL_TIME:
            return self("full-time")
        codes = (code.split("_") for code in half_day_codes(mask))
        return ", ".join(f"{self(_DAYS[day])} {self(_PARTS[part])}" for day, part in codes)

    def day(self, day: date) -> str:
        """Return a day in full."""
        return day_in_words(day, self.language)
