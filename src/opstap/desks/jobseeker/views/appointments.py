"""The person's appointments: choose a free moment, call off, and say what they think of a trial day."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.jobseeker.forms import TrialForm
from opstap.desks.jobseeker.opened import OpenedJourney, by_journey
from opstap.engine.shared import Reason, Refused
from opstap.foundation.clock import now
from opstap.journey.appointments.enums import InvitationState, Side, Verdict
from opstap.journey.appointments.operations import book_slot, cancel_booking, give_trial_verdict
from opstap.journey.appointments.queries import invitation_for, open_invitations, slots_for, trial_for
from opstap.ui.components.status import language
from opstap.ui.words import say

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from opstap.foundation.actor import Actor
    from opstap.journey.appointments.models import Invitation, Slot

SHOWN = 40
"""Moments shown at once: about two weeks of a counsellor."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that the person is invited to: the moment that they have, or the days on which they can choose one."""

    invitation: Invitation
    days: tuple[tuple[date, tuple[Slot, ...]], ...]

    @property
    def is_booked(self) -> bool:
        """Tell whether a moment was chosen."""
        return self.invitation.state == InvitationState.BOOKED


def _shown(actor: Actor, invitation: Invitation) -> Shown:
    slots = () if invitation.state == InvitationState.BOOKED else slots_for(actor, invitation, now())[:SHOWN]
    days = groupby(slots, key=lambda slot: localtime(slot.starts_at).date())
    return Shown(invitation, tuple((on, tuple(group)) for on, group in days))


def _page(request: HttpRequest, opened: OpenedJourney, refusal: str = "") -> HttpResponse:
    """Show every appointment and every choice that waits; a refusal stands above them."""
    shown = [_shown(opened.actor, each) for each in open_invitations(opened.actor, opened.referral.pk)]
    props = {"key": opened.key, "shown": shown, "refusal": refusal}
    return render(request, "jobseeker/appointment.html", props, status=409 if refusal else 200)


@require_safe
@by_journey
def show(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:
    """Show the appointments, and the free moments to choose from; without any, whom to call."""
    return _page(request, opened)


def _own(opened: OpenedJourney, invitation_id: UUID) -> Invitation:
    invitation = invitation_for(opened.actor, invitation_id)
    if invitation is None or invitation.referral_id != opened.referral.pk:
        raise Http404
    return invitation


@require_POST
@by_journey
def choose(request: HttpRequest, opened: OpenedJourney, invitation_id: UUID) -> HttpResponse:
    """Take a moment; when somebody else just took it, the page says so and shows the others."""
    invitation = _own(opened, invitation_id)
    slot = next((each for each in slots_for(opened.actor, invitation, now()) if str(each.pk) == request.POST.get("slot")), None)
    if slot is None:
        return _page(request, opened, _words("appointments.slot_just_taken"))
    try:
        book_slot(invitation=invitation, slot=slot, by=opened.actor, at=now())
    except Refused as refused:
        return _page(request, opened, say(refused.reason, language()))
    return redirect("jobseeker:appointment", opened.key)


def _words(code: str) -> str:
    return say(Reason(code), language())


@require_POST
@by_journey
def call_off(request: HttpRequest, opened: OpenedJourney, invitation_id: UUID) -> HttpResponse:
    """Call the appointment off; the page then offers another moment."""
    try:
        cancel_booking(invitation=_own(opened, invitation_id), by=opened.actor, at=now())
    except Refused as refused:
        return _page(request, opened, say(refused.reason, language()))
    return redirect("jobseeker:appointment", opened.key)


@require_http_methods(["GET", "HEAD", "POST"])
@by_journey
def trial(request: HttpRequest, opened: OpenedJourney, trial_id: UUID) -> HttpResponse:
    """Say what you think of the trial day."""
    row = trial_for(opened.actor, trial_id)
    if row is None or row.placement.referral_id != opened.referral.pk:
        raise Http404
    form = TrialForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            give_trial_verdict(
                trial=row, side=Side.PERSON, verdict=Verdict(given["verdict"]), words=given["words"], by=opened.actor, at=now()
            )
        except Refused as refused:
            refusal = say(refused.reason, language())
        else:
            return redirect("jobseeker:journey", opened.key)
    props = {"key": opened.key, "trial": row, "form": form, "refusal": refusal}
    return render(request, "jobseeker/trial.html", props, status=422 if form.is_bound else 200)
