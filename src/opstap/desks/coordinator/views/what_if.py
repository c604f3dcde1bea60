"""What if a place were different, beside today. Nothing is stored, so it is asked with GET and can be shared as an address."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.desks.coordinator.forms import WhatIfForm
from opstap.desks.coordinator.views.programme import steered_programme
from opstap.engine.shared import Refused
from opstap.engine.shared.vocabulary import half_day_mask
from opstap.foundation import clock
from opstap.steering.overviews.queries.place_page import mentors_for
from opstap.steering.overviews.queries.what_if import Trial, WhatIf, places_to_try
from opstap.steering.overviews.queries.what_if import what_if as try_it
from opstap.ui.requests import actor_of
from opstap.ui.words import say


@login_required
@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Show the form, and once something is filled in, both rounds side by side."""
    actor = actor_of(request)
    programme = steered_programme(request, actor)
    places = {str(place.pk): place for place in places_to_try(actor, programme, clock.today())}
    place = places.get(request.GET.get("plek", ""))
    mentors = {str(mentor.pk): mentor for mentor in mentors_for(actor, place)} if place else {}
    offered = {
        "places": [(key, f"{each.title}, {each.organisation.name}") for key, each in places.items()],
        "mentors": [(key, mentor.name) for key, mentor in mentors.items()],
    }
    form = WhatIfForm(request.GET or None, **offered)
    shown: WhatIf | None = None
    refusal, is_asked = "", False
    if form.is_valid():
        given = form.cleaned_data
        trial = Trial(
            place_id=place.pk if place else None,
            half_days=half_day_mask(given["halve_dagen"]) if given["halve_dagen"] else None,
            extra_seats=given["extra"] or 0,
            with_guidance=given["begeleiding"],
            dutch_level=given["nederlands"] or None,
            mentor=mentors.get(given["mentor"]),
            travel_minutes=given["reistijd"],
        )
        is_asked = not trial.is_empty
        try:
            shown = try_it(actor, programme, trial, clock.today()) if is_asked else None
        except Refused as refused:
            refusal = say(refused.reason)
    context = {"programme": programme, "form": form, "place": place, "shown": shown, "refusal": refusal, "is_asked": is_asked}
    return render(request, "coordinator/what_if/what_if.html", context)
