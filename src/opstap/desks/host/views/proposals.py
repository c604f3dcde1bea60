"""A proposal for one of the host's places, for who is logged in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from opstap.desks.host.answering import Doors, answered
from opstap.steering.overviews.queries.work_floor import FloorProposal, floor_proposal
from opstap.ui.addresses import reverse
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


def _own_proposal(request: HttpRequest, proposal_id: UUID) -> FloorProposal:
    proposal = floor_proposal(actor_of(request), proposal_id)
    if proposal is None:
        raise Http404
    return proposal


def _doors(proposal_id: UUID) -> Doors:
    yes, no, call = (reverse("host:answer", args=[proposal_id, word]) for word in ("ja", "nee", "bel-mij"))
    return Doors("ui/staff.html", reverse("host:proposal", args=[proposal_id]), yes, no, call, reverse("host:visits"))


@login_required
@require_safe
def show(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Show who is proposed for which place, and the three answers."""
    props = {"proposal": _own_proposal(request, proposal_id), "doors": _doors(proposal_id)}
    return render(request, "host/proposal.html", props)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, proposal_id: UUID, answer: str) -> HttpResponse:
    """Say yes, no with a reason, or call me."""
    return answered(request, actor_of(request), _own_proposal(request, proposal_id), answer, _doors(proposal_id))
