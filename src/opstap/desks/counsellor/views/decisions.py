"""Deciding by the rules, deciding otherwise with a reason, and every decision that was made before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.counsellor.decision_cells import shown_decisions
from opstap.desks.counsellor.forms.steps import OverruleForm
from opstap.desks.counsellor.reach import case_url, followed, staff_of
from opstap.desks.counsellor.tasks import Task, carry_out
from opstap.foundation.clock import now, today
from opstap.journey.eligibility.operations import decide_all, overrule
from opstap.journey.eligibility.queries import decision_for, decision_history
from opstap.journey.referrals.operations import open_case_file
from opstap.steering.overviews.queries.case_file import purpose_of
from opstap.ui.components.status import plain


@login_required
@require_POST
def decide(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Decide by the rules of today for every instrument of the programme."""
    actor, referral = followed(request, referral_id)
    decide_all(referral=referral, on=today(), by=actor, at=now())
    messages.success(request, _("Decided. Below you read the answer per instrument, with the reason of each condition."))
    return redirect(case_url(referral_id, "beslissingen"))


@login_required
@require_safe
def history(request: HttpRequest, referral_id: UUID, instrument: str) -> HttpResponse:
    """Show every decision for one instrument, newest first: none is ever changed."""
    actor, referral = followed(request, referral_id)
    open_case_file(referral=referral, by=actor.for_purpose(purpose_of(actor, referral)), at=now())
    decisions = decision_history(actor, referral, instrument, today())
    if not decisions:
        raise Http404
    context = {"referral": referral, "instrument": instrument, "decisions": shown_decisions(decisions)}
    return render(request, "counsellor/decisions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overrule_decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Decide otherwise than the rules, with a reason."""
    actor = staff_of(request)
    decision = decision_for(actor, decision_id)
    if decision is None:
        raise Http404
    actor, referral = followed(request, decision.referral_id)
    form = OverruleForm(request.POST or None, present=decision.answer)
    task = Task(
        title=_("Decide otherwise: %(instrument)s") % {"instrument": plain(decision.instrument)},
        about=str(referral.person),
        button=_("Decide otherwise"),
        done=_("Decided. What the rules said is kept beside your decision."),
        back=case_url(referral.pk, "beslissingen"),
    )

    def act(given: dict[str, Any]) -> None:
        overrule(decision=decision, answer=given["answer"], reason=given["reason"], by=actor, at=now())

    return carry_out(request, task, form, act)
