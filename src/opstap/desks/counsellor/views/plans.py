"""A person's plan: looked at, begun, shared, continued in a new version, printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.counsellor.forms.plans import AimForm, RemarkForm
from opstap.desks.counsellor.reach import staff_of
from opstap.engine.shared import Refused
from opstap.foundation.clock import now
from opstap.journey.plans.operations import (
    agree_plan,
    comment_plan,
    drop_draft,
    new_version,
    read_plan,
    set_aim,
    share_plan,
    start_plan,
)
from opstap.journey.plans.queries import plan_head
from opstap.steering.overviews.queries.journey_plan import PlanPage, journey_plan, planned_referral
from opstap.ui.plan_paper import plan_file
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest

    from opstap.foundation.actor import Actor
    from opstap.journey.plans.models import SupportPlan
    from opstap.journey.referrals.models import Referral


def referral_of(request: HttpRequest, referral_id: UUID) -> tuple[Actor, Referral]:
    """Return who asks and somebody whose plan they keep; raises Http404 when there is none within reach."""
    actor = staff_of(request)
    referral = planned_referral(actor, referral_id)
    if referral is None:
        raise Http404
    return actor, referral


def page_of(request: HttpRequest, referral_id: UUID, version: int | None = None) -> tuple[Actor, PlanPage]:
    """Return who asks and the page of somebody's plan; raises Http404 when there is none within reach."""
    actor, referral = referral_of(request, referral_id)
    page = journey_plan(actor, referral, now(), version=version)
    if page is None:
        raise Http404
    return actor, page


def kept_plan(request: HttpRequest, plan_id: UUID) -> tuple[Actor, SupportPlan]:
    """Return who asks and a plan that they keep; raises Http404 when there is none within reach."""
    actor = staff_of(request)
    plan = plan_head(actor, plan_id)
    if plan is None:
        raise Http404
    return actor, plan


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show the plan, or an earlier version of it; a POST begins one from what is known."""
    asked = request.GET.get("versie", "")
    actor, page = page_of(request, referral_id, int(asked) if asked.isdecimal() else None)
    if request.method == "POST":
        _do(
            request,
            lambda: start_plan(referral=page.referral, by=actor, at=now()),
            _("Begun from what is known. Change what is not right."),
        )
        return redirect("counsellor:plan", referral_id)
    if page.plan is not None:
        read_plan(plan=page.plan, by=actor, at=now())
    return _render(request, page)


def _render(request: HttpRequest, page: PlanPage, refusal: str = "") -> HttpResponse:
    aim = AimForm(initial={"aim": page.plan.aim if page.plan else ""})
    props = {"page": page, "aim": aim, "remark": RemarkForm(), "refusal": refusal}
    return render(request, "counsellor/plan.html", props, status=422 if refusal else 200)


def _do(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Do something and say so, or say why not."""
    try:
        act()
    except Refused as refused:
        messages.error(request, say(refused.reason))
    else:
        messages.success(request, done)


@login_required
@require_POST
def step(request: HttpRequest, plan_id: UUID, name: str) -> HttpResponse:
    """Share it, keep that the person says it is right, continue it in a new version, or throw a draft away."""
    actor, plan = kept_plan(request, plan_id)
    steps: dict[str, tuple[Callable[[], object], str]] = {
        "delen": (lambda: share_plan(plan=plan, by=actor, at=now()), _("Shared. The person gets a message.")),
        "klopt": (lambda: agree_plan(plan=plan, by=actor, at=now()), _("Noted: the person says it is right.")),
        "nieuw": (
            lambda: new_version(plan=plan, by=actor, at=now()),
            _("This is a new version. The earlier one counts until you share this."),
        ),
        "weg": (lambda: drop_draft(plan=plan, by=actor, at=now()), _("Thrown away.")),
    }
    if name not in steps:
        raise Http404
    _do(request, *steps[name])
    return redirect("counsellor:plan", plan.referral_id)


@login_required
@require_POST
def write_aim(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Write where the person wants to go."""
    actor, plan = kept_plan(request, plan_id)
    form = AimForm(request.POST)
    if form.is_valid():
        _do(request, lambda: set_aim(plan=plan, aim=form.cleaned_data["aim"], by=actor, at=now()), _("Saved."))
    else:
        messages.error(request, _("Write where the person wants to go."))
    return redirect("counsellor:plan", plan.referral_id)


@login_required
@require_POST
def remark(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Say something about the plan; the person reads it."""
    actor, plan = kept_plan(request, plan_id)
    text = request.POST.get("text", "")
    _do(request, lambda: comment_plan(plan=plan, text=text, by=actor, at=now()), _("Saved. The person can read it."))
    return redirect("counsellor:plan", plan.referral_id)


@login_required
@require_safe
def pdf(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Give a version as a file to print."""
    actor, plan = kept_plan(request, plan_id)
    page = journey_plan(actor, plan.referral, now(), version=plan.version)
    if page is None:
        raise Http404
    read_plan(plan=plan, by=actor, at=now())
    return plan_file(page)
