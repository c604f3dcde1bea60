"""The page that a link opens: what is proposed, why, where, when, with whom; and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.desks.jobseeker.next_step import next_step
from opstap.desks.jobseeker.opened import Opened, by_link
from opstap.foundation.clock import today
from opstap.steering.overviews.queries.offers import PersonOffer, Standing, person_offer, sent_proposal
from opstap.ui.components.status import language
from opstap.ui.letters import offer_facts, offer_map
from opstap.ui.person_words import why_this_place

if TYPE_CHECKING:
    from django.http import HttpRequest

    from opstap.journey.matching.models import Proposal


def offer_or_404(opened: Opened) -> PersonOffer:
    """Return the offer that the link opens; raises Http404 when it is not there any more."""
    offer = person_offer(opened.actor, opened.proposal_id, today())
    if offer is None:
        raise Http404
    return offer


def proposal_or_404(opened: Opened) -> Proposal:
    """Return the bare proposal that the link opens, for pages that say nothing of it; raises Http404 when it is not there any more."""
    proposal = sent_proposal(opened.actor, opened.proposal_id)
    if proposal is None:
        raise Http404
    return proposal


@require_safe
@by_link
def show(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show the offer and the next step; looking changes nothing, however often and by whomever."""
    offer = offer_or_404(opened)
    props = {
        "key": opened.key,
        "offer": offer,
        "step": next_step(offer),
        "labels": [_("Proposal"), _("Your answer"), _("Answer of the work floor"), _("Agree on the start")],
        "facts": offer_facts(offer),
        "reasons": why_this_place(offer.reasons, language()),
        "map": offer_map(offer),
        "looks_further": offer.standing not in {Standing.OPEN, Standing.WANTS_CALL, Standing.SAID_YES, Standing.PLACED},
    }
    return render(request, "jobseeker/offer.html", props)
