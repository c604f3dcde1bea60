"""What waits for the work floor beside the day itself: agreements to sign, months to close, evaluations to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.foundation.actor import Role
from opstap.foundation.clock import today
from opstap.journey.evaluations.queries import to_write
from opstap.steering.overviews.queries.months import months_to_sign
from opstap.steering.overviews.queries.signing import host_signatures
from opstap.ui.requests import actor_of, is_fragment

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SHOWN = 50


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the queues with their counts; for the floor's own page, which asks for them after itself, only what it does not show itself."""
    actor = actor_of(request)
    if not actor.has(Role.HOST, Role.MENTOR):
        raise Http404
    props = {
        "to_sign": host_signatures(actor),
        "months": months_to_sign(actor, today()),
        "evaluations": to_write(actor, today(), SHOWN),
    }
    return render(request, "host/queues_list.html" if is_fragment(request) else "host/queues.html", props)
