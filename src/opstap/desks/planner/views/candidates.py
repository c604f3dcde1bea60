"""People on the way to a contract: the stages, a step, and the contract itself."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.desks.planner.forms.people import ContractForm, StepForm
from opstap.desks.planner.own import answer, must, planner_of
from opstap.foundation.clock import now, today
from opstap.journey.associations.enums import TRANSITIONS, HiringStage
from opstap.journey.associations.operations import move_candidate
from opstap.journey.associations.queries import candidate_for
from opstap.steering.overviews.queries.associations import towards_target
from opstap.ui.addresses import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_FORM = ["GET", "HEAD", "POST"]


def _back() -> dict[str, str]:
    return {"back": _("Candidates"), "back_url": reverse("planner:candidates")}


@login_required
@require_safe
def candidates(request: HttpRequest) -> HttpResponse:
    """Show who stands in which stage, and how far the target is."""
    actor, association = planner_of(request)
    towards = towards_target(actor, association, today())
    return render(request, "planner/association/candidates.html", {"towards": towards, "association": association})


@login_required
@require_http_methods(_FORM)
def step(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    """Move somebody to another stage."""
    actor, _association = planner_of(request)
    found = must(candidate_for(actor, candidate_id))
    stages = [stage for stage in HiringStage if stage in TRANSITIONS[HiringStage(found.stage)]]
    form = StepForm(request.POST or None, stages=stages)
    return answer(
        request,
        form,
        lambda given: move_candidate(candidate=found, to=HiringStage(given["to"]), reason=given["reason"], by=actor, at=now()),
        title=str(found.referral.person),
        done=_("Saved."),
        candidate=found,
        may_hire=HiringStage.CONTRACT in stages,
        template="planner/association/candidate.html",
        **_back(),
    )


@login_required
@require_http_methods(_FORM)
def hire(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    """Make the contract of somebody who had a talk."""
    actor, _association = planner_of(request)
    found = must(candidate_for(actor, candidate_id))
    form = ContractForm(request.POST or None, initial={"from_on": today(), "status": "imw"})
    return answer(
        request,
        form,
        lambda _given: move_candidate(candidate=found, to=HiringStage.CONTRACT, terms=form.terms(), by=actor, at=now()),
        title=_("Contract of %(name)s") % {"name": found.referral.person},
        done=_("The contract is made."),
        **_back(),
    )
