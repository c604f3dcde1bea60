"""What became of people: the list of what to ask, one tap for each, and what nobody took on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.counsellor.reach import case_url, staff_of
from opstap.engine.shared import Refused
from opstap.foundation.clock import now
from opstap.journey.outcomes.enums import OutcomeKind, OutcomeMoment, OutcomeSource
from opstap.journey.outcomes.operations import record_outcome
from opstap.journey.outcomes.queries import ending_for
from opstap.steering.overviews.queries.journey_outcomes import KINDS, outcomes_page
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    """Show what to ask and what to take on."""
    return render(request, "counsellor/outcomes.html", {"page": outcomes_page(staff_of(request), now()), "kinds": KINDS})


@login_required
@require_POST
def tell(request: HttpRequest, ending_id: UUID, moment: str) -> HttpResponse:
    """Keep what became of somebody, in one tap; sent again with another answer it is a correction."""
    actor = staff_of(request)
    ending = ending_for(actor, ending_id)
    kind, source = request.POST.get("kind", ""), request.POST.get("source", OutcomeSource.COUNSELLOR.value)
    if ending is None or moment not in set(OutcomeMoment) or source not in set(OutcomeSource):
        raise Http404
    back = redirect(case_url(ending.referral_id) if request.POST.get("from") == "file" else "counsellor:outcomes")
    if kind not in set(OutcomeKind):
        messages.error(request, _("Choose what this person does now."))
        return back
    try:
        record_outcome(
            ending=ending, moment=OutcomeMoment(moment), kind=OutcomeKind(kind), source=OutcomeSource(source), by=actor, at=now()
        )
    except Refused as refused:
        messages.error(request, say(refused.reason))
    else:
        messages.success(request, _("Noted: %(name)s.") % {"name": ending.referral.person})
    return back
