"""Half-days as people write them: "ma vm, di nm", "maandag t/m vrijdag", "elke voormiddag", "voltijds"."""

from __future__ import annotations

import re
from functools import lru_cache

from opstap.bridges.spreadsheets.cells import Cell, as_text, fold
from opstap.bridges.spreadsheets.parsers.parsed import Context, Parsed, refused, warned

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_WORDS = {
    "mon": "ma maa maan maandag maandagen mo mon monday lu lun lundi",
    "tue": "di din dins dinsdag dinsdagen tu tue tues tuesday mar mardi",
    "wed": "wo woe woen woens woensdag woensdagen we wed wednesday me mer mercredi",
    "thu": "do don dond donderdag donderdagen th thu thurs thursday je jeu jeudi",
    "fri": "vr vrij vrijdag vrijdagen fr fri friday ve ven vendredi",
    "sat": "za zat zaterdag zaterdagen sa sat saturday sam samedi",
    "sun": "zo zon zondag zondagen su sun sunday dim dimanche",
}
_DAY_OF = {word: day for day, words in _DAY_WORDS.items() for word in words.split()}
_PART_OF = {
    **dict.fromkeys(("vm", "voormiddag", "voormiddagen", "voorm", "ochtend", "ochtenden", "am", "morning", "mornings", "matin"), "am"),
    **dict.fromkeys(("nm", "namiddag", "namiddagen", "nam", "middag", "pm", "afternoon", "afternoons"), "pm"),
}
_FULL_TIME = frozenset(
    {"voltijds", "voltijd", "full time", "fulltime", "temps plein", "alle dagen", "elke dag", "volledig", "altijd", "hele week", "vt"}
)
_OPEN = frozenset(
    {"deeltijds", "deeltijd", "halftijds", "part time", "parttime", "in overleg", "nader te bepalen", "te bespreken", "flexibel"}
)
_UNKNOWN = frozenset({"", "?", "onbekend", "nvt", "n v t", "unknown"})
_FILLERS = frozenset(
    {"op", "de", "het", "elke", "alle", "iedere", "enkel", "alleen", "s", "dag", "dagen", "hele", "volledige", "in", "every", "only"}
)
_RANGE = re.compile(r"\b([a-z]+)\s*(?:-|\bt/m\b|\btem\b|\bt\.?e\.?m\.?|\btot en met\b|\btot\b|\bto\b|\bau\b)\s*([a-z]+)\b")
_SEPARATORS = re.compile(r"[,;+&\n]|\ben\b|\band\b|\bet\b")
_EXCEPT = re.compile(r"\b(?:behalve|uitgezonderd|zonder|niet op|niet|except|sauf)\b")


def parse_half_days(cell: Cell, context: Context) -> Parsed[tuple[str, ...]]:
    """Return the half-days as codes ("mon_am") in the order of the week; what is open ("deeltijds") is refused: only the person knows."""
    del context
    return _parse(as_text(cell).lower())


@lru_cache(maxsize=4096)
def _parse(text: str) -> Parsed[tuple[str, ...]]:
    folded = fold(text)
    if folded in _UNKNOWN:
        return Parsed(None)
    if folded in _OPEN:
        return refused("half_days_open")
    wanted, *excepted = _EXCEPT.split(text)
    codes, unread, narrowed = _codes(wanted if fold(wanted) else "voltijds")
    for part in excepted:
        taken, also_unread, _ = _codes(part)
        codes, unread = codes - taken, unread | also_unread
    if unread or not codes:
        return refused("half_days_unreadable", _shown(codes), words=", ".join(sorted(unread)))
    ordered = _ordered(codes)
    return warned(ordered, "half_days_narrowed", _shown(codes)) if narrowed else Parsed(ordered)


def _codes(text: str) -> tuple[set[str], set[str], bool]:
    """Return the codes, the words that mean nothing here, and whether a day without part took over the part of its neighbour."""
    if fold(text) in _FULL_TIME:
        return {f"{day}_{part}" for day in WEEKDAYS[:5] for part in ("am", "pm")}, set(), False
    read = [_read_part(part) for part in _SEPARATORS.split(_spell_out_ranges(text)) if fold(part)]
    unread = {word for _, _, words in read for word in words}
    narrowed = any(days and not parts for days, parts, _ in read) and any(parts for _, parts, _ in read)
    codes: set[str] = set()
    following: set[str] = {"am", "pm"}
    for days, parts, _ in reversed(read):
        following = parts or following
        codes |= {f"{day}_{part}" for day in (days or WEEKDAYS[:5] if parts or days else ()) for part in following}
    return codes, unread, narrowed


def _read_part(part: str) -> tuple[set[str], set[str], set[str]]:
    """Return days, parts of the day and unread words of one piece between separators."""
    words = fold(part.replace("weekend", "za zo").replace("weekdagen", "ma di wo do vr").replace("werkdagen", "ma di wo do vr")).split()
    days = {_DAY_OF[word] for word in words if word in _DAY_OF}
    parts = {_PART_OF[word] for word in words if word in _PART_OF}
    return days, parts, {word for word in words if word not in _DAY_OF and word not in _PART_OF and word not in _FILLERS}


def _spell_out_ranges(text: str) -> str:
    """Return the text with "ma-vr" written as "ma di wo do vr"; one that runs backwards becomes a word nobody knows."""

    def days_between(found: re.Match[str]) -> str:
        first, last = _DAY_OF.get(found[1]), _DAY_OF.get(found[2])
        if first is None or last is None:
            return found[0]
        if WEEKDAYS.index(first) > WEEKDAYS.index(last):
            return f"{found[1]}tot{found[2]}"
        return " ".join(WEEKDAYS[WEEKDAYS.index(first) : WEEKDAYS.index(last) + 1])

    return _RANGE.sub(days_between, text)


def _ordered(codes: set[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: (WEEKDAYS.index(code[:3]), code[4:])))


def _shown(codes: set[str]) -> str | None:
    """Return codes as the sheet writes them ("ma vm, di nm"), or None when there are none."""
    short = dict(zip(WEEKDAYS, ("ma", "di", "wo", "do", "vr", "za", "zo"), strict=True))
    return ", ".join(f"{short[code[:3]]} {'vm' if code.endswith('am') else 'nm'}" for code in _ordered(codes)) or None
