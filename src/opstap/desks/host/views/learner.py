"""What a learner wants to learn on this floor, for the mentor."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.foundation.clock import today
from opstap.steering.overviews.queries.learner import learner
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def show(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    """Show what to learn, and what the mentor does for it."""
    found = learner(actor_of(request), placement_id, today())
    if found is None:
        raise Http404
    return render(request, "host/learner.html", {"learner": found})
