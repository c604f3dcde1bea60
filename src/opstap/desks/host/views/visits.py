"""Visits to the own places and trial days there: open moments, note who came, and say what you think of a trial day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Role
from opstap.foundation.clock import now, today
from opstap.journey.appointments.enums import OUTCOMES, InvitationState, Side, Verdict
from opstap.journey.appointments.operations import cancel_booking, close_slot, give_trial_verdict, open_slots, record_outcome
from opstap.journey.appointments.permissions import may_note_outcome, may_speak_for_host
from opstap.journey.appointments.queries import invitation_for, trial_for
from opstap.steering.overviews.queries.appointments import appointments_of, own_places, own_slot, trials_at_own_places
from opstap.ui.components.moments import SeriesForm
from opstap.ui.components.status import plain
from opstap.ui.components.status import reason as in_words
from opstap.ui.requests import actor_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from opstap.foundation.actor import Actor
    from opstap.journey.appointments.models import Invitation


class TrialForm(forms.Form):
    """What the work floor thinks of a trial day; a no says why."""

    verdict = forms.ChoiceField(label=lazy("Does it work out?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=lazy("What went well, what did not?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("What you saw at work, nothing about health. With a no this is needed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Put the answers in words."""
        super().__init__(*args, **kwargs)
        field = self.fields["verdict"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (each.value, plain(each.value if each is not Verdict.MORE_DAYS else "appointments.more_days")) for each in Verdict
            ]


def _host(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.has(Role.HOST):
        raise Http404
    return actor


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show the moments for visits with who comes, trial days, and open a series of new moments."""
    actor = _host(request)
    page, places = appointments_of(actor, now()), {str(place.pk): place for place in own_places(actor)}
    choices = tuple((key, f"{place.title} ({place.site})") for key, place in places.items())
    form = SeriesForm(request.POST or None, today=today(), where=page.last_where, places=choices) if choices else None
    refusal = ""
    if form is not None and form.is_valid():
        given = form.cleaned_data
        terms = {"minutes": given["minutes"], "where": given["where"], "by": actor, "at": now()}
        try:
            opened = open_slots(counsellor=None, place=places[given["place"]], starts=form.starts(), **terms)
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(
                request, ngettext("%(number)d moment opened.", "%(number)d moments opened.", len(opened)) % {"number": len(opened)}
            )
            return redirect("host:visits")
    context = {"page": page, "form": form, "refusal": refusal, "trials": trials_at_own_places(actor), "now": now()}
    return render(request, "host/visits.html", context, status=422 if form is not None and form.is_bound else 200)


def _do(request: HttpRequest, act: Callable[[], object], done: str) -> HttpResponse:
    """Do something and say so, or say why not."""
    try:
        act()
    except Refused as refused:
        messages.error(request, say(refused.reason))
    else:
        messages.success(request, done)
    return redirect("host:visits")


@login_required
@require_POST
def close_moment(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """Close a free moment."""
    actor = _host(request)
    slot = own_slot(actor, slot_id)
    if slot is None:
        raise Http404
    return _do(request, lambda: close_slot(slot=slot, by=actor, at=now()), _("Closed: nobody can choose this moment any more."))


def _visit(request: HttpRequest, invitation_id: UUID) -> tuple[Actor, Invitation]:
    actor = _host(request)
    invitation = invitation_for(actor, invitation_id)
    if invitation is None or not may_note_outcome(actor, invitation):
        raise Http404
    return actor, invitation


@login_required
@require_POST
def call_off(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Call a visit off: the person is told, and can choose another moment."""
    actor, invitation = _visit(request, invitation_id)
    done = _("Called off. The person hears it, and can choose another moment.")
    return _do(request, lambda: cancel_booking(invitation=invitation, by=actor, at=now()), done)


@login_required
@require_POST
def outcome(request: HttpRequest, invitation_id: UUID, outcome: str) -> HttpResponse:
    """Note in one tap whether the person was there."""
    actor, invitation = _visit(request, invitation_id)
    if outcome not in OUTCOMES:
        raise Http404
    words = {"name": invitation.referral.person, "outcome": in_words(Reason(f"appointments.{outcome}"))}
    noted = InvitationState(outcome)
    done = _("Noted: %(name)s %(outcome)s.") % words
    return _do(request, lambda: record_outcome(invitation=invitation, outcome=noted, by=actor, at=now()), done)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, trial_id: UUID) -> HttpResponse:
    """Say what the work floor thinks of a trial day: the host, or the mentor of the place."""
    actor = actor_of(request)
    row = trial_for(actor, trial_id)
    if row is None or not may_speak_for_host(actor, row):
        raise Http404
    form = TrialForm(request.POST or None)
    refusal = ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            give_trial_verdict(trial=row, side=Side.HOST, verdict=Verdict(given["verdict"]), words=given["words"], by=actor, at=now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("Thank you. The counsellor sees what you think."))
            return redirect("host:visits" if actor.has(Role.HOST) else "host:floor")
    return render(request, "host/trial.html", {"trial": row, "form": form, "refusal": refusal}, status=422 if form.is_bound else 200)
