"""What every template may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the mode, the desk's phone and a lazy actor."""
    return {"opstap_mode": settings.MODE, "demo_logins": settings.DEMO_LOGINS, "lazy_actor": getattr(request, "lazy_actor", None)}
