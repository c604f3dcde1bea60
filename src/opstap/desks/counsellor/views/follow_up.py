"""Putting somebody aside until a day, and noting that there was contact."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.desks.counsellor.forms.follow_up import ContactForm, SnoozeForm
from opstap.desks.counsellor.reach import case_url, followed
from opstap.desks.counsellor.tasks import Task, carry_out
from opstap.foundation.clock import now, today
from opstap.journey.referrals.operations import record_contact, snooze

TWO_WEEKS = timedelta(days=14)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def put_aside(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Put somebody aside until a day, with a reason; they then come back to "my day"."""
    actor, referral = followed(request, referral_id)
    form = SnoozeForm(request.POST or None, proposed=today() + TWO_WEEKS)
    done = _("Put aside. On that day this person is back in “my day”.")
    task = Task(_("Put aside"), str(referral.person), _("Put aside"), done, case_url(referral_id, "opvolging"))

    def act(given: dict[str, Any]) -> None:
        snooze(referral=referral, until=given["until"], reason=given["reason"], by=actor, at=now())

    return carry_out(request, task, form, act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def note_contact(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Note that there was contact."""
    actor, referral = followed(request, referral_id)
    form = ContactForm(request.POST or None)
    task = Task(_("Contact"), str(referral.person), _("Note it"), _("Noted."), case_url(referral_id, "opvolging"))

    def act(given: dict[str, Any]) -> None:
        record_contact(referral=referral, how=given["how"], by=actor, at=now())

    return carry_out(request, task, form, act)
