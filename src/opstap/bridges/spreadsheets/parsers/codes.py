"""Columns whose cells come from a short list: the words of the sheet become the codes of the field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from opstap.bridges.spreadsheets.cells import Cell, as_text, fold
from opstap.bridges.spreadsheets.parsers.parsed import Context, Parsed, refused, warned

_UNKNOWN = frozenset({"", "?", "onbekend", "unknown", "inconnu", "niet gekend", "te bevragen"})
_LIST = re.compile(r"[;,\n|]+|\s\+\s|\s&\s|\sen\s|\set\s|\sand\s")
_CLOSE = 0.84
_SHORTEST_TO_MEND = 5


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one short list: `code_of` maps each folded word to its code, `shown` is the first word of each code."""

    code_of: Mapping[str, str]
    shown: tuple[str, ...]

    @classmethod
    def of(cls, **words: str) -> Words:
        """Return the list from `code="word|other word"`; a code that is no name in Python is given as `code_` or with "__" for "-"."""
        code_of = {fold(word): code.rstrip("_") for code, several in words.items() for word in several.split("|")}
        return cls(code_of, tuple(several.split("|")[0] for several in words.values()))


def parse_code(words: Words, text: str) -> Parsed[str]:
    """Return the code of the text; a small misspelling is mended with a warning, another word is refused with what is allowed."""
    folded = fold(text)
    if folded in _UNKNOWN:
        return warned(None, "value_unknown") if folded else Parsed(None)
    if folded in words.code_of:
        return Parsed(words.code_of[folded])
    close = get_close_matches(folded, words.code_of, n=1, cutoff=_CLOSE) if len(folded) >= _SHORTEST_TO_MEND else []
    if close:
        return warned(words.code_of[close[0]], "value_mended", close[0], used=close[0])
    return refused("value_not_in_list", allowed=tuple(words.shown))


class CodeParser:
    """Parses a cell that holds one word of a list."""

    def __init__(self, words: Words) -> None:
        """Keep the words."""
        self._words = words

    def __call__(self, cell: Cell, context: Context) -> Parsed[str]:
        """Return the code of the cell."""
        del context
        return parse_code(self._words, as_text(cell))


class CodesParser:
    """Parses a cell that holds several words of a list; `keeps_others` keeps a word outside the list as it stands, lower case."""

    def __init__(self, words: Words, *, keeps_others: bool = False) -> None:
        """Keep the words."""
        self._words = words
        self._keeps_others = keeps_others

    def __call__(self, cell: Cell, context: Context) -> Parsed[tuple[str, ...]]:
        """Return the codes in the order of the cell, each once; an unread word refuses the whole cell, for half a list would mislead."""
        del context
        text = as_text(cell)
        if fold(text) in _UNKNOWN:
            return warned(None, "value_unknown") if text else Parsed(None)
        whole = self._words.code_of.get(fold(text))
        if whole is not None:
            return Parsed((whole,) if whole else ())
        return self._read(_LIST.split(text))

    def _read(self, parts: list[str]) -> Parsed[tuple[str, ...]]:
        codes: list[str] = []
        mended: Parsed[str] | None = None
        for part in filter(str.strip, parts):
            parsed = parse_code(self._words, part)
            if parsed.value is None and not self._keeps_others:
                return refused("value_not_in_list", allowed=self._words.shown)
            mended = parsed if parsed.value and parsed.problem else mended
            codes.append(parsed.value if parsed.value is not None else fold(part))
        unique = tuple(dict.fromkeys(code for code in codes if code))
        return Parsed(unique, mended.problem, mended.severity, mended.proposal) if mended else Parsed(unique)
