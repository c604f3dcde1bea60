"""Hours by month: for pay and for the invoices of the members, on a page and as a file; a month is closed once."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.planner.own import do, must, planner_of
from opstap.desks.planner.rosters.month_file import month_file
from opstap.foundation import clock
from opstap.journey.rosters.operations import approve_correction, close_worked_month, take_out_worked_month, withdraw_correction
from opstap.journey.rosters.queries import is_month_closed, worked_month_for
from opstap.steering.overviews.queries.worked_month import worked_month
from opstap.ui.addresses import reverse

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor
    from opstap.journey.rosters.models import WorkedMonth


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show a month (`?maand=2023-09`), else this one."""
    actor, association = planner_of(request)
    page = must(worked_month(actor, association, month_asked(request.GET.get("maand", "")), clock.today()))
    return render(request, "planner/rosters/month.html", {"page": page, "association": association})


@login_required
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close a month, or propose to correct a closed one with what is known since."""
    actor, association = planner_of(request)
    month = month_asked(request.POST.get("maand", ""))
    url = month_url(month)
    is_first = not is_month_closed(actor, association, month)
    done = _("The month is closed.") if is_first else _("The correction is proposed. Somebody else approves it.")
    return do(request, lambda: close_worked_month(association=association, month=month, by=actor, at=clock.now()), done, url)


@login_required
@require_POST
def approve(request: HttpRequest, month_id: UUID) -> HttpResponse:
    """Let a correction count that somebody else proposed."""
    actor, month = _correction(request, month_id)
    done = _("The correction is approved.")
    return do(request, lambda: approve_correction(month=month, by=actor, at=clock.now()), done, month_url(month.month))


@login_required
@require_POST
def withdraw(request: HttpRequest, month_id: UUID) -> HttpResponse:
    """Take a proposed correction back, or say no to it."""
    actor, month = _correction(request, month_id)
    done = _("The correction is taken back.")
    return do(request, lambda: withdraw_correction(month=month, by=actor, at=clock.now()), done, month_url(month.month))


def _correction(request: HttpRequest, month_id: UUID) -> tuple[Actor, WorkedMonth]:
    actor, _association = planner_of(request)
    return actor, must(worked_month_for(actor, month_id))


def month_url(month: date) -> str:
    """Return the address of the month that a day lies in."""
    return f"{reverse('planner:month')}?maand={month:%Y-%m}"


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Answer with a month as a workbook, or as text: the hours of the workers (`soort=csv`), or of the members (`soort=leden`)."""
    actor, association = planner_of(request)
    month = month_asked(request.POST.get("maand", ""))
    page = must(worked_month(actor, association, month, clock.today()))
    take_out_worked_month(association=association, month=month, by=actor, at=clock.now())
    return month_file(page, association.organisation.name, request.POST.get("soort", ""), clock.now())


def month_asked(text: str) -> date:
    """Return the first day of the month that an address names, else of this month."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text)
    return date(int(found[1]), int(found[2]), 1) if found else clock.today().replace(day=1)
