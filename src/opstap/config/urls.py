"""All addresses: each desk has its own prefix; a desk's `urls.py` is added here when its first page is made."""

from __future__ import annotations

from importlib.util import find_spec

from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path

from opstap.ui.gallery import gallery

DESKS = {
    "": "public",
    "mijn/": "jobseeker",
    "begeleiding/": "counsellor",
    "werkvloer/": "host",
    "coordinatie/": "coordinator",
    "rooster/": "planner",
    "privacy/": "privacy",
}
"""Address prefix of each desk."""


def has_pages(desk: str) -> bool:
    """Tell whether the desk is there and has addresses."""
    return bool(find_spec(f"opstap.desks.{desk}") and find_spec(f"opstap.desks.{desk}.urls"))


urlpatterns: list[URLPattern | URLResolver] = [path("account/", include("allauth.account.urls")), path("galerij/", login_required(gallery))]
urlpatterns += [path(prefix, include(f"opstap.desks.{desk}.urls")) for prefix, desk in DESKS.items() if has_pages(desk)]

handler400 = "opstap.ui.errors.bad_request"
handler403 = "opstap.ui.errors.forbidden"
handler404 = "opstap.ui.errors.not_found"
handler500 = "opstap.config.middleware.server_error"
