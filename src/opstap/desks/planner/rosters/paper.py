"""Rosters on paper: a sheet per worker, and who still has to get one."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.planner.own import do, must, planner_of
from opstap.foundation import clock
from opstap.foundation.outbox.enums import Told
from opstap.journey.associations.queries import contract_for
from opstap.journey.rosters.operations import note_roster_given
from opstap.steering.overviews.queries.own_roster import roster_sheets
from opstap.steering.overviews.queries.roster_paper import waiting_on_paper
from opstap.ui.addresses import reverse


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Show who still has to hear of the roster on paper, and what to do."""
    actor, association = planner_of(request)
    return render(request, "planner/rosters/paper.html", {"people": waiting_on_paper(actor, association, clock.today())})


@login_required
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """Show the coming days of some workers (`wie`), else of everybody, a page each, to print."""
    actor, association = planner_of(request)
    only = [_id(text) for text in request.GET.getlist("wie")]
    found = roster_sheets(actor, association, clock.today(), only)
    return render(request, "planner/rosters/sheets.html", {"sheets": found, "today": clock.today()})


@login_required
@require_POST
def given(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Keep that a worker has the sheet."""
    actor, _association = planner_of(request)
    contract = must(contract_for(actor, contract_id))
    how = Told.BY_PHONE if "telefoon" in request.POST else Told.AT_DESK
    done = _("Kept: %(name)s knows the roster.") % {"name": contract.person}
    return do(request, lambda: note_roster_given(contract=contract, how=how, by=actor, at=clock.now()), done, reverse("planner:paper"))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
