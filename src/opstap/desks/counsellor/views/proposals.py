"""A proposal of a followed person: send it, take it back, type what the person says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.desks.counsellor.forms.steps import AnswerForm, ReasonForm, SendForm
from opstap.desks.counsellor.reach import case_url, staff_of
from opstap.desks.counsellor.tasks import Task, carry_out, show
from opstap.engine.shared import Refused
from opstap.foundation.actor import Actor, Channel
from opstap.foundation.clock import now
from opstap.journey.matching.enums import Answer
from opstap.journey.matching.operations import decline_proposal, send_proposal
from opstap.journey.placements.operations import Outcome, answer_as_person
from opstap.steering.overviews.queries.case_proposals import proposal_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from opstap.journey.matching.models import Proposal


def _found(request: HttpRequest, proposal_id: UUID) -> tuple[Actor, Proposal]:
    actor = staff_of(request)
    proposal = proposal_of(actor, proposal_id)
    if proposal is None:
        raise Http404
    return actor, proposal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Send the machine's draft to the person and the host."""
    actor, proposal = _found(request, proposal_id)
    task = Task(
        title=_("Send the proposal: %(place)s") % {"place": proposal.place.title},
        about=str(proposal.person),
        button=_("Send"),
        done=_("Sent. The person and the host now get word of it."),
        back=case_url(proposal.referral_id, "voorstel"),
    )

    def act(given: dict[str, Any]) -> None:
        send_proposal(proposal=proposal, motivation=given["motivation"], by=actor, at=now())

    return carry_out(request, task, SendForm(request.POST or None), act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Set a draft aside or take a sent proposal back, with a reason; the seat is free at once."""
    actor, proposal = _found(request, proposal_id)
    task = Task(
        title=_("Do not go on with: %(place)s") % {"place": proposal.place.title},
        about=str(proposal.person),
        button=_("Take back"),
        done=_("Taken back. The seat is free at once."),
        back=case_url(proposal.referral_id, "voorstel"),
    )

    def act(given: dict[str, Any]) -> None:
        decline_proposal(proposal=proposal, reason=given["reason"], by=actor, at=now())

    return carry_out(request, task, ReasonForm(request.POST or None), act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Type what the person says by telephone or at the desk: the same answer as through the letter."""
    actor, proposal = _found(request, proposal_id)
    task = Task(
        title=_("The person's answer: %(place)s") % {"place": proposal.place.title},
        about=str(proposal.person),
        button=_("Record the answer"),
        done="",
        back=case_url(proposal.referral_id, "voorstel"),
    )
    form = AnswerForm(request.POST or None)
    if not form.is_valid():
        return show(request, task, form)
    given = form.cleaned_data
    at_desk = replace(actor, channel=Channel.DESK)
    try:
        result = answer_as_person(proposal=proposal, answer=Answer(given["answer"]), reason=given["reason"], by=at_desk, at=now())
    except Refused as refused:
        return show(request, task, form, say(refused.reason))
    _tell(request, result.outcome)
    return redirect(task.back)


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    """Say what the answer led to."""
    texts = {
        Outcome.RECORDED: _("The answer is recorded."),
        Outcome.DECLINED: _("The no is recorded. The seat is free at once; the next round looks for another place."),
        Outcome.PLACED: _("Both said yes: the start can be agreed."),
        Outcome.SEAT_TAKEN: _("Somebody else has just taken the last seat. Look for another place below."),
        Outcome.HALF_DAYS_TAKEN: _("The person already works somewhere on one of these half-days."),
        Outcome.DECISION_TURNED: _("No decision allows this start any more. The proposal is taken back; the seat is free at once."),
    }
    is_lost = outcome in {Outcome.SEAT_TAKEN, Outcome.HALF_DAYS_TAKEN, Outcome.DECISION_TURNED}
    messages.add_message(request, messages.WARNING if is_lost else messages.SUCCESS, texts[outcome])
