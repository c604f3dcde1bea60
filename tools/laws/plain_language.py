"""How readable a Dutch text is: the length of its sentences, LIX, and words that a job seeker should not meet.

LIX (Björnsson, 1968) is the mean number of words per sentence plus the percentage of words of more than six letters. Below 40 is
plain; a newspaper is about 45.
"""

from __future__ import annotations

import re

LONG = 6
"""A word of more letters than this counts as long."""

_FACT = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
_CHOICE = re.compile(r"\{\w+:([^|{}]*)\|([^|{}]*)\}")
_TAG = re.compile(r"<[^>]+>")
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", re.UNICODE)
_FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)

JARGON = (
    "betreffende", "caseload", "conform", "criteri", "dienen te", "dient te", "doelgroep", "doorstroom", "echter", "gelieve", "indien",
    "inzake", "instrument", "kandidaat", "kansengroep", "krachtens", "matching", "mits", "modaliteit", "motivering", "parameter",
    "procedure", "teneinde", "tewerkstelling", "toelatingsbeslissing", "toeleiding", "uitstroom", "werkplekleren",
)  # fmt: skip
"""Beginnings of words of the office: what a job seeker need not know to read a page or answer a question."""
_JARGON = re.compile(r"\b(" + "|".join(JARGON) + ")", re.IGNORECASE)


def readable(text: str) -> str:
    """Return a text as it is read: without tags, of a choice the second word, and every fact as one short word."""
    chosen = _CHOICE.sub(lambda choice: choice[2], text)
    return _FACT.sub("dit", _TAG.sub("", chosen)).strip()


def sentences(text: str) -> list[str]:
    """Return the sentences of a readable text; what stands before a colon is one too."""
    return [part for part in _SENTENCE_END.split(text) if words(part)]


def words(text: str) -> list[str]:
    """Return the words of a text; numbers are none."""
    return _WORD.findall(text)


def is_long(word: str) -> bool:
    """Tell whether a word has more than six letters; the hyphen of "e-mail" is none."""
    return sum(map(str.isalpha, word)) > LONG


def lix(text: str) -> float:
    """Return the LIX of a readable text; 0 without words."""
    found = words(text)
    if not found:
        return 0.0
    return len(found) / len(sentences(text)) + 100 * sum(map(is_long, found)) / len(found)


def jargon(text: str) -> list[str]:
    """Return the beginnings of words of the office that stand in a text."""
    return [found.casefold() for found in _JARGON.findall(text)]


def is_formal(text: str) -> bool:
    """Tell whether a text says "u" to its reader."""
    return bool(_FORMAL.search(text))
