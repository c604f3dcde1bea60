"""Every address of the product, walked from the resolver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter

if TYPE_CHECKING:
    from tests.house.access.table import Row
    from tests.house.access.world import Side


KEYS = frozenset({"key", "token"})
"""Blanks that hold the key of a link."""


@dataclass(frozen=True)
class Address:
    """One pattern: its whole name, and its blanks with whether each is an id."""

    name: str
    blanks: dict[str, bool]


def _walk(patterns: list[Any], spaces: tuple[str, ...], blanks: dict[str, bool]) -> Iterator[Address]:
    for pattern in patterns:
        here = blanks | {name: isinstance(kind, UUIDConverter) for name, kind in pattern.pattern.converters.items()}
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, inner, here)
        elif isinstance(pattern, URLPattern):
            yield Address(":".join((*spaces, pattern.name or _view_name(pattern))), here)


def _view_name(pattern: URLPattern) -> str:
    return str(pattern.callback.__name__)


def addresses() -> dict[str, Address]:
    """Return all addresses of the desks and of the product around them by name; those of the login library have no colon."""
    return {address.name: address for address in _walk(get_resolver().url_patterns, (), {}) if not address.name.startswith("account_")}


def filled(row: Row, side: Side, **instead: object) -> str:
    """Return the row's address with the things of the side in its blanks; `instead` puts something else in some of them."""
    address = addresses()[row.name]
    things = side.ids | {name: side.ids.get(str(thing), thing) for name, thing in row.fill.items()} | instead
    missing = [name for name in address.blanks if name not in things]
    if missing:
        msg = f"the world has nothing for {missing} of {row.name}"
        raise LookupError(msg)
    return where(row, {name: things[name] for name in address.blanks})


def where(row: Row, blanks: dict[str, Any]) -> str:
    """Return the address of the row with the blanks filled in."""
    if row.name == "gallery":
        return "/galerij/"
    return reverse(row.name, kwargs=blanks)


def ids_of(row: Row) -> list[str]:
    """Return the blanks of the row that hold an id."""
    return [name for name, is_id in addresses()[row.name].blanks.items() if is_id]


def needs_key(row: Row) -> bool:
    """Tell whether the row stands under the key of a link."""
    return not KEYS.isdisjoint(addresses()[row.name].blanks)


def nowhere(row: Row) -> dict[str, object]:
    """Return ids of things that never were, for the blanks of the row."""
    return {name: uuid4() for name in ids_of(row)}
