"""The person's own page without account: the next step, where everything stands, who looked, and peace from messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.desks.jobseeker.forms import PauseForm
from opstap.desks.jobseeker.journey_next import next_steps
from opstap.desks.jobseeker.opened import OpenedJourney, by_journey
from opstap.desks.jobseeker.views.file import reading_days
from opstap.foundation.clock import now
from opstap.foundation.outbox.operations import pause_messages, resume_messages
from opstap.foundation.outbox.queries import pause_of
from opstap.journey.referrals.enums import Stage
from opstap.ui.addresses import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_WALK = (Stage.OPEN, Stage.ELIGIBLE, Stage.PROPOSED, Stage.TO_BE_AGREED, Stage.PLACED, Stage.CLOSED)
_STANDS_AT = {Stage.FACTS_MISSING: Stage.OPEN, Stage.NOT_ELIGIBLE: Stage.OPEN}


@require_safe
@by_journey
def show(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:
    """Show the next step on top, what else can be done, and where the person stands on the way."""
    steps = next_steps(opened.actor, opened.referral, now())
    stage = Stage(opened.referral.stage)
    props = {
        "key": opened.key,
        "referral": opened.referral,
        "steps": [(step, step.url(opened.key)) for step in steps],
        "pages": _pages(opened.key),
        "labels": [_("Getting to know you"), _("We look for a place"), _("Proposal"), _("Agreement"), _("You work"), _("Afterwards")],
        "at": _WALK.index(_STANDS_AT.get(stage, stage)) + 1,
        "pause": pause_of(opened.actor, opened.referral.person_id, now()),
    }
    return render(request, "jobseeker/journey.html", props)


def _pages(key: str) -> list[tuple[str, str]]:
    """Return every page of the journey with its title: what asks nothing now can still be found."""
    pages = {
        "appointment": _("Your appointment"),
        "agreement": _("Your agreement"),
        "hours": _("Your hours"),
        "plan": _("Your plan"),
        "evaluation": _("How is it going at work?"),
    }
    return [(title, reverse(f"jobseeker:{name}", args=[key])) for name, title in pages.items()]


@require_safe
@by_journey
def readers(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:
    """Show who opened the file, per day, with organisation, role and reason."""
    days = reading_days(opened.actor, opened.referral.person_id)
    return render(request, "jobseeker/readers.html", {"key": opened.key, "days": days, "is_journey": True})


@require_http_methods(["GET", "HEAD", "POST"])
@by_journey
def messages(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:
    """Stop messages for a while, or let them come again; what must be known still comes."""
    person_id = opened.referral.person_id
    pause = pause_of(opened.actor, person_id, now())
    form = PauseForm(request.POST if request.method == "POST" else None, is_paused=pause is not None)
    if form.is_valid():
        if form.cleaned_data["choice"] == "resume":
            resume_messages(person_id=person_id, by=opened.actor, at=now())
        else:
            pause_messages(person_id=person_id, until_on=form.until(now()), reason="", by=opened.actor, at=now())
        return redirect("jobseeker:messages", opened.key)
    props = {"key": opened.key, "form": form, "pause": pause}
    return render(request, "jobseeker/messages.html", props, status=422 if form.is_bound else 200)
