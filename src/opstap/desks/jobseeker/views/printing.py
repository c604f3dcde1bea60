"""For staff: the letters of people without e-mail, to print and put in an envelope."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from opstap.bridges.pdf import letter as as_pdf
from opstap.foundation.actor import Role
from opstap.foundation.clock import now, today
from opstap.journey.matching.enums import LetterChannel
from opstap.journey.matching.operations import issue_letter, note_letter_sent
from opstap.journey.matching.queries import letters_to_print
from opstap.steering.overviews.queries.offers import person_offer
from opstap.ui.letters import proposal_letter, recipient_lines
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from opstap.foundation.actor import Actor

SHOWN = 50


def _writer(request: HttpRequest) -> Actor:
    """Return who writes letters; for everybody else this page does not exist."""
    actor = actor_of(request)
    if not actor.has(Role.COUNSELLOR, Role.TEAM_LEAD, Role.COORDINATOR):
        raise Http404
    return actor


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the letters that wait to be printed, the oldest first."""
    rows = list(letters_to_print(_writer(request))[: SHOWN + 1])
    return render(request, "jobseeker/letters.html", {"letters": rows[:SHOWN], "has_more": len(rows) > SHOWN})


@login_required
@require_POST
def print_one(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Answer one letter as a PDF with a fresh code. Printing it again is harmless, so the form needs no key of its own."""
    actor = _writer(request)
    offer = person_offer(actor, proposal_id, today())
    if offer is None:
        raise Http404
    recipient = "\n".join(recipient_lines(offer.proposal.person))
    issued = issue_letter(proposal=offer.proposal, channel=LetterChannel.PAPER, recipient=recipient, by=actor, at=now())
    file = as_pdf(proposal_letter(offer, issued.link, today()))
    note_letter_sent(letter=issued.letter, digest=hashlib.sha256(file).hexdigest(), by=actor, at=now())
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="brief-{proposal_id.hex[:8]}.pdf"'
    return answer
