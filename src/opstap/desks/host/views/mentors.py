"""The host's own mentors, or the mentor's own page: training, absences, who stands in; and what the own places say on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.engine.shared import Refused
from opstap.foundation.actor import Role
from opstap.foundation.clock import now, today
from opstap.journey.attendance.operations import add_closure
from opstap.journey.mentoring.queries import coming_trainings
from opstap.journey.places.queries import place_for
from opstap.steering.overviews.queries.mentor_list import mentors_and_book
from opstap.steering.overviews.queries.mentor_risks import places_at_risk
from opstap.steering.overviews.queries.package import place_facts
from opstap.ui import mentors
from opstap.ui.mentor_papers import fact_sheet_answer
from opstap.ui.requests import actor_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

DOORS = mentors.Doors("host", "mentors")


def _must_host(request: HttpRequest) -> None:
    if not actor_of(request).has(Role.HOST, Role.MENTOR):
        raise Http404


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the own mentors, places at risk on top, and the trainings that come."""
    _must_host(request)
    actor = actor_of(request)
    lines, book = mentors_and_book(actor, today())
    risks = places_at_risk(actor, today(), [line.mentor for line in lines], book)
    props = {
        "rows": [(line, DOORS.url("mentor", line.id)) for line in lines],
        "risks": [(risk, DOORS.url("mentor_stand_in", risk.mentor_id)) for risk in risks],
        "trainings": coming_trainings(actor, now()),
        "may_close": actor.organisation_ids(Role.HOST),
    }
    return render(request, "host/mentors.html", props)


@login_required
@require_POST
def close_floor(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Close the site of an own place on days without anybody to guide the learners."""
    actor = actor_of(request)
    place = place_for(actor, place_id, today())
    if place is None or place.organisation_id not in actor.organisation_ids(Role.HOST):
        raise Http404
    form = mentors.DaysForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Fill in both days."))
        return redirect("host:mentors")
    days = {"starts_on": form.cleaned_data["van"], "until_on": form.cleaned_data["tot"]}
    try:
        add_closure(organisation_id=place.organisation_id, site_id=place.site_id, reason=_("No mentor"), by=actor, at=now(), **days)
    except Refused as refused:
        messages.warning(request, say(refused.reason))
    else:
        messages.success(request, _("The floor is closed on those days. Tell the learners."))
    return redirect("host:mentors")


@login_required
@require_safe
def fact_sheet(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Answer with the fact sheet of an own place."""
    actor = actor_of(request)
    facts = place_facts(actor, place_id, today()) if actor.has(Role.HOST) else None
    if facts is None or facts.place.organisation_id not in actor.organisation_ids(Role.HOST):
        raise Http404
    return fact_sheet_answer(facts)


@login_required
@require_safe
def show(request: HttpRequest, mentor_id: UUID) -> HttpResponse:
    """Show one mentor."""
    _must_host(request)
    return mentors.show(request, DOORS, mentor_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest, mentor_id: UUID) -> HttpResponse:
    """Plan an absence."""
    _must_host(request)
    return mentors.away(request, DOORS, mentor_id)


@login_required
@require_POST
def back(request: HttpRequest, mentor_id: UUID, absence_id: UUID) -> HttpResponse:
    """Change the day back."""
    _must_host(request)
    return mentors.back(request, DOORS, mentor_id, absence_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stand_in(request: HttpRequest, mentor_id: UUID) -> HttpResponse:
    """Name who stands in."""
    _must_host(request)
    return mentors.stand_in(request, DOORS, mentor_id)


@login_required
@require_POST
def stop_stand_in(request: HttpRequest, mentor_id: UUID, back_up_id: UUID) -> HttpResponse:
    """End that somebody stands in."""
    _must_host(request)
    return mentors.stop_stand_in(request, DOORS, mentor_id, back_up_id)


@login_required
@require_POST
def enrol(request: HttpRequest, mentor_id: UUID) -> HttpResponse:
    """Enrol the mentor for a training."""
    _must_host(request)
    return mentors.enrol(request, DOORS, mentor_id)


@login_required
@require_POST
def cancel_seat(request: HttpRequest, mentor_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """Free a seat."""
    _must_host(request)
    return mentors.cancel_seat(request, DOORS, mentor_id, enrolment_id)


@login_required
@require_safe
def paper(request: HttpRequest, mentor_id: UUID, certificate_id: UUID) -> HttpResponse:
    """Answer with a certificate."""
    _must_host(request)
    return mentors.paper(request, mentor_id, certificate_id)
