"""Back to the list that somebody came from, at the row that was decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

if TYPE_CHECKING:
    from django.http import HttpRequest

LISTS = frozenset({"coordinator:round", "coordinator:calls"})
"""The pages that can be returned to: no other page of the product, and no other site."""


def list_of(request: HttpRequest) -> str:
    """Return the path and query of the list that the request came from (`terug`), or "" when it names no list of ours."""
    given = request.POST.get("terug") or request.GET.get("terug", "")
    try:
        parts = urlsplit(given)
        is_ours = not parts.scheme and not parts.netloc and resolve(parts.path).view_name in LISTS
    except (ValueError, Resolver404):
        return ""
    return parts._replace(fragment="").geturl() if is_ours else ""
