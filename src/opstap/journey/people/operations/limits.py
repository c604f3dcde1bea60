"""What a fact can be: codes that exist, days that can have been, numbers and texts that fit; what cannot be is refused in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from opstap.engine.shared import Reason, Refused
from opstap.journey.people.enums import ALLOWED, EARLIEST, LATEST
from opstap.journey.people.models import Person

MOST_MINUTES = 240
"""The longest way to work, one way, that anybody can ask for."""
_EVERY_HALF_DAY = (1 << 14) - 1
_PAST = frozenset({"birth_date", "registered_since", "benefit_since"})
_MOST_ITEMS, _MOST_LETTERS = 50, 4000


def check_value(name: str, value: Any, on: date) -> None:  # noqa: ANN401 - any fact
    """Raise `Refused` for a value that the fact cannot have on the day `on`; None is always possible."""
    if value is None:
        return
    items: Iterable[Any] = value if isinstance(value, list) else (value,)
    allowed = ALLOWED.get(name)
    if allowed is not None and not set(items) <= allowed:
        raise Refused(Reason("people.value_not_allowed", {"fact": name, "value": str(value)[:60]}))
    if isinstance(value, int):
        _check_number(name, value)
    elif isinstance(value, date):
        _check_day(name, value, on)
    else:
        _check_texts(name, list(items))


def _check_number(name: str, value: int) -> None:
    if name == "half_days" and not 0 <= value <= _EVERY_HALF_DAY:
        raise Refused(Reason("people.value_not_allowed", {"fact": name, "value": str(value)}))
    if name == "travel_minutes" and not 0 <= value <= MOST_MINUTES:
        raise Refused(Reason("people.number_not_possible", {"fact": name, "value": value, "lowest": 0, "highest": MOST_MINUTES}))


def _check_day(name: str, value: date, on: date) -> None:
    last = on if name in _PAST else LATEST
    if not EARLIEST <= value <= last:
        facts = {"fact": name, "value": value.isoformat(), "earliest": EARLIEST.isoformat(), "latest": last.isoformat()}
        raise Refused(Reason("people.day_not_possible", facts))


def _check_texts(name: str, items: list[Any]) -> None:
    field = Person._meta.get_field(name)  # noqa: SLF001 - Django's documented model meta
    holder = field.base_field if isinstance(field, ArrayField) else field
    most = (holder.max_length if isinstance(holder, models.Field) else None) or _MOST_LETTERS
    texts = [item for item in items if isinstance(item, str)]
    if len(items) > _MOST_ITEMS or any(len(text) > most for text in texts):
        raise Refused(Reason("people.text_too_long", {"fact": name, "most": most, "items": _MOST_ITEMS}))
    if any("\0" in text for text in texts):
        raise Refused(Reason("people.text_not_possible", {"fact": name}))


def check_together(person: Person, changed: Collection[str]) -> None:
    """Raise `Refused` when somebody would be registered, or have a benefit, since before they were born."""
    for name in ("registered_since", "benefit_since"):
        since = getattr(person, name)
        if {name, "birth_date"} & set(changed) and since and person.birth_date and since < person.birth_date:
            facts = {"fact": name, "value": since.isoformat(), "birth_date": person.birth_date.isoformat()}
            raise Refused(Reason("people.before_birth", facts))
