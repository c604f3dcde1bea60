"""Signing months for who follows the people, and what does not match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.foundation.actor import Role
from opstap.foundation.clock import today
from opstap.steering.overviews.queries.mismatches import KINDS, mismatches
from opstap.ui import months
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

DOORS = months.Doors("coordinator:months", "coordinator/base.html")


def _must_coordinate(request: HttpRequest) -> None:
    if not actor_of(request).has(Role.COORDINATOR):
        raise Http404


@login_required
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Lead to the month that is signed now."""
    _must_coordinate(request)
    return months.this_month(DOORS)


@login_required
@require_safe
def show(request: HttpRequest, month: str) -> HttpResponse:
    """Show a month of the programme."""
    _must_coordinate(request)
    links = {"pay_url": DOORS.url("payments", month), "mismatch_url": DOORS.url("mismatches", month), "closures_url": DOORS.url("closures")}
    return months.months_page(request, DOORS, month, **links)


@login_required
@require_POST
def sign(request: HttpRequest, month: str) -> HttpResponse:
    """Sign months for who follows the people."""
    _must_coordinate(request)
    return months.sign_months(request, DOORS, month)


@login_required
@require_safe
def sheet(request: HttpRequest, placement_id: UUID, month: str) -> HttpResponse:
    """Show one person's month."""
    _must_coordinate(request)
    return months.sheet_page(request, DOORS, placement_id, month)


@login_required
@require_POST
def reopen(request: HttpRequest, placement_id: UUID, month: str) -> HttpResponse:
    """Take back the first signature."""
    _must_coordinate(request)
    return months.reopen(request, DOORS, placement_id, month)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, placement_id: UUID, month: str, day_id: UUID) -> HttpResponse:
    """Correct a signed day."""
    _must_coordinate(request)
    return months.correct(request, DOORS, placement_id, month, day_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, placement_id: UUID, month: str) -> HttpResponse:
    """Add a day that was forgotten before the month was closed."""
    _must_coordinate(request)
    return months.add(request, DOORS, placement_id, month)


@login_required
@require_safe
def differences(request: HttpRequest, month: str) -> HttpResponse:
    """Show what does not match in a month: agreed, noted, said by the person, paid."""
    _must_coordinate(request)
    found = mismatches(actor_of(request), months.month_in(month), today())
    kind = request.GET.get("soort", "")
    chosen = [one for one in found if one.kind == kind] if kind in KINDS else list(found)
    page = Paginator(chosen, months.PAGE).get_page(request.GET.get("page"))
    rows = [(one, DOORS.url("month_sheet", one.placement_id, month)) for one in page]
    counts = [(each, sum(one.kind == each for one in found)) for each in KINDS]
    props = {"month": months.month_in(month), "rows": rows, "page": page, "counts": counts, "kind": kind, "back": DOORS.url("month", month)}
    return render(request, "coordinator/months/mismatches.html", props)
