"""The coordinator's day: what nobody has, what breaks soon, what stands still."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.engine.shared import Refused
from opstap.foundation import clock
from opstap.foundation.actor import Role
from opstap.journey.appointments.operations import ask_for_moments
from opstap.steering.overviews.queries.coordinator_day import coordinator_day
from opstap.steering.overviews.queries.letters import letters_count
from opstap.ui.requests import actor_of
from opstap.ui.words import say


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what waits, each with the one page on which it is done."""
    actor = actor_of(request)
    found = coordinator_day(actor, clock.now())
    if found is None:
        raise Http404
    letters = letters_count(actor, clock.now())
    return render(request, "coordinator/my_day.html", {"day": found, "today": clock.today(), "letters": letters})


@login_required
@require_POST
def ask_moments(request: HttpRequest) -> HttpResponse:
    """Ask a counsellor to open moments for a first talk; say that they get a message, or why not."""
    actor = actor_of(request)
    if not actor.has(Role.COORDINATOR):
        raise Http404
    try:
        short = ask_for_moments(counsellor_id=_id(request.POST.get("counsellor", "")), by=actor, at=clock.now())
    except Refused as refused:
        messages.error(request, say(refused.reason))
    else:
        messages.success(request, _("%(name)s gets a message with what is missing.") % {"name": short.counsellor.name})
    return redirect("coordinator:my_day")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
