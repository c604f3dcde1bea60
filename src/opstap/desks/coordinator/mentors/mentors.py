"""The mentors of the programme: who guides how many, where nobody will, and the page of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.coordinator.mentors.forms import CertificateForm
from opstap.engine.shared import Refused
from opstap.foundation.actor import Role
from opstap.foundation.clock import now, today
from opstap.journey.mentoring.operations import recognise_certificate
from opstap.journey.mentoring.queries import mentor_for
from opstap.steering.overviews.queries.mentor_list import mentors_and_book
from opstap.steering.overviews.queries.mentor_risks import places_at_risk
from opstap.ui import mentors
from opstap.ui.requests import actor_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

DOORS = mentors.Doors("coordinator:mentors", "home", "coordinator/base.html", certifies=True)


def must_coordinate(request: HttpRequest) -> None:
    """Raise Http404 for who coordinates nothing."""
    if not actor_of(request).has(Role.COORDINATOR):
        raise Http404


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show every mentor with load, certificate, absence and who stands in; places at risk stand on top."""
    must_coordinate(request)
    actor = actor_of(request)
    lines, book = mentors_and_book(actor, today())
    props = {
        "rows": [(line, DOORS.url("mentor", line.id)) for line in lines],
        "risks": [
            (risk, DOORS.url("mentor", risk.mentor_id)) for risk in places_at_risk(actor, today(), [line.mentor for line in lines], book)
        ],
        "untrained": sum(line.needs_training for line in lines),
        "room": sum(max(line.limit - line.load, 0) for line in lines if line.standing in {"holds", "ends_soon"}),
    }
    return render(request, "coordinator/mentors/home.html", props)


@login_required
@require_safe
def show(request: HttpRequest, mentor_id: UUID) -> HttpResponse:
    """Show one mentor."""
    must_coordinate(request)
    return mentors.show(request, DOORS, mentor_id, certify_form=CertificateForm())


@login_required
@require_POST
def certify(request: HttpRequest, mentor_id: UUID) -> HttpResponse:
    """Keep a certificate that was earned elsewhere."""
    must_coordinate(request)
    mentor = mentor_for(actor_of(request), mentor_id)
    if mentor is None:
        raise Http404
    form, refusal = CertificateForm(request.POST), ""
    if form.is_valid():
        try:
            recognise_certificate(mentor=mentor, by=actor_of(request), at=now(), **form.cleaned_data)
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("The certificate is noted."))
            return redirect(DOORS.url("mentor", mentor_id))
    response = mentors.show(request, DOORS, mentor_id, certify_form=form, refusal=refusal)
    response.status_code = 422
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest, mentor_id: UUID) -> HttpResponse:
    """Plan an absence."""
    must_coordinate(request)
    return mentors.away(request, DOORS, mentor_id)


@login_required
@require_POST
def back(request: HttpRequest, mentor_id: UUID, absence_id: UUID) -> HttpResponse:
    """Change the day back."""
    must_coordinate(request)
    return mentors.back(request, DOORS, mentor_id, absence_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stand_in(request: HttpRequest, mentor_id: UUID) -> HttpResponse:
    """Name who stands in."""
    must_coordinate(request)
    return mentors.stand_in(request, DOORS, mentor_id)


@login_required
@require_POST
def stop_stand_in(request: HttpRequest, mentor_id: UUID, back_up_id: UUID) -> HttpResponse:
    """End that somebody stands in."""
    must_coordinate(request)
    return mentors.stop_stand_in(request, DOORS, mentor_id, back_up_id)


@login_required
@require_POST
def enrol(request: HttpRequest, mentor_id: UUID) -> HttpResponse:
    """Enrol the mentor for a training."""
    must_coordinate(request)
    return mentors.enrol(request, DOORS, mentor_id)


@login_required
@require_POST
def cancel_seat(request: HttpRequest, mentor_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """Free a seat."""
    must_coordinate(request)
    return mentors.cancel_seat(request, DOORS, mentor_id, enrolment_id)


@login_required
@require_safe
def paper(request: HttpRequest, mentor_id: UUID, certificate_id: UUID) -> HttpResponse:
    """Answer with a certificate."""
    must_coordinate(request)
    return mentors.paper(request, mentor_id, certificate_id)
