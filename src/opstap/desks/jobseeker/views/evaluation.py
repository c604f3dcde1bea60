"""How it goes at work, as the mentor wrote it: the person reads it and says whether it is right; and what they can do by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.jobseeker.opened import OpenedJourney, by_journey
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.evaluations.enums import PersonAnswer
from opstap.journey.evaluations.operations import answer_evaluation
from opstap.journey.evaluations.queries import evaluation_for
from opstap.steering.overviews.queries.journey_evaluations import journey_evaluations
from opstap.ui.components.status import language
from opstap.ui.words import say

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


def _page(request: HttpRequest, opened: OpenedJourney, refusal: str = "") -> HttpResponse:
    found = journey_evaluations(opened.actor, opened.referral, today())
    current = found.to_answer or next((line for line in found.lines if line.is_current), None)
    props = {
        "key": opened.key,
        "current": current,
        "earlier": [line for line in found.lines if line is not current],
        "competences": found.competences,
        "refusal": refusal,
        "words": request.POST.get("words", ""),
    }
    return render(request, "jobseeker/evaluation.html", props, status=422 if refusal else 200)


@require_safe
@by_journey
def show(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:
    """Show the latest evaluation in plain words, the earlier ones, and what the person can do."""
    return _page(request, opened)


@require_POST
@by_journey
def answer(request: HttpRequest, opened: OpenedJourney, evaluation_id: UUID) -> HttpResponse:
    """Keep whether it is right, or how the person sees it; a refusal keeps what was written on the page."""
    row = evaluation_for(opened.actor, evaluation_id, today())
    if row is None:
        raise Http404
    given = PersonAnswer.AGREE if request.POST.get("answer") == "agree" else PersonAnswer.DISAGREE
    words = request.POST.get("words", "") if given is PersonAnswer.DISAGREE else ""
    try:
        answer_evaluation(evaluation=row, answer=given, words=words, by=opened.actor, at=now())
    except Refused as refused:
        return _page(request, opened, say(refused.reason, language()))
    messages.success(request, _("Thank you. We know what you think of it."))
    return redirect("jobseeker:evaluation", opened.key)
