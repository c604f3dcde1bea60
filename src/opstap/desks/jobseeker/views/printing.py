"""For staff: letters to print, to bring to the post, and messages that did not arrive; one by one or all in one file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from opstap.bridges.pdf import LetterData
from opstap.bridges.pdf import letter as as_pdf
from opstap.bridges.pdf import letters as as_one_pdf
from opstap.desks.jobseeker.next_step import next_step
from opstap.engine.shared import Refused
from opstap.foundation.actor import Role
from opstap.foundation.clock import now, today
from opstap.foundation.outbox.enums import Told
from opstap.foundation.outbox.operations import note_told, post_letter, put_letter_back, say_on_paper, take_letter
from opstap.journey.matching.enums import LetterChannel
from opstap.journey.matching.operations import (
    issue_letter,
    note_letter_posted,
    note_letter_sent,
    print_letter_again,
    print_news,
)
from opstap.journey.matching.queries import paper_letters
from opstap.journey.people.queries import address_lines, recipient_of
from opstap.steering.overviews.queries.letters import SHOWN, letter_box, letter_messages, persons_of
from opstap.steering.overviews.queries.offers import person_offer
from opstap.ui.letters import news_letter, proposal_letter
from opstap.ui.outgoing import as_letter, paper_link
from opstap.ui.requests import actor_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest

    from opstap.foundation.actor import Actor
    from opstap.journey.matching.models import Letter

OTHER_WAYS = {"papier": None, "telefoon": Told.BY_PHONE, "balie": Told.AT_DESK}
"""What can be done with a message that did not arrive: by letter, or told in person."""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that is ready for the printer: to whom, what it says, and what keeps that it was printed."""

    name: str
    data: LetterData
    keep: Callable[[], object]


