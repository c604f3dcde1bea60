"""The person's own hours: every day that was noted, right or not, and the account on which they are paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.jobseeker.opened import OpenedJourney, by_journey
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.attendance.operations import confirm_days, contest_day, give_bank_account
from opstap.steering.overviews.queries.person_hours import PersonHours, as_shown, person_hours
from opstap.ui.words import say

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


def _hours(opened: OpenedJourney) -> PersonHours:
    return person_hours(opened.actor, opened.referral, today())


@require_safe
@by_journey
def show(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:
    """Show the days, month by month, with what they pay."""
    return render(request, "jobseeker/hours.html", {"key": opened.key, "hours": _hours(opened)})


@require_POST
@by_journey
def confirm(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:
    """Say that every day without an answer is right, as the page showed them: what was noted or changed since is asked again."""
    shown = set(request.POST.getlist("day"))
    if days := [day.pk for day in _hours(opened).unanswered if as_shown(day) in shown]:
        confirm_days(day_ids=days, by=opened.actor, at=now())
        messages.success(request, _("Thank you. You said that your days are right."))
    return redirect("jobseeker:hours", opened.key)


@require_POST
@by_journey
def answer(request: HttpRequest, opened: OpenedJourney, day_id: UUID) -> HttpResponse:
    """Say of one day that it is right, or what is not right about it."""
    if day_id not in {day.pk for month in _hours(opened).months for day in month.days}:
        raise Http404
    try:
        if request.POST.get("answer") == "right":
            confirm_days(day_ids=[day_id], by=opened.actor, at=now())
        else:
            contest_day(day_id=day_id, words=request.POST.get("words", ""), by=opened.actor, at=now())
            messages.success(request, _("We read it. Your counsellor talks about it with you and the work floor."))
    except Refused as refused:
        messages.warning(request, say(refused.reason))
    return redirect("jobseeker:hours", opened.key)


@require_POST
@by_journey
def account(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:
    """Keep the account on which the person is paid."""
    try:
        give_bank_account(person=opened.referral.person, number=request.POST.get("number", ""), by=opened.actor, at=now())
    except Refused as refused:
        messages.warning(request, say(refused.reason))
    else:
        messages.success(request, _("Your account number is kept."))
    return redirect("jobseeker:hours", opened.key)
