"""The premiums of a quarter, worker by worker, with their sum and what is not known of it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.desks.planner.own import planner_of
from opstap.foundation.clock import today
from opstap.steering.overviews.queries.associations import premium_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def premiums(request: HttpRequest) -> HttpResponse:
    """Show the premiums of a quarter (`?kwartaal=2023-3`), else of this one."""
    actor, association = planner_of(request)
    page = premium_page(actor, association, _first_day(request.GET.get("kwartaal", ""), today()), today())
    quarter = page.quarter.quarter
    context = {
        "page": page,
        "quarter": quarter,
        "rows": [(line, page.quarter.premiums[line.contract.pk]) for line in page.lines],
        "before": f"{quarter.previous.year}-{quarter.previous.number}",
        "after": f"{quarter.next.year}-{quarter.next.number}",
    }
    return render(request, "planner/association/premiums.html", context)


def _first_day(text: str, otherwise: date) -> date:
    """Return the first day of the quarter that the address names."""
    found = re.fullmatch(r"(20\d\d)-([1-4])", text)
    return date(int(found[1]), 3 * int(found[2]) - 2, 1) if found else otherwise
