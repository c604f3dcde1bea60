"""Free text: names, addresses, remarks, and lists of titles."""

from __future__ import annotations

import re

from opstap.bridges.spreadsheets.cells import Cell, as_text, fold
from opstap.bridges.spreadsheets.parsers.parsed import Context, Parsed, warned

_LETTER_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|^\?[^\W\d_]{2}|[^\W\d_]{2}\?$|\ufffd")
_TITLES = re.compile(r"\s*[;\n|]\s*")
_UNKNOWN = frozenset({"", "?", "onbekend", "unknown", "inconnu"})


def parse_text(cell: Cell, context: Context) -> Parsed[str]:
    """Return the text, cut with a warning when it is longer than any cell should be."""
    return _bounded(as_text(cell), context.limits.max_text)


def parse_name(cell: Cell, context: Context) -> Parsed[str]:
    """Return a name or an address; "Y?lmaz" is kept with the warning that an export lost a letter."""
    text = as_text(cell)
    if fold(text) in _UNKNOWN:
        return Parsed(None)
    parsed = _bounded(text, context.limits.max_name)
    if parsed.problem is None and _LETTER_LOST.search(text):
        return warned(text, "letter_lost")
    return parsed


def parse_titles(cell: Cell, context: Context) -> Parsed[tuple[str, ...]]:
    """Return the titles of a list divided by ";", by lines, or by "," where there is no ";"."""
    text = cell.replace("\r", "\n") if isinstance(cell, str) else as_text(cell)
    if fold(text) in _UNKNOWN:
        return Parsed(None)
    parts = _TITLES.split(text) if _TITLES.search(text) else text.split(",")
    titles = tuple(dict.fromkeys(title for title in map(as_text, parts) if title))
    short = tuple(title[: context.limits.max_name].strip() for title in titles)
    return Parsed(short) if short == titles else warned(short, "text_too_long", limit=context.limits.max_name, length=max(map(len, titles)))


def _bounded(text: str, limit: int) -> Parsed[str]:
    if not text or len(text) <= limit:
        return Parsed(text or None)
    short = text[:limit].rstrip()
    return warned(short, "text_too_long", short, limit=limit, length=len(text))
