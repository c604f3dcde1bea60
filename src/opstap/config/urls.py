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
    "privacy/": "privacy",
}
"""Address prefix of each desk."""

urlpatterns: list[URLPattern | URLResolver] = [path("account/", include("allauth.account.urls")), path("galerij/", login_required(gallery))]
urlpatterns += [path(prefix, include(f"opstap.desks.{desk}.urls")) for prefix, desk in DESKS.items() if find_spec(f"opstap.desks.{desk}")]

handler400 = "opstap.ui.errors.bad_request"
handler403 = "opstap.ui.errors.forbidden"
handler404 = "opstap.ui.errors.not_found"
handler500 = "opstap.ui.errors.server_error"
