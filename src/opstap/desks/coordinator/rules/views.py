"""The rules of a programme: see every number, propose a change, rehearse it, have a colleague approve it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.coordinator.rules.forms import ProposalForm
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.eligibility.operations import approve_rule_change, propose_rule_change, rehearse_rule_change, withdraw_rule_change
from opstap.journey.eligibility.queries import rule_change_for
from opstap.steering.overviews.queries.rule_changes import change_page
from opstap.steering.overviews.queries.rules import parameter_line, proposable_programme, rules_page
from opstap.ui.requests import actor_of
from opstap.ui.words import say


@login_required
@require_safe
def parameters(request: HttpRequest, programme_id: UUID | None = None) -> HttpResponse:
    """Show every number with its value per date, source and how sure it is, and the changes that wait."""
    page = rules_page(actor_of(request), programme_id, today())
    if page is None:
        raise Http404
    return render(request, "coordinator/rules/parameters.html", {"page": page, "today": today()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, programme_id: UUID, parameter_id: str) -> HttpResponse:
    """Propose a new value of a parameter; the next page rehearses it."""
    actor = actor_of(request)
    programme = proposable_programme(actor, programme_id)
    parameter = parameter_line(actor, programme_id, parameter_id, today())
    if programme is None or parameter is None:
        raise Http404
    form = ProposalForm(parameter, request.POST or None, today=today())
    refusal = ""
    if form.is_valid():
        try:
            made = propose_rule_change(programme=programme, parameter=parameter_id, by=actor, at=now(), **form.cleaned_data)
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            made = rehearse_rule_change(change=made, by=actor, at=now())
            return redirect("coordinator:rules:change", made.pk)
    context = {"form": form, "refusal": refusal, "parameter": parameter, "programme_id": programme_id}
    return render(request, "coordinator/rules/propose.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def change(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Show a change: what, why, whom it touches, and what can be done with it now."""
    return _change_page(request, change_id)


@login_required
@require_POST
def rehearse(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Compute again whom the change touches."""
    return _do(request, change_id, rehearse_rule_change, _("Rehearsed on today's caseload."))


@login_required
@require_POST
def approve(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Approve as a second person."""
    return _do(request, change_id, approve_rule_change, _("Approved. The change takes effect on its day."))


@login_required
@require_POST
def withdraw(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Take back a change that is not in force yet."""
    return _do(request, change_id, withdraw_rule_change, _("Withdrawn. Nothing changes."))


def _do(request: HttpRequest, change_id: UUID, operation: Callable[..., Any], done: str) -> HttpResponse:
    actor = actor_of(request)
    row = rule_change_for(actor, change_id)
    if row is None:
        raise Http404
    try:
        operation(change=row, by=actor, at=now())
    except Refused as refused:
        return _change_page(request, change_id, refusal=say(refused.reason), status=409)
    messages.success(request, done)
    return redirect("coordinator:rules:change", change_id)


def _change_page(request: HttpRequest, change_id: UUID, *, refusal: str = "", status: int = 200) -> HttpResponse:
    page = change_page(actor_of(request), change_id, today())
    if page is None:
        raise Http404
    return render(request, "coordinator/rules/change.html", {"page": page, "change": page.change, "refusal": refusal}, status=status)
