"""Evaluations at the counsellor's desk: asking, calling, writing down what is said by telephone, and what the person can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.counsellor.reach import case_url, followed, staff_of
from opstap.desks.counsellor.views.agreements import at_desk
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.evaluations.enums import CallOutcome, PersonAnswer
from opstap.journey.evaluations.operations import answer_evaluation, ask_evaluation, note_call
from opstap.journey.evaluations.queries import placement_to_ask
from opstap.journey.referrals.operations import open_case_file
from opstap.steering.overviews.queries.case_file import purpose_of
from opstap.steering.overviews.queries.journey_evaluations import journey_evaluations
from opstap.ui.addresses import reverse
from opstap.ui.evaluating import Doors, correction_page, found_page, one_page
from opstap.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from opstap.foundation.actor import Actor
    from opstap.steering.overviews.queries.evaluation_page import EvaluationPage


def _opened(request: HttpRequest, evaluation_id: UUID) -> tuple[Actor, EvaluationPage, Doors]:
    """Return who asks, the evaluation, and where to go back; reading it is reading the file."""
    staff_of(request)
    page = found_page(request, evaluation_id)
    actor, referral = followed(request, page.evaluation.placement.referral_id)
    open_case_file(referral=referral, by=actor.for_purpose(purpose_of(actor, referral)), at=now())
    back = reverse("counsellor:competences", args=[referral.pk])
    return actor, page, Doors("counsellor", str(referral.person), back, extra="counsellor/evaluation_desk.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, evaluation_id: UUID) -> HttpResponse:
    """Read one evaluation, or write down what the mentor says by telephone."""
    _, page, doors = _opened(request, evaluation_id)
    return one_page(request, doors, page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, evaluation_id: UUID) -> HttpResponse:
    """Write a later version of what was written down."""
    _, page, doors = _opened(request, evaluation_id)
    return correction_page(request, doors, page)


@login_required
@require_POST
def called(request: HttpRequest, evaluation_id: UUID) -> HttpResponse:
    """Note what came of the call."""
    actor, page, _doors = _opened(request, evaluation_id)
    outcome = CallOutcome.NOT_COMING if request.POST.get("outcome") == "not_coming" else CallOutcome.WILL_COME
    _do(request, lambda: note_call(evaluation=page.evaluation, outcome=outcome, by=actor, at=now()), _("Noted."))
    return redirect("counsellor:evaluation", evaluation_id)


@login_required
@require_POST
def answer(request: HttpRequest, evaluation_id: UUID) -> HttpResponse:
    """Keep what the person says at the desk."""
    actor, page, _doors = _opened(request, evaluation_id)
    given = PersonAnswer.AGREE if request.POST.get("answer") == "agree" else PersonAnswer.DISAGREE
    words = request.POST.get("words", "")

    def act() -> object:
        return answer_evaluation(evaluation=page.evaluation, answer=given, words=words, by=at_desk(actor), at=now())

    _do(request, act, _("What the person says is kept."))
    return redirect("counsellor:evaluation", evaluation_id)


@login_required
@require_POST
def ask(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Ask the work floor how it goes, outside the milestones."""
    actor, _referral = followed(request, referral_id)
    placement = placement_to_ask(actor, referral_id)
    if placement is None:
        messages.warning(request, _("Nobody works now, or an evaluation waits already."))
    else:
        _do(request, lambda: ask_evaluation(placement=placement, by=actor, at=now()), _("Asked. The work floor knows until when."))
    return redirect("counsellor:competences", referral_id)


@login_required
@require_safe
def competences(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show what the person can do, each task from the first time it was seen to the last, and every evaluation."""
    actor, referral = followed(request, referral_id)
    open_case_file(referral=referral, by=actor.for_purpose(purpose_of(actor, referral)), at=now())
    props = {"referral": referral, "evaluations": journey_evaluations(actor, referral, today()), "case_url": case_url(referral_id)}
    return render(request, "counsellor/competences.html", props)


def _do(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Do something and say so, or say why not."""
    try:
        act()
    except Refused as refused:
        messages.error(request, say(refused.reason))
    else:
        messages.success(request, done)
