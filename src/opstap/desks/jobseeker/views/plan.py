"""The person's own plan: read it, say what you think of it, tick what you did, say that it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.jobseeker.forms_plan import WordsForm
from opstap.desks.jobseeker.opened import OpenedJourney, by_journey
from opstap.engine.shared import Refused
from opstap.foundation.clock import now
from opstap.journey.plans.operations import agree_plan, comment_plan, complete_action, read_plan, reopen_action
from opstap.journey.plans.queries import action_for
from opstap.steering.overviews.queries.journey_plan import own_plan
from opstap.ui.components.status import language
from opstap.ui.plan_paper import plan_file
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@by_journey
def show(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:
    """Show the plan in plain words; a POST keeps what the person says of it."""
    page = own_plan(opened.actor, opened.referral, now())
    form = WordsForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if page.plan is not None and form.is_valid():
        try:
            comment_plan(plan=page.plan, text=form.cleaned_data["text"], by=opened.actor, at=now())
        except Refused as refused:
            refusal = say(refused.reason, language())
        else:
            return redirect("jobseeker:plan", opened.key)
    if page.plan is not None:
        read_plan(plan=page.plan, by=opened.actor, at=now())
    props = {"key": opened.key, "page": page, "form": form, "refusal": refusal}
    return render(request, "jobseeker/plan.html", props, status=422 if form.is_bound else 200)


@require_POST
@by_journey
def agree(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:  # noqa: ARG001 - the decorator's signature
    """Say that the plan is right."""
    page = own_plan(opened.actor, opened.referral, now())
    if page.plan is None:
        raise Http404
    agree_plan(plan=page.plan, by=opened.actor, at=now())
    return redirect("jobseeker:plan", opened.key)


@require_POST
@by_journey
def tick(request: HttpRequest, opened: OpenedJourney, action_id: UUID) -> HttpResponse:
    """Tick what you did, or take it back."""
    action = action_for(opened.actor, action_id)
    if action is None:
        raise Http404
    change = complete_action if request.POST.get("done") == "1" else reopen_action
    change(action=action, by=opened.actor, at=now())
    return redirect("jobseeker:plan", opened.key)


@require_safe
@by_journey
def pdf(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:  # noqa: ARG001 - the decorator's signature
    """Give the plan as a file to print."""
    page = own_plan(opened.actor, opened.referral, now())
    if page.plan is None:
        raise Http404
    read_plan(plan=page.plan, by=opened.actor, at=now())
    return plan_file(page)
