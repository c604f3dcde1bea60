"""Signing months for the work floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.foundation.actor import Role
from opstap.ui import months
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

DOORS = months.Doors("host", only_floor=True)


def _must_have_a_floor(request: HttpRequest) -> None:
    if not actor_of(request).has(Role.HOST, Role.MENTOR):
        raise Http404


@login_required
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Lead to the month that is signed now."""
    _must_have_a_floor(request)
    return months.this_month(DOORS)


@login_required
@require_safe
def show(request: HttpRequest, month: str) -> HttpResponse:
    """Show a month of the own floor."""
    _must_have_a_floor(request)
    keeps_closures = actor_of(request).has(Role.HOST)
    return months.months_page(request, DOORS, month, closures_url=DOORS.url("closures") if keeps_closures else "")


@login_required
@require_POST
def sign(request: HttpRequest, month: str) -> HttpResponse:
    """Sign months for the work floor."""
    _must_have_a_floor(request)
    return months.sign_months(request, DOORS, month)


@login_required
@require_safe
def sheet(request: HttpRequest, placement_id: UUID, month: str) -> HttpResponse:
    """Show one person's month."""
    _must_have_a_floor(request)
    return months.sheet_page(request, DOORS, placement_id, month)


@login_required
@require_POST
def reopen(request: HttpRequest, placement_id: UUID, month: str) -> HttpResponse:
    """Take back the first signature."""
    _must_have_a_floor(request)
    return months.reopen(request, DOORS, placement_id, month)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, placement_id: UUID, month: str, day_id: UUID) -> HttpResponse:
    """Correct a signed day."""
    _must_have_a_floor(request)
    return months.correct(request, DOORS, placement_id, month, day_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, placement_id: UUID, month: str) -> HttpResponse:
    """Add a day that was forgotten before the month was closed."""
    _must_have_a_floor(request)
    return months.add(request, DOORS, placement_id, month)
