"""What a view asks of its request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from django.http import HttpRequest

    from opstap.foundation.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts; raises PermissionDenied (shown as a page that does not exist) when nobody is logged in.

    Views of staff stand behind `login_required`, so that who forgot to log in is asked to.
    """
    lazy = getattr(request, "lazy_actor", None)
    actor: Actor | None = lazy.value if lazy is not None else None
    if actor is None:
        raise PermissionDenied
    return actor


def is_fragment(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a piece of a page; a return through the browser's history wants the whole page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"
