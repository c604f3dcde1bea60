"""Answering a proposal as host: the same form and outcome, logged in or by a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as later

from opstap.desks.host.forms import NoForm
from opstap.engine.shared import Refused
from opstap.foundation.clock import now
from opstap.journey.matching.enums import Answer
from opstap.journey.placements.operations import Outcome, answer_as_host
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from opstap.foundation.actor import Actor
    from opstap.steering.overviews.queries.work_floor import FloorProposal

ANSWERS = {"ja": Answer.YES, "nee": Answer.NO, "bel-mij": Answer.CALL_ME}
"""The word in the address of each answer."""
DONE: dict[Outcome, tuple[str, str]] = {
    Outcome.RECORDED: ("success", later("Noted. We let you know as soon as the other side has answered.")),
    Outcome.PLACED: ("success", later("You both said yes. Call to agree on the start: the number is below.")),
    Outcome.DECLINED: ("success", later("Noted. The person hears it, and the place is free again.")),
    Outcome.SEAT_TAKEN: (
        "warning",
        later("The last seat of this place was given to someone else just before. The person stays on the list."),
    ),
    Outcome.DECISION_TURNED: (
        "warning",
        later("The conditions to start here are no longer met. The proposal has stopped; your place is free again."),
    ),
    Outcome.HALF_DAYS_TAKEN: ("warning", later("The person now works elsewhere on one of these half-days. The place is free again.")),
}
"""What an answer led to, as the next page says it."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the pages of this way in are: in which shell, the proposal itself, the three answers, and the moments for visits."""

    shell: str
    back: str
    yes: str
    no: str
    call: str
    visits: str


def answered(request: HttpRequest, actor: Actor, proposal: FloorProposal, answer: str, doors: Doors) -> HttpResponse:
    """Give the answer of a POST and lead back to the proposal; a no without its reason shows the form."""
    given = ANSWERS.get(answer)
    if given is None or (given is not Answer.NO and request.method != "POST"):
        raise Http404
    if not proposal.may_answer:
        return redirect(doors.back)
    form = NoForm(request.POST if request.method == "POST" else None) if given is Answer.NO else None
    if form is not None and not form.is_valid():
        props = {"proposal": proposal, "form": form, "doors": doors}
        return render(request, "host/say_no.html", props, status=422 if form.is_bound else 200)
    try:
        reason, for_good = (form.reason, form.for_good) if form else ("", False)
        result = answer_as_host(proposal=proposal.proposal, answer=given, reason=reason, for_good=for_good, by=actor, at=now())
    except Refused as refused:
        messages.warning(request, say(refused.reason))
    else:
        level, text = DONE[result.outcome]
        getattr(messages, level)(request, _(text))
    return redirect(doors.back)
