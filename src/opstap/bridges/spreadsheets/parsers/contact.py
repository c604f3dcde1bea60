"""Telephone numbers and e-mail addresses in the habits of those who type them."""

from __future__ import annotations

import re
from functools import lru_cache

from opstap.bridges.spreadsheets.cells import Cell, as_text, fold
from opstap.bridges.spreadsheets.parsers.parsed import Context, Parsed, refused, warned

_SEVERAL = re.compile(r"\s+(?:of|en|or|ou|et)\s+|\s*[;,|]\s*|\s+/\s+")
_EMAIL = re.compile(r"^[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]{2,}$")
_NOTHING = frozenset({"geen", "neen", "nee", "nvt", "n v t", "none", "no", "niet", "onbekend", "aucun", "x", "0", "?", "", "na", "n a"})
_LOST_ZERO_LENGTHS = (8, 9)


def parse_phone(cell: Cell, context: Context) -> Parsed[str]:
    """Return the number in E.164 ("+32478123456"); of several the first; a number that cannot exist is refused."""
    del context
    return _parse_phone(as_text(cell))


@lru_cache(maxsize=8192)
def _parse_phone(text: str) -> Parsed[str]:
    if not text:
        return Parsed(None)
    if fold(text) in _NOTHING:
        return warned(None, "phone_none", "")
    parts = [part for part in _SEVERAL.split(text) if part]
    numbers = [number for number in map(_number, parts) if number]
    if len(parts) > 1 and numbers:
        return warned(numbers[0], "phone_several", shown_phone(numbers[0]), used=shown_phone(numbers[0]))
    number = _number(text)
    if number:
        return Parsed(number)
    digits = re.sub(r"\D", "", text)
    restored = _number("0" + digits) if len(digits) in _LOST_ZERO_LENGTHS and not digits.startswith("0") else None
    if restored:
        return warned(restored, "phone_lost_zero", shown_phone(restored), used=shown_phone(restored))
    return refused("phone_invalid")


def _number(text: str) -> str | None:
    """Return the E.164 form of a number that can exist, Belgian unless it says otherwise."""
    import phonenumbers  # noqa: PLC0415 - loads 50 ms of metadata, which a list of places does not need

    try:
        number = phonenumbers.parse(text.replace("(0)", ""), "BE")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if phonenumbers.is_valid_number(number) else None


def shown_phone(number: str) -> str:
    """Return an E.164 number as people write it here: "0478 12 34 56" for a Belgian one, else "+33 6 12 34 56 78"."""
    import phonenumbers  # noqa: PLC0415 - see `_number`

    parsed = phonenumbers.parse(number, None)
    kind = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, kind.NATIONAL if parsed.country_code == 32 else kind.INTERNATIONAL)  # noqa: PLR2004 - Belgium


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
