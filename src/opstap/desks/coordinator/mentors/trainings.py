"""Trainings: offered, filled, noted in one tap who was there, certificates given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.coordinator.mentors.forms import TrainingForm
from opstap.desks.coordinator.mentors.mentors import must_coordinate
from opstap.desks.coordinator.views.programme import steered_programme
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.mentoring.operations import cancel_training, enrol_mentor, issue_certificate, offer_training, record_training_attendance
from opstap.journey.mentoring.queries import enrolment_for
from opstap.steering.overviews.queries.mentor_page import TrainingPage, training_page, trainings_of
from opstap.ui.requests import actor_of
from opstap.ui.words import say, texts, translate

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

ANSWERS = {"ja": True, "nee": False}


@login_required
@require_safe
def trainings(request: HttpRequest) -> HttpResponse:
    """Show the trainings of the programme, the latest first."""
    must_coordinate(request)
    programme = steered_programme(request, actor_of(request))
    props = {"programme": programme, "trainings": trainings_of(actor_of(request), programme), "now": now()}
    return render(request, "coordinator/mentors/trainings.html", props)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    """Offer a training."""
    must_coordinate(request)
    form, refusal = TrainingForm(request.POST if request.method == "POST" else None), ""
    programme = steered_programme(request, actor_of(request))
    if form.is_valid():
        try:
            session = offer_training(programme=programme, outline=form.outline(), by=actor_of(request), at=now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("The training is offered. Hosts and mentors can enrol now."))
            return redirect("coordinator:mentors:training", session.pk)
    return render(request, "coordinator/mentors/offer.html", {"form": form, "refusal": refusal}, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, session_id: UUID) -> TrainingPage:
    page = training_page(actor_of(request), session_id, now())
    if page is None:
        raise Http404
    return page


@login_required
@require_safe
def show(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Show a training: who has a seat, who was there, who has the certificate."""
    page = _page(request, session_id)
    rows = [(row, page.numbers.get(row.mentor_id)) for row in page.enrolments]
    topics = [translate(texts()[f"mentoring.{topic}"]) for topic in page.session.topics]
    return render(request, "coordinator/mentors/training.html", {"page": page, "rows": rows, "topics": topics})


@login_required
@require_POST
def enrol(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Give the mentors that were ticked a seat; who does not fit any more is named."""
    page = _page(request, session_id)
    ticked = set(request.POST.getlist("mentor"))
    for line in (line for line in page.can_enrol if str(line.id) in ticked):
        try:
            enrol_mentor(session=page.session, mentor=line.mentor, by=actor_of(request), at=now())
        except Refused as refused:
            messages.warning(request, f"{line.name}: {say(refused.reason)}")
    return redirect("coordinator:mentors:training", session_id)


@login_required
@require_POST
def cancel(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Call a training off."""
    page = _page(request, session_id)
    _try(request, lambda: cancel_training(session=page.session, by=actor_of(request), at=now()), _("The training is called off."))
    return redirect("coordinator:mentors:training", session_id)


@login_required
@require_POST
def note(request: HttpRequest, enrolment_id: UUID, answer: str) -> HttpResponse:
    """Note in one tap whether a mentor was there."""
    enrolment = enrolment_for(actor_of(request), enrolment_id)
    if enrolment is None or answer not in ANSWERS:
        raise Http404
    page = _page(request, enrolment.session_id)
    was_there = ANSWERS[answer]
    _try(request, lambda: record_training_attendance(enrolment=enrolment, was_there=was_there, by=actor_of(request), at=now()), "")
    return redirect("coordinator:mentors:training", page.session.pk)


@login_required
@require_POST
def certify(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Give everybody who was there the certificate, dated today."""
    page = _page(request, session_id)
    by, at = actor_of(request), now()
    for row in page.to_certify:
        issue_certificate(session=page.session, mentor=row.mentor, issued_on=today(), by=by, at=at)
    given = len(page.to_certify)
    messages.success(request, ngettext("%(n)d certificate given.", "%(n)d certificates given.", given) % {"n": given})
    return redirect("coordinator:mentors:training", session_id)


def _try(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    try:
        act()
    except Refused as refused:
        messages.warning(request, say(refused.reason))
    else:
        if done:
            messages.success(request, done)
