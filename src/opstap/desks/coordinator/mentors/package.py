"""The register of certificates, and the package of places: against each lump sum, what is missing, and all of it as one file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.coordinator.exports import as_file
from opstap.desks.coordinator.mentors.mentors import must_coordinate
from opstap.desks.coordinator.views.programme import steered_programme
from opstap.foundation.clock import now, today
from opstap.journey.mentoring.operations import note_package, note_register
from opstap.steering.overviews.queries.mentor_list import mentor_load
from opstap.steering.overviews.queries.package import Package, certificate_register, place_facts
from opstap.steering.overviews.queries.package import package as package_of
from opstap.ui import mentor_papers
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


@login_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show every mentor with each certificate."""
    must_coordinate(request)
    return render(request, "coordinator/mentors/register.html", {"lines": certificate_register(actor_of(request), today())})


@login_required
@require_POST
def export_register(request: HttpRequest) -> HttpResponse:
    """Answer with the register as a workbook; that it was taken out is kept."""
    must_coordinate(request)
    actor = actor_of(request)
    programme = steered_programme(request, actor)
    lines = certificate_register(actor, today())
    note_register(programme=programme, rows=len(lines), by=actor, at=now())
    sheet = mentor_papers.register_sheet(lines, today())
    return as_file([sheet], f"{slugify(_('register'))}-{today():%Y-%m-%d}", title=programme.name, kind="xlsx", at=now())


def _package(request: HttpRequest) -> Package:
    must_coordinate(request)
    found = package_of(actor_of(request), steered_programme(request, actor_of(request)), today())
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the package: places and mentors against each lump sum, and in words what is still missing."""
    package = _package(request)
    lines = [(line, mentor_papers.euro(line.lump_sum.euro)) for line in package.lines]
    return render(request, "coordinator/mentors/package.html", {"package": package, "lines": lines})


@login_required
@require_POST
def export_package(request: HttpRequest) -> HttpResponse:
    """Answer with the audit file as one archive; that it was taken out, and its digest, is kept."""
    actor, package = actor_of(request), _package(request)
    register, load = certificate_register(actor, today()), mentor_load(actor, today())
    content = mentor_papers.archive(package, register, load, at=now())
    digest = hashlib.sha256(content).hexdigest()
    note_package(programme=package.programme, digest=digest, places=len(package.places), by=actor, at=now())
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{slugify(_("package"))}-{package.aim.places}-{today():%Y-%m-%d}.zip"'
    return response


@login_required
@require_safe
def fact_sheet(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Answer with the fact sheet of a place."""
    must_coordinate(request)
    facts = place_facts(actor_of(request), place_id, today())
    if facts is None:
        raise Http404
    return mentor_papers.fact_sheet_answer(facts)
