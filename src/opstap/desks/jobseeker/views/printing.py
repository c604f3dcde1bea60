"""For staff: the letters of people without e-mail, to print and put in an envelope, one by one or all in one file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.bridges.pdf import LetterData
from opstap.bridges.pdf import letter as as_pdf
from opstap.bridges.pdf import letters as as_one_pdf
from opstap.desks.jobseeker.next_step import next_step
from opstap.engine.shared import Refused
from opstap.foundation.actor import Role
from opstap.foundation.clock import now, today
from opstap.journey.matching.enums import LetterChannel
from opstap.journey.matching.operations import issue_letter, note_letter_sent, print_news
from opstap.journey.matching.queries import letters_to_print, paper_letters
from opstap.steering.overviews.queries.offers import person_offer
from opstap.ui.letters import news_letter, proposal_letter, recipient_lines
from opstap.ui.requests import actor_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest

    from opstap.foundation.actor import Actor
    from opstap.journey.matching.models import Letter

SHOWN = 50
PRINTED_LATELY = timedelta(days=7)
"""A letter can be printed again from the list this long: the printer jams, an envelope gets lost."""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that is ready for the printer: its row, what it says, and the SHA-256 that is kept of that."""

    letter: Letter
    data: LetterData
    digest: str


def _writer(request: HttpRequest) -> Actor:
    """Return who writes letters; for everybody else this page does not exist."""
    actor = actor_of(request)
    if not actor.has(Role.COUNSELLOR, Role.TEAM_LEAD, Role.COORDINATOR):
        raise Http404
    return actor


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the letters that wait to be printed, the oldest first, and those that were printed lately."""
    actor = _writer(request)
    rows = list(letters_to_print(actor)[: SHOWN + 1])
    lately = list(paper_letters(actor).filter(sent_at__gt=now() - PRINTED_LATELY).order_by("-sent_at", "id")[:SHOWN])
    return render(request, "jobseeker/letters.html", {"letters": rows[:SHOWN], "has_more": len(rows) > SHOWN, "printed": lately})


@login_required
@require_POST
def print_many(request: HttpRequest) -> HttpResponse:
    """Answer the chosen letters as one PDF and keep per person that it was printed; what has ended meanwhile is left out, with why.

    Printing again is harmless (each print has fresh codes, and earlier ones keep working), so the form needs no key of its own.
    """
    actor = _writer(request)
    chosen = [letter_id for text in request.POST.getlist("brief")[:SHOWN] if (letter_id := _id_in(text))]
    written = []
    for row in paper_letters(actor).filter(pk__in=chosen).order_by("created_at", "id"):
        try:
            written.append(_written(row, actor))
        except Refused as refused:
            messages.warning(request, f"{row.proposal.person}: {say(refused.reason)}")
    if not written:
        messages.warning(request, _("Tick the letters that you want to print."))
        return redirect("jobseeker:letters")
    file = as_one_pdf([each.data for each in written], title=_("Letters"))
    for each in written:
        note_letter_sent(letter=each.letter, digest=each.digest, by=actor, at=now())
    return _file(file, f"brieven-{today().isoformat()}.pdf")


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _written(row: Letter, actor: Actor) -> Written:
    """Return a letter with a fresh link, of a proposal or of how it ended; raises `Refused` when that is no longer so."""
    offer = person_offer(actor, row.proposal_id, today())
    if offer is None:
        raise Http404
    if row.channel == LetterChannel.PAPER_NEWS:
        step = next_step(offer)
        data = news_letter(offer, step.title, step.text, print_news(letter=row, by=actor, at=now()).link, today())
        return Written(row, data, row.digest)
    recipient = "\n".join(recipient_lines(offer.proposal.person))
    issued = issue_letter(proposal=offer.proposal, channel=LetterChannel.PAPER, recipient=recipient, by=actor, at=now())
    data = proposal_letter(offer, issued.link, today())
    return Written(issued.letter, data, hashlib.sha256(repr(data).encode()).hexdigest())


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
    return _file(file, f"brief-{proposal_id.hex[:8]}.pdf")


def _file(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
