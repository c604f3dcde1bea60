"""A worker's own working days without account: on a page, and as a calendar for an agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.bridges.agenda import Entry, calendar
from opstap.desks.jobseeker.opened import OpenedRoster, by_roster, not_working
from opstap.foundation import clock
from opstap.steering.overviews.queries.own_roster import WorkingDay, own_roster

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
@by_roster
def show(request: HttpRequest, opened: OpenedRoster) -> HttpResponse:
    """Show the coming days of work: when, where, with whom, and what one learns."""
    found = own_roster(opened.actor, opened.contract_id, clock.today())
    if found is None:
        return not_working(request, opened.key, None)
    return render(request, "jobseeker/roster.html", {"key": opened.key, "roster": found, "today": clock.today()})


@require_safe
@by_roster
def feed(request: HttpRequest, opened: OpenedRoster) -> HttpResponse:
    """Answer with the same days as a calendar, to which an agenda can subscribe."""
    found = own_roster(opened.actor, opened.contract_id, clock.today())
    if found is None:
        return not_working(request, opened.key, None)
    entries = [
        Entry(f"{opened.contract_id}-{day.on.isoformat()}@opstap", day.starts_at, day.ends_at, _title(day), _where(day))
        for day in found.days
    ]
    file = calendar(_("Work at %(employer)s") % {"employer": found.employer}, entries, clock.now())
    return HttpResponse(file, content_type="text/calendar; charset=utf-8")


def _title(day: WorkingDay) -> str:
    return f"{day.function} ({_('you learn this')})" if day.is_learner else day.function


def _where(day: WorkingDay) -> str:
    return ", ".join(part for part in (day.site, day.address) if part)
