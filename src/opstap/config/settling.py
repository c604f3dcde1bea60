"""A web process that has started: what stays for ever is out of the garbage collector's way."""

from __future__ import annotations

import gc

from django.urls import get_resolver

_YOUNG = 50_000
"""Objects made before the collector looks: about one page's worth. Python's own 700 is for small programs."""


def settle() -> None:
    """Load every page's code, then let the collector leave alone what is there: it looks only at what requests leave behind."""
    get_resolver().reverse_dict  # noqa: B018 - asking for an address is what loads them
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 10)
