"""Addresses from memory: Django walks through every desk for each of the dozens of links on a page; here it does so once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf
from django.urls import reverse as django_reverse

_MOST = 4096
"""There are a few hundred names; past this many, memory starts again."""
_SHORT = 10
"""A word this short is a day or a kind; a longer one that is not plain letters may be somebody's own link, and is not kept."""
_STAND_IN = 0x0F57A9 << 100
_Form = tuple[str, tuple[int, ...]]
_forms: dict[object, _Form] = {}


def reverse(name: str, args: Sequence[object] = (), kwargs: dict[str, object] | None = None) -> str:
    """Return what Django's `reverse` returns; of identifiers only the places are kept, so that all of a kind are known after the first.

    Raises NoReverseMatch for a page that is not there.
    """
    values = (*args, *kwargs.values()) if kwargs else tuple(args)
    shapes = [UUID if value.__class__ is UUID else (value.__class__, value) for value in values]
    key = (name, len(args), *(kwargs or ()), *shapes, get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)
    known = _forms.get(key) or _learn(key, name, args, kwargs or {})
    if known is None:
        return django_reverse(name, args=args, kwargs=kwargs)
    form, places = known
    return form % tuple([values[place] for place in places])


def _learn(key: object, name: str, args: Sequence[object], kwargs: dict[str, object]) -> _Form | None:
    """Keep the address with the places of its identifiers; None when one does not stand in it as it is."""
    given = [*args, *kwargs.values()]
    asked = [UUID(int=_STAND_IN + at) if value.__class__ is UUID else value for at, value in enumerate(given)]
    found = django_reverse(name, args=asked[: len(args)], kwargs=dict(zip(kwargs, asked[len(args) :], strict=True)))
    form, places = found.replace("%", "%%"), {}
    for at, stand_in in enumerate(asked):
        if stand_in is not given[at]:
            places[found.find(str(stand_in))] = at
            form = form.replace(str(stand_in), "%s")
    if -1 in places:
        return None
    known = form, tuple(places[where] for where in sorted(places))
    if all(_may_be_kept(value) for value in given):
        if len(_forms) >= _MOST:
            _forms.clear()
        _forms[key] = known
    return known


def _may_be_kept(value: object) -> bool:
    return not isinstance(value, str) or len(value) <= _SHORT or (value.islower() and value.replace("_", "").isalpha())
