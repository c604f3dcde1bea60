"""After the work: the person says in one tap what they do now, and how they look back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from opstap.desks.jobseeker.forms import LookBackForm
from opstap.desks.jobseeker.opened import OpenedJourney, by_journey
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.appointments.enums import Side
from opstap.journey.outcomes.enums import OutcomeKind, OutcomeSource
from opstap.journey.outcomes.operations import add_view, record_outcome
from opstap.journey.outcomes.queries import endings_of, moments_to_tell
from opstap.ui.components.status import language
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CHOICES = tuple(kind for kind in OutcomeKind if kind is not OutcomeKind.UNKNOWN)
"""What a person can say of themselves."""


@require_http_methods(["GET", "HEAD", "POST"])
@by_journey
def show(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:
    """Ask what the person does now; a tap tells it for every moment that has come, the words are kept with the end."""
    ending = next(iter(endings_of(opened.actor, opened.referral.pk)), None)
    if ending is None:
        raise Http404
    waiting = moments_to_tell(opened.actor, opened.referral.pk, today())
    form = LookBackForm(request.POST if "words" in request.POST else None)
    refusal = ""
    if request.method == "POST":
        try:
            if form.is_bound and form.is_valid():
                add_view(ending=ending, side=Side.PERSON, words=form.cleaned_data["words"], by=opened.actor, at=now())
                return redirect("jobseeker:outcome", opened.key)
            if waiting and request.POST.get("kind") in set(CHOICES):
                kind = OutcomeKind(request.POST["kind"])
                record_outcome(ending=ending, moment=waiting[0].moment, kind=kind, source=OutcomeSource.PERSON, by=opened.actor, at=now())
                return redirect("jobseeker:outcome", opened.key)
        except Refused as refused:
            refusal = say(refused.reason, language())
    props = {
        "key": opened.key,
        "ending": ending,
        "is_asked": bool(waiting),
        "choices": CHOICES,
        "form": None if ending.person_view else form,
        "refusal": refusal,
    }
    return render(request, "jobseeker/outcome.html", props, status=422 if request.method == "POST" else 200)
