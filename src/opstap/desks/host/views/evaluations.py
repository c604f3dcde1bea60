"""Evaluations of the own floor: what waits, and writing one in three minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.foundation.actor import Role
from opstap.foundation.clock import today
from opstap.journey.evaluations.queries import to_write, written_by_floor
from opstap.ui.addresses import reverse
from opstap.ui.evaluating import Doors, correction_page, found_page, one_page
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from opstap.foundation.actor import Actor


def _on_floor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.has(Role.HOST, Role.MENTOR):
        raise Http404
    return actor


def _doors() -> Doors:
    return Doors("host", _("Evaluations"), reverse("host:evaluations"))


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits to be written, the soonest due first, and what was written lately."""
    actor = _on_floor(request)
    props = {"waiting": to_write(actor, today()), "written": written_by_floor(actor, today()), "today": today()}
    return render(request, "host/evaluations.html", props)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, evaluation_id: UUID) -> HttpResponse:
    """Write one evaluation, or read what was written."""
    _on_floor(request)
    return one_page(request, _doors(), found_page(request, evaluation_id))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, evaluation_id: UUID) -> HttpResponse:
    """Write a later version."""
    _on_floor(request)
    return correction_page(request, _doors(), found_page(request, evaluation_id))