def _writer(request: HttpRequest) -> Actor:
    """Return who writes letters; for everybody else this page does not exist."""
    actor = actor_of(request)
    if not actor.has(Role.COUNSELLOR, Role.TEAM_LEAD, Role.COORDINATOR):
        raise Http404
    return actor


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits for hands: letters to print, to post, and what did not arrive."""
    return render(request, "jobseeker/letters.html", {"box": letter_box(_writer(request), now())})


def _chosen(request: HttpRequest, kind: str) -> list[UUID]:
    """Return the keys of one kind ("brief" of a proposal, "bericht" of the outbox) that were ticked, at most one page of them."""
    found = []
    for text in request.POST.getlist("brief")[: 4 * SHOWN]:
        named, _colon, key = text.partition(":")
        if named == kind and (letter_id := _id_in(key)):
            found.append(letter_id)
    return found


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@login_required
@require_POST
def print_many(request: HttpRequest) -> HttpResponse:
    """Answer the chosen letters as one PDF and keep per person that it was printed; what has ended meanwhile is left out, with why.

    Printing again is harmless (each print has fresh codes, and earlier ones keep working), so the form needs no key of its own.
    """
    actor = _writer(request)
    written = [*_proposals(request, actor), *_messages(request, actor)]
    if not written:
        messages.warning(request, _("Tick the letters that you want to print."))
        return redirect("jobseeker:letters")
    written.sort(key=lambda each: each.name)
    file = as_one_pdf([each.data for each in written], title=_("Letters"))
    for each in written:
        each.keep()
    return _file(file, f"brieven-{today().isoformat()}.pdf")


def _proposals(request: HttpRequest, actor: Actor) -> Iterable[Written]:
    for row in paper_letters(actor).filter(pk__in=_chosen(request, "brief")).order_by("created_at", "id"):
        try:
            yield _written(row, actor)
        except Refused as refused:
            messages.warning(request, f"{row.proposal.person}: {say(refused.reason)}")


def _written(row: Letter, actor: Actor) -> Written:
    """Return a letter with a fresh link, of a proposal or of how it ended; raises `Refused` when that is no longer so."""
    offer = person_offer(actor, row.proposal_id, today())
    if offer is None:
        raise Http404
    name = str(offer.proposal.person)
    if row.channel == LetterChannel.PAPER_NEWS:
        step = next_step(offer)
        data = news_letter(offer, step.title, step.text, print_news(letter=row, by=actor, at=now()).link, today())
        return Written(name, data, partial(note_letter_sent, letter=row, digest=row.digest, by=actor, at=now()))
    recipient = "\n".join(address_lines(offer.proposal.person))
    issued = issue_letter(proposal=offer.proposal, channel=LetterChannel.PAPER, recipient=recipient, by=actor, at=now())
    data = proposal_letter(offer, issued.link, today())
    return Written(name, data, partial(note_letter_sent, letter=issued.letter, digest=_digest(data), by=actor, at=now()))


def _messages(request: HttpRequest, actor: Actor) -> Iterable[Written]:
    rows = list(letter_messages(actor, _chosen(request, "bericht"), now()))
    to = persons_of(actor, rows)
    for row in rows:
        if row.pk not in to:
            continue
        referral = to[row.pk]
        data = as_letter(row, referral, paper_link(row, referral.pk, actor, now()), today())
        yield Written(str(referral.person), data, partial(take_letter, message=row, digest=_digest(data), by=actor, at=now()))


def _digest(data: LetterData) -> str:
    return hashlib.sha256(repr(data).encode()).hexdigest()


@login_required
@require_POST
def posted(request: HttpRequest) -> HttpResponse:
    """Keep of the chosen printed letters that they were posted, or put them back on the list: they did not come well out of the printer."""
    actor = _writer(request)
    is_back = request.POST.get("wat") == "terug"
    done = _settle_proposals(request, actor, is_back=is_back) + _settle_messages(request, actor, is_back=is_back)
    if is_back:
        text = ngettext("%(number)d letter is back on the list.", "%(number)d letters are back on the list.", done)
    else:
        text = ngettext("%(number)d letter is noted as posted.", "%(number)d letters are noted as posted.", done)
    if done:
        messages.success(request, text % {"number": done})
    else:
        messages.warning(request, _("Tick the letters that you mean."))
    return redirect("jobseeker:letters")


def _settle_proposals(request: HttpRequest, actor: Actor, *, is_back: bool) -> int:
    act = print_letter_again if is_back else note_letter_posted
    rows = paper_letters(actor).filter(pk__in=_chosen(request, "brief"))
    return sum(_did(request, str(row.proposal.person), partial(act, letter=row, by=actor, at=now())) for row in rows)


def _settle_messages(request: HttpRequest, actor: Actor, *, is_back: bool) -> int:
    act = put_letter_back if is_back else post_letter
    rows = list(letter_messages(actor, _chosen(request, "bericht"), now()))
    return sum(_did(request, "", partial(act, message=row, by=actor, at=now())) for row in rows)


def _did(request: HttpRequest, name: str, act: Callable[[], object]) -> bool:
    """Do something, or say why not; return whether it was done."""
    try:
        act()
    except Refused as refused:
        messages.warning(request, f"{name}: {say(refused.reason)}" if name else say(refused.reason))
        return False
    return True


@login_required
@require_POST
def otherwise(request: HttpRequest, message_id: UUID, way: str) -> HttpResponse:
    """Let a message that did not arrive go by letter, or keep that somebody told it by telephone or at the desk."""
    actor = _writer(request)
    row = letter_messages(actor, [message_id], now()).first()
    if row is None or way not in OTHER_WAYS:
        raise Http404
    how = OTHER_WAYS[way]
    if how is not None:
        if _did(request, "", lambda: note_told(message=row, how=how, by=actor, at=now())):
            messages.success(request, _("Noted: it was told."))
        return redirect("jobseeker:letters")
    referral = persons_of(actor, [row]).get(row.pk)
    if referral is None:
        raise Http404
    if _did(request, "", lambda: say_on_paper(message=row, recipient=recipient_of(referral.person), by=actor, at=now())):
        messages.success(request, _("It stands on the list of letters to print."))
    return redirect("jobseeker:letters")


@login_required
@require_POST
def print_one(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Answer one letter as a PDF with a fresh code. Printing it again is harmless, so the form needs no key of its own."""
    actor = _writer(request)
    offer = person_offer(actor, proposal_id, today())
    if offer is None:
        raise Http404
    recipient = "\n".join(address_lines(offer.proposal.person))
    issued = issue_letter(proposal=offer.proposal, channel=LetterChannel.PAPER, recipient=recipient, by=actor, at=now())
    file = as_pdf(proposal_letter(offer, issued.link, today()))
    note_letter_sent(letter=issued.letter, digest=hashlib.sha256(file).hexdigest(), by=actor, at=now())
    return _file(file, f"brief-{proposal_id.hex[:8]}.pdf")


def _file(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
