"""Telephone numbers and e-mail addresses in the habits of those who type them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from opstap.bridges.spreadsheets.cells import Cell, as_text, fold
from opstap.bridges.spreadsheets.parsers.parsed import Context, Parsed, refused, warned

_SEVERAL = re.compile(r"\s+(?:of|en|or|ou|et)\s+|\s*[;,|]\s*|\s+/\s+")
_EMAIL = re.compile(r"^[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]{2,}$")
_NOTHING = frozenset({"geen", "neen", "nee", "nvt", "n v t", "none", "no", "niet", "onbekend", "aucun", "x", "0", "?", "", "na", "n a"})
_LOST_ZERO_LENGTHS = (8, 9)
_IN_BRACKETS = re.compile(r"\((?!0\))[^)]*\)")
_BELGIUM = 32


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number in E.164 ("+32478123456") and as people write it here ("0478 12 34 56")."""

    number: str
    shown: str


def parse_phone(cell: Cell, context: Context) -> Parsed[Phone]:
    """Return the number, Belgian unless it says otherwise; of several the first; a number that cannot exist is refused."""
    del context
    return _parse_phone(as_text(cell))


def parse_phone_number(cell: Cell, context: Context) -> Parsed[str]:
    """Return the number as people write it here, otherwise as `parse_phone`."""
    found = parse_phone(cell, context)
    return Parsed(found.value.shown if found.value else None, found.problem, found.severity, found.proposal)


@lru_cache(maxsize=8192)
def _parse_phone(text: str) -> Parsed[Phone]:
    if not text:
        return Parsed(None)
    if fold(text) in _NOTHING:
        return warned(None, "phone_none", "")
    whole = _phone(text) or _phone(_IN_BRACKETS.sub("", text))
    if whole:
        return Parsed(whole)
    first = next(filter(None, map(_phone, filter(None, _SEVERAL.split(text)))), None)
    if first:
        return warned(first, "phone_several", first.shown, used=first.shown)
    digits = re.sub(r"\D", "", text)
    restored = _phone("0" + digits) if len(digits) in _LOST_ZERO_LENGTHS and not digits.startswith("0") else None
    if restored:
        return warned(restored, "phone_lost_zero", restored.shown, used=restored.shown)
    return refused("phone_invalid")


def _phone(text: str) -> Phone | None:
    """Return the number if it can exist."""
    import phonenumbers  # noqa: PLC0415 - loads 50 ms of metadata, which a list of places does not need

    try:
        number = phonenumbers.parse(text.replace("(0)", ""), "BE")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    kind = phonenumbers.PhoneNumberFormat
    shown = kind.NATIONAL if number.country_code == _BELGIUM else kind.INTERNATIONAL
    return Phone(phonenumbers.format_number(number, kind.E164), phonenumbers.format_number(number, shown))


def parse_email(cell: Cell, context: Context) -> Parsed[str]:
    """Return the address in lower case; spaces inside are taken out with a warning, anything else that is no address is refused."""
    del context
    text = as_text(cell).lower()
    if not text:
        return Parsed(None)
    if fold(text) in _NOTHING:
        return warned(None, "email_none", "")
    address = text.removeprefix("mailto:")
    if _EMAIL.match(address):
        return Parsed(address)
    closed = address.replace(" ", "")
    if _EMAIL.match(closed):
        return warned(closed, "email_spaces", closed)
    return refused("email_invalid")
