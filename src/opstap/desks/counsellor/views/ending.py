"""Ending somebody's work: first what stops with it; and taking somebody back whose journey was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opstap.desks.counsellor.forms.outcomes import EndingForm
from opstap.desks.counsellor.forms.steps import ReasonForm
from opstap.desks.counsellor.reach import case_url, followed, staff_of
from opstap.desks.counsellor.tasks import Task, carry_out
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.outcomes.enums import OutcomeKind
from opstap.journey.outcomes.operations import Views, call_off, end_journey_placement, return_to_caseload
from opstap.journey.placements.enums import EndReason
from opstap.steering.overviews.queries.ending import ending_page
from opstap.steering.overviews.queries.stopping import placement_to_call_off
from opstap.ui.addresses import reverse
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    """Show what ends with it and ask for both views; a POST ends the work."""
    actor = staff_of(request)
    page = ending_page(actor, placement_id, now())
    if page is None:
        raise Http404
    form = EndingForm(request.POST or None, page=page)
    wants_relay = form.is_bound and form.is_valid() and form.cleaned_data["wants_relay"]
    case = case_url(page.placement.referral_id)
    task = Task(
        title=_("End this work"),
        about=str(page.placement.person),
        button=_("End the work"),
        done=_("Ended. The relay is ready: read it and send it.") if wants_relay else _("Ended. The person is back on your caseload."),
        back=reverse("counsellor:outcomes") if wants_relay else case,
        template="counsellor/ending.html",
        extra={"page": page},
    )

    def act(given: dict[str, Any]) -> None:
        end_journey_placement(
            placement=page.placement,
            on=given["on"],
            reason_code=given["reason_code"],
            views=Views(given["person_view"], given["host_view"]),
            wants_relay=given["wants_relay"],
            doing=OutcomeKind(given["doing"]) if given["doing"] else None,
            by=actor,
            at=now(),
        )

    return carry_out(request, task, form, act)


@login_required
@require_POST
def end_as_agreed(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    """End work whose agreed days are over, on the day that was agreed; both views can be added afterwards."""
    actor = staff_of(request)
    page = ending_page(actor, placement_id, now())
    if page is None:
        raise Http404
    if page.placement.period.upper > today():
        messages.warning(request, _("The agreed days are not over yet. Choose the day yourself."))
        return redirect("counsellor:end_placement", placement_id)
    try:
        end_journey_placement(
            placement=page.placement,
            on=page.placement.period.upper,
            reason_code=EndReason.COMPLETED,
            views=Views(),
            wants_relay=False,
            by=actor,
            at=now(),
        )
    except Refused as refused:
        messages.warning(request, say(refused.reason))
    else:
        messages.success(request, _("Ended on the agreed day. The person is back on your caseload."))
    return redirect(case_url(page.placement.referral_id))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_off_work(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    """Call off work that has not begun, with a reason."""
    actor = staff_of(request)
    placement = placement_to_call_off(actor, placement_id)
    if placement is None:
        raise Http404
    task = Task(
        title=_("Call this placement off"),
        about=f"{placement.person}: {placement.seat.place.title}",
        button=_("Call it off"),
        done=_("Called off. The seat is free, nobody has to sign any more, and who was asked hears it."),
        back=case_url(placement.referral_id),
    )

    def act(given: dict[str, Any]) -> None:
        call_off(placement=placement, reason=given["reason"], by=actor, at=now())

    return carry_out(request, task, ReasonForm(request.POST or None), act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Open a closed journey again, with a reason; every fact is still there."""
    actor, referral = followed(request, referral_id)
    task = Task(
        title=_("Back on the caseload"),
        about=str(referral.person),
        button=_("Take this person back"),
        done=_("Back on your caseload, with everything that is known."),
        back=case_url(referral_id),
    )

    def act(given: dict[str, Any]) -> None:
        return_to_caseload(referral=referral, words=given["reason"], by=actor, at=now())

    return carry_out(request, task, ReasonForm(request.POST or None), act)
