"""Appointments: own moments and who comes, inviting, choosing by telephone, noting in one tap what came, and trial days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from opstap.desks.counsellor.forms.appointments import InviteForm, TrialPlanForm, VerdictForm
from opstap.desks.counsellor.reach import followed, journey_url, staff_of
from opstap.desks.counsellor.tasks import Task, carry_out
from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.queries import user_by_id
from opstap.foundation.clock import now, today
from opstap.journey.appointments.enums import OUTCOMES, InvitationKind, InvitationState, Side, Verdict
from opstap.journey.appointments.operations import (
    book_slot,
    cancel_booking,
    cancel_trial,
    close_slot,
    give_trial_verdict,
    invite,
    open_slots,
    plan_trial,
    record_outcome,
    withdraw_invitation,
)
from opstap.journey.appointments.queries import invitation_for, slots_for, trial_for
from opstap.journey.placements.queries import placement_for
from opstap.steering.overviews.queries.appointments import appointments_of, own_slot
from opstap.steering.overviews.queries.journey_appointments import invite_ways
from opstap.ui.components.moments import SeriesForm
from opstap.ui.components.status import reason as in_words
from opstap.ui.words import say

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor
    from opstap.journey.appointments.models import Invitation, Slot, TrialDay

SHOWN = 60
"""Moments to choose from on one page."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appointments(request: HttpRequest) -> HttpResponse:
    """Show the own moments with who comes, and open a series of new ones."""
    actor = staff_of(request)
    page = appointments_of(actor, now())
    form = SeriesForm(request.POST or None, today=today(), where=page.last_where)
    refusal = ""
    if form.is_valid():
        try:
            me = user_by_id(actor.user_id) if actor.user_id else None
            opened = open_slots(
                counsellor=me,
                place=None,
                starts=form.starts(),
                minutes=form.cleaned_data["minutes"],
                where=form.cleaned_data["where"],
                by=actor,
                at=now(),
            )
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            done = ngettext("%(number)d moment opened.", "%(number)d moments opened.", len(opened)) % {"number": len(opened)}
            messages.success(request, done)
            return redirect("counsellor:appointments")
    context = {"page": page, "form": form, "refusal": refusal, "outcomes": OUTCOMES}
    return render(request, "counsellor/appointments.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def close_moment(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """Close a free moment."""
    actor = staff_of(request)
    slot = own_slot(actor, slot_id)
    if slot is None:
        raise Http404
    return _do(request, lambda: close_slot(slot=slot, by=actor, at=now()), _("Closed: nobody can choose this moment any more."))


def _found(request: HttpRequest, invitation_id: UUID) -> tuple[Actor, Invitation]:
    actor = staff_of(request)
    invitation = invitation_for(actor, invitation_id)
    if invitation is None:
        raise Http404
    return actor, invitation


def _do(request: HttpRequest, act: Callable[[], object], done: str, back: str = "") -> HttpResponse:
    """Do something and say so, or say why not; go back to the journey of a person, or to the own moments."""
    try:
        act()
    except Refused as refused:
        messages.error(request, say(refused.reason))
    else:
        messages.success(request, done)
    return redirect(back or "counsellor:appointments")


def _back(request: HttpRequest, invitation: Invitation) -> str:
    """Return where a tap came from: the journey of the person, or ("") the own moments."""
    return journey_url(invitation.referral_id, "afspraken") if request.POST.get("back") == "journey" else ""


@login_required
@require_POST
def outcome(request: HttpRequest, invitation_id: UUID, outcome: str) -> HttpResponse:
    """Note in one tap whether somebody was there."""
    actor, invitation = _found(request, invitation_id)
    if outcome not in OUTCOMES:
        raise Http404
    done = _("Noted: %(name)s %(outcome)s.") % {
        "name": invitation.referral.person,
        "outcome": in_words(Reason(f"appointments.{outcome}")),
    }
    noted = InvitationState(outcome)
    back = _back(request, invitation)
    return _do(request, lambda: record_outcome(invitation=invitation, outcome=noted, by=actor, at=now()), done, back)


@login_required
@require_POST
def call_off(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Call an appointment off: the person is told, and can choose another moment."""
    actor, invitation = _found(request, invitation_id)
    done = _("Called off. The person hears it, and can choose another moment.")
    return _do(request, lambda: cancel_booking(invitation=invitation, by=actor, at=now()), done, _back(request, invitation))


@login_required
@require_POST
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    actor, invitation = _found(request, invitation_id)
    done = _("The invitation is taken back.")
    back = journey_url(invitation.referral_id, "afspraken")
    return _do(request, lambda: withdraw_invitation(invitation=invitation, by=actor, at=now()), done, back)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Choose a moment for the person, on the telephone or at the desk."""
    actor, invitation = _found(request, invitation_id)
    slots = list(slots_for(actor, invitation, now())[:SHOWN])
    back, refusal = journey_url(invitation.referral_id, "afspraken"), ""
    if request.method == "POST":
        refusal = _taken(actor, invitation, [slot for slot in slots if str(slot.pk) == request.POST.get("slot")])
        if not refusal:
            messages.success(request, _("The appointment is made. The person gets a message."))
            return redirect(back)
    days = [(on, list(group)) for on, group in groupby(slots, key=lambda slot: localtime(slot.starts_at).date())]
    context = {"invitation": invitation, "days": days, "refusal": refusal, "back_url": back}
    return render(request, "counsellor/choose_moment.html", context, status=409 if refusal else 200)


def _taken(actor: Actor, invitation: Invitation, chosen: list[Slot]) -> str:
    """Take the chosen moment; return why it could not be, or ""."""
    if not chosen:
        return say(Reason("appointments.slot_just_taken"))
    try:
        book_slot(invitation=invitation, slot=chosen[0], by=actor, at=now())
    except Refused as refused:
        return say(refused.reason)
    return ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite_person(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Invite somebody to choose a moment; what cannot be now stands beside the form with why."""
    actor, referral = followed(request, referral_id)
    ways = invite_ways(actor, referral, now())
    places = {str(way.place.pk): way.place for way in ways if way.place and way.obstacle is None}
    form = InviteForm(
        request.POST or None,
        kinds=tuple(dict.fromkeys(way.kind for way in ways if way.obstacle is None)),
        places=tuple((key, str(place)) for key, place in places.items()),
    )
    done = _("Invited. The person chooses a moment by link, code or telephone.")
    blocked = [way for way in ways if way.obstacle is not None]
    task = Task(
        title=_("Invite"),
        about=str(referral.person),
        button=_("Invite"),
        done=done,
        back=journey_url(referral_id, "afspraken"),
        template="counsellor/invite.html",
        extra={
            "blocked": blocked,
            "is_possible": len(blocked) < len(ways),
            "lacks_moments": any(way.is_lacking and way.place is None for way in blocked),
        },
    )

    def act(given: dict[str, Any]) -> None:
        kind = InvitationKind(given["kind"])
        place = places[given["place"]] if kind is InvitationKind.VISIT else None
        invite(referral=referral, kind=kind, place=place, by=actor, at=now())

    return carry_out(request, task, form, act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    """Plan a trial day before the agreement."""
    actor = staff_of(request)
    placement = placement_for(actor, placement_id)
    if placement is None:
        raise Http404
    form = TrialPlanForm(request.POST or None, proposed=today() + timedelta(days=3))
    back = journey_url(placement.referral_id, "afspraken")
    about = f"{placement.person}, {placement.seat.place.title}"
    task = Task(_("Plan a trial day"), about, _("Plan it"), _("Planned. The person gets a message."), back)

    def act(given: dict[str, Any]) -> None:
        del given  # the form puts day, hour and length together
        plan_trial(placement=placement, starts_at=form.starts_at(), minutes=form.minutes(), by=actor, at=now())

    return carry_out(request, task, form, act)


def _trial(request: HttpRequest, trial_id: UUID) -> tuple[Actor, TrialDay]:
    actor = staff_of(request)
    trial = trial_for(actor, trial_id)
    if trial is None:
        raise Http404
    return actor, trial


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def verdict(request: HttpRequest, trial_id: UUID) -> HttpResponse:
    """Keep what the person says of the trial day on the telephone."""
    actor, trial = _trial(request, trial_id)
    back = journey_url(trial.placement.referral_id, "afspraken")
    about = f"{trial.placement.person}, {trial.placement.seat.place.title}"
    task = Task(_("How was the trial day?"), about, _("Keep it"), _("Noted."), back)

    def act(given: dict[str, Any]) -> None:
        give_trial_verdict(trial=trial, side=Side.PERSON, verdict=Verdict(given["verdict"]), words=given["words"], by=actor, at=now())

    return carry_out(request, task, VerdictForm(request.POST or None), act)


@login_required
@require_POST
def end_trial(request: HttpRequest, trial_id: UUID) -> HttpResponse:
    """Call a trial day off, or note that the person did not come."""
    actor, trial = _trial(request, trial_id)
    missed = request.POST.get("missed") == "1"
    done = _("Noted: the person did not come.") if missed else _("The trial day is called off.")
    back = journey_url(trial.placement.referral_id, "afspraken")
    return _do(request, lambda: cancel_trial(trial=trial, missed=missed, by=actor, at=now()), done, back)
