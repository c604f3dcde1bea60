"""Stopping somebody's way through the programme: first what ends with it, then the button that does it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.desks.counsellor.forms.closing import ClosingForm
from opstap.desks.counsellor.reach import case_url, followed
from opstap.desks.counsellor.tasks import Task, carry_out
from opstap.foundation.clock import now
from opstap.journey.matching.operations import stop_journey
from opstap.journey.referrals.enums import ClosingReason
from opstap.steering.overviews.queries.stopping import stopping


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show what ends with it and ask why; a POST stops it."""
    actor, referral = followed(request, referral_id)
    task = Task(
        title=_("Stop here"),
        about=str(referral.person),
        button=_("Stop"),
        done=_("Stopped. What was under way has ended; the seats are free at once."),
        back=case_url(referral_id),
        template="counsellor/stop.html",
        extra={"ends": stopping(actor, referral)},
    )

    def act(given: dict[str, Any]) -> None:
        stop_journey(referral=referral, why=ClosingReason(given["why"]), words=given["words"], by=actor, at=now())

    return carry_out(request, task, ClosingForm(request.POST or None), act)
