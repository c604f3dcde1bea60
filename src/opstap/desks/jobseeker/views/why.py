"""Why somebody calls: the rules in plain words, and which of them speaks now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.desks.jobseeker.opened import OpenedJourney, by_journey
from opstap.foundation.clock import today
from opstap.journey.followup.queries import rules_in_words, told_to_person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@by_journey
def show(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:
    """Show the reasons of now, then every rule."""
    told = told_to_person(opened.actor, opened.referral.pk, today())
    rules = [for_person for _, _, for_person in rules_in_words(opened.referral.programme_id, today())]
    return render(request, "jobseeker/why.html", {"key": opened.key, "told": told, "rules": rules})
