"""Signing months for who follows the people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.engine.shared import Refused
from opstap.foundation import clock
from opstap.foundation.actor import Role
from opstap.journey.attendance.operations import give_bank_account
from opstap.journey.referrals.queries import followed_referral
from opstap.ui import months
from opstap.ui.requests import actor_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

DOORS = months.Doors("counsellor", "counsellor/base.html")


def _must_follow(request: HttpRequest) -> None:
    if not actor_of(request).has(Role.COUNSELLOR, Role.TEAM_LEAD):
        raise Http404


@login_required
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Lead to the month that is signed now."""
    _must_follow(request)
    return months.this_month(DOORS)


@login_required
@require_safe
def show(request: HttpRequest, month: str) -> HttpResponse:
    """Show a month of the own caseload, or the team's."""
    _must_follow(request)
    return months.months_page(request, DOORS, month)


@login_required
@require_POST
def sign(request: HttpRequest, month: str) -> HttpResponse:
    """Sign months for who follows the people."""
    _must_follow(request)
    return months.sign_months(request, DOORS, month)


@login_required
@require_safe
def sheet(request: HttpRequest, placement_id: UUID, month: str) -> HttpResponse:
    """Show one person's month."""
    _must_follow(request)
    return months.sheet_page(request, DOORS, placement_id, month)


@login_required
@require_POST
def reopen(request: HttpRequest, placement_id: UUID, month: str) -> HttpResponse:
    """Take back the first signature."""
    _must_follow(request)
    return months.reopen(request, DOORS, placement_id, month)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, placement_id: UUID, month: str, day_id: UUID) -> HttpResponse:
    """Correct a signed day."""
    _must_follow(request)
    return months.correct(request, DOORS, placement_id, month, day_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, placement_id: UUID, month: str) -> HttpResponse:
    """Add a day that was forgotten before the month was closed."""
    _must_follow(request)
    return months.add(request, DOORS, placement_id, month)


@login_required
@require_POST
def account(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Keep the account on which a followed person is paid."""
    referral = followed_referral(actor_of(request), referral_id)
    if referral is None:
        raise Http404
    try:
        give_bank_account(person=referral.person, number=request.POST.get("number", ""), by=actor_of(request), at=clock.now())
    except Refused as refused:
        messages.warning(request, say(refused.reason))
    else:
        messages.success(request, _("The account number is kept."))
    return redirect("counsellor:journey_theme", referral_id, "uren")
