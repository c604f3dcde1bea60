"""What else is free and fits, and "this interests me"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.jobseeker.opened import Opened, by_link
from opstap.desks.jobseeker.views.offer import proposal_or_404
from opstap.foundation.clock import now, today
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.matching.operations import give_directive
from opstap.journey.places.queries import live_place
from opstap.steering.overviews.queries.offers import places_open_to

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

SHOWN = 12


@require_safe
@by_link
def fitting(request: HttpRequest, opened: Opened) -> HttpResponse:
    """List the free places that fit, the nearest first."""
    found = places_open_to(opened.actor, proposal_or_404(opened).referral_id, today())
    props = {"key": opened.key, "places": found[:SHOWN], "count": len(found)}
    return render(request, "jobseeker/places.html", props)


@require_POST
@by_link
def interest(request: HttpRequest, opened: Opened, place_id: UUID) -> HttpResponse:
    """Keep that a place interests the person; every round weighs it."""
    referral = proposal_or_404(opened).referral
    place = live_place(opened.actor, referral.programme, place_id, today())
    if place is None:
        raise Http404
    give_directive(kind=DirectiveKind.INTEREST, referral=referral, place=place, reason="", by=opened.actor, at=now())
    messages.success(request, _("We know that this interests you: %(place)s. Your counsellor sees it.") % {"place": place.title})
    return redirect("jobseeker:places", opened.key)
