"""The association at a glance."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.desks.planner.own import planner_of


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show members, sites, coaches, how many work and how many are meant to, and who may come next."""
    _, association = planner_of(request)
    return render(request, "planner/overview.html", {"association": association})
