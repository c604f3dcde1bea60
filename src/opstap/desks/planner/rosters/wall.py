"""A week of a site to hang on its wall."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from opstap.desks.planner.own import must, planner_of
from opstap.desks.planner.rosters.found import day_in
from opstap.foundation import clock
from opstap.journey.associations.queries import demanding_sites
from opstap.steering.overviews.queries.site_wall import site_wall


@login_required
@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """Go to the wall of the first site that asks for people."""
    actor, association = planner_of(request)
    site = must(next(iter(demanding_sites(actor, association)), None))
    return redirect("planner:wall", site.pk)


@login_required
@require_safe
def show(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Show what was told for a week at a site, on one page to print."""
    actor, association = planner_of(request)
    wall = must(site_wall(actor, site_id, day_in(request.GET.get("week", "")) or clock.today()))
    return render(request, "planner/rosters/wall.html", {"wall": wall, "sites": demanding_sites(actor, association)})
