"""The coordinator's day: what nobody has, what breaks soon, what stands still."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.foundation import clock
from opstap.steering.overviews.queries.coordinator_day import coordinator_day
from opstap.steering.overviews.queries.letters import letters_count
from opstap.ui.requests import actor_of


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
