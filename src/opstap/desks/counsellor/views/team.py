"""The team: caseloads in numbers, and giving people to a counsellor."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.counsellor.forms.follow_up import AssignForm
from opstap.desks.counsellor.reach import case_url, followed, staff_of
from opstap.desks.counsellor.tasks import Task, carry_out
from opstap.foundation.clock import now, today
from opstap.journey.referrals.operations import assign_counsellor
from opstap.steering.overviews.queries.caseload import referrals_to_assign
from opstap.steering.overviews.queries.team import counsellors
from opstap.steering.overviews.queries.team import team as caseloads


@login_required
@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """Show each counsellor's caseload in numbers."""
    found = caseloads(staff_of(request), now())
    if found is None:
        raise Http404
    return render(request, "counsellor/team.html", {"team": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Give one person to a counsellor of the team."""
    actor, referral = followed(request, referral_id)
    colleagues = {str(user.pk): user for user in counsellors(actor, today())}
    if not colleagues:
        raise Http404
    form = AssignForm(request.POST or None, counsellors=[(key, user.name) for key, user in colleagues.items()])
    task = Task(_("Give to a counsellor"), str(referral.person), _("Give"), _("Given."), case_url(referral_id, "opvolging"))

    def act(given: dict[str, Any]) -> None:
        assign_counsellor(referral=referral, counsellor=colleagues[given["counsellor"]], organisation_id=None, by=actor, at=now())

    return carry_out(request, task, form, act)


@login_required
@require_POST
def assign_many(request: HttpRequest) -> HttpResponse:
    """Give the chosen people to one counsellor: all of them or, when one cannot be given, none."""
    actor = staff_of(request)
    colleagues = {str(user.pk): user for user in counsellors(actor, today())}
    form = AssignForm(request.POST, counsellors=[(key, user.name) for key, user in colleagues.items()])
    chosen = referrals_to_assign(actor, _ids(request.POST.getlist("wie")))
    if not colleagues or not form.is_valid():
        raise Http404
    with transaction.atomic():
        for referral in chosen:
            assign_counsellor(
                referral=referral, counsellor=colleagues[form.cleaned_data["counsellor"]], organisation_id=None, by=actor, at=now()
            )
    given = ngettext("%(count)d person given to %(name)s.", "%(count)d people given to %(name)s.", len(chosen))
    messages.success(request, given % {"count": len(chosen), "name": colleagues[form.cleaned_data["counsellor"]].name})
    return redirect("counsellor:caseload")


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError as error:
        raise Http404 from error
