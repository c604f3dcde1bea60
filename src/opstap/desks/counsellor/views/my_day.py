"""My day: what waits, in queues, with one thing to do per person."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.desks.counsellor.reach import staff_of
from opstap.foundation.clock import now, today
from opstap.journey.matching.queries import letters_to_print
from opstap.steering.overviews.queries.my_day import is_team_day, whole_queue
from opstap.steering.overviews.queries.my_day import my_day as waiting_today

SECTIONS = {
    "wants_call": "voorstel", "pins": "vraagronde", "agreements": "voorstel", "answers": "voorstel", "drafts": "voorstel",
    "decide": "beslissingen", "questions": "vragen", "news": "opvolging", "expiring": "beslissingen",
    "returned": "opvolging", "stalled": "bevinding", "to_note": "afspraken", "to_call": "afspraken", "tasks": "taken",
}  # fmt: skip
"""Where in the file, or in its journey, the thing to do stands, per queue."""
JOURNEY = frozenset({"to_note", "to_call", "tasks"})
"""Queues whose thing to do stands in the journey."""


def _address(name: str) -> tuple[str, str]:
    """Return the page and the section on which a queue's thing is done."""
    return "counsellor:journey" if name in JOURNEY else "counsellor:case_file", SECTIONS[name]


@login_required
@require_safe
def my_day(request: HttpRequest) -> HttpResponse:
    """Show the queues in which somebody waits."""
    page = waiting_today(staff_of(request), now())
    queues = [(queue, *_address(queue.name)) for queue in page.queues]
    to_print = letters_to_print(staff_of(request)).count()
    return render(request, "counsellor/my_day.html", {"page": page, "queues": queues, "today": today(), "to_print": to_print})


@login_required
@require_safe
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """Show one queue whole."""
    actor = staff_of(request)
    found = whole_queue(actor, name, now())
    if found is None:
        raise Http404
    page, section = _address(name)
    context = {"queue": found, "address": page, "section": section, "is_team": is_team_day(actor)}
    return render(request, "counsellor/queue.html", context)
