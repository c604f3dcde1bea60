"""Closing days of the own organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.views.decorators.http import require_http_methods, require_POST

from opstap.foundation.actor import Role
from opstap.ui import closures
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

DOORS = closures.Doors("host")


def _must_be_host(request: HttpRequest) -> None:
    if not actor_of(request).has(Role.HOST):
        raise Http404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show the closing days to come, and keep new ones."""
    _must_be_host(request)
    return closures.closures_page(request, DOORS)


@login_required
@require_POST
def end(request: HttpRequest, closure_id: UUID) -> HttpResponse:
    """Let the place be open again."""
    _must_be_host(request)
    return closures.end(request, DOORS, closure_id)
