"""`{% load attendance %}`: days, hours and euro as people read them."""

from __future__ import annotations

from decimal import Decimal

from django import template

from opstap.ui.components.status import language
from opstap.ui.words import texts, translate

register = template.Library()


@register.simple_tag
def attendance_word(code: str, kind: str = "day") -> str:
    """Return the word of a code of attendance: `kind` is day, person, side, closing, run, line, payability or mismatch."""
    return translate(texts()[f"attendance.{kind}.{code}"], language())


@register.filter
def hours(number: Decimal | str | None) -> str:
    """Return hours or kilometres without needless zeros: "7,5"; nothing where a template found none."""
    if number is None or isinstance(number, str):
        return ""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language() == "nl" else text


@register.filter
def euro(amount: Decimal | None) -> str:
    """Return an amount of money: "€ 41,60"."""
    if amount is None:
        return ""
    return f"€ {f'{amount:.2f}'.replace('.', ',') if language() == 'nl' else f'{amount:.2f}'}"


@register.filter
def unlocalized(number: Decimal) -> str:
    """Return a number as a number field wants it: "7.5"."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
