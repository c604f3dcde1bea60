"""The pages of writing and reading an evaluation, which the host's desk and the counsellor's share: each with its own addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.evaluations.operations import correct_evaluation, write_evaluation
from opstap.steering.overviews.queries.evaluation_page import EvaluationPage, evaluation_page
from opstap.ui.addresses import reverse
from opstap.ui.evaluation_form import EvaluationForm
from opstap.ui.requests import actor_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class Doors:
    """The name of one desk, and what the page says and links to there beside the evaluation itself."""

    desk: str
    back: str
    back_url: str
    extra: str = ""

    def url(self, page: str, evaluation_id: UUID) -> str:
        """Return the address of a page of this evaluation at this desk."""
        return reverse(f"{self.desk}:{page}", args=[evaluation_id])


def found_page(request: HttpRequest, evaluation_id: UUID) -> EvaluationPage:
    """Return the evaluation within reach of who asks; raises Http404 when there is none."""
    page = evaluation_page(actor_of(request), evaluation_id, today())
    if page is None:
        raise Http404
    return page


def one_page(request: HttpRequest, doors: Doors, page: EvaluationPage) -> HttpResponse:
    """Show the form while it waits, else what was written; a POST keeps what was filled in."""
    if not page.may_write:
        if request.method == "POST":
            messages.warning(request, _("This evaluation was written or closed meanwhile."))
            return redirect(doors.url("evaluation", page.evaluation.pk))
        return render(request, "ui/evaluation/read.html", _props(doors, page))
    form = EvaluationForm(page, request.POST if request.method == "POST" else None)
    return _written(request, doors, page, form, lambda said: write_evaluation(**said, by=actor_of(request), at=now()))


def correction_page(request: HttpRequest, doors: Doors, page: EvaluationPage) -> HttpResponse:
    """Ask for a later version, with the earlier one filled in, and why."""
    if not page.may_correct:
        raise Http404
    form = EvaluationForm(page, request.POST if request.method == "POST" else None, is_correction=True)

    def act(said: dict[str, Any]) -> object:
        return correct_evaluation(**said, reason=form.cleaned_data["reason"], by=actor_of(request), at=now())

    return _written(request, doors, page, form, act)


def _written(
    request: HttpRequest, doors: Doors, page: EvaluationPage, form: EvaluationForm, act: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    """Show the form, or do what it asks and show what was written; a refusal stands on the form with everything filled in."""
    refusal = ""
    if form.is_valid():
        try:
            row = act({"evaluation": page.evaluation, **form.said()})
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            name = page.evaluation.placement.person.first_name
            messages.success(request, _("Thank you. %(name)s can read it now.") % {"name": name})
            return redirect(doors.url("evaluation", row.pk))
    props = _props(doors, page) | {"form": form, "refusal": refusal}
    return render(request, "ui/evaluation/write.html", props, status=422 if form.is_bound else 200)


def _props(doors: Doors, page: EvaluationPage) -> dict[str, Any]:
    return {
        "page": page,
        "doors": doors,
        "correct_url": doors.url("correct_evaluation", page.evaluation.pk) if page.may_correct else "",
        "later_url": doors.url("evaluation", page.later_id) if page.later_id else "",
    }
