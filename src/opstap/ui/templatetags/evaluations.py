"""`{% load evaluations %}`: levels in words, for who writes them and for the person."""

from __future__ import annotations

from django import template

from opstap.ui.components.status import language
from opstap.ui.words import texts, translate

register = template.Library()


@register.filter
def level(number: int) -> str:
    """Return a level in a word or two: "with help"."""
    return translate(texts()[f"plans.level.{int(number)}"], language())


@register.filter
def level_plain(number: int) -> str:
    """Return a level as a sentence to the person: "Somebody does it together with you."."""
    return translate(texts()[f"plans.level_plain.{int(number)}"], language())


@register.simple_tag
def evaluation_word(code: str) -> str:
    """Return the word of a code of evaluations: "state.asked", "agree"."""
    return translate(texts()[f"evaluations.{code}"], language())
