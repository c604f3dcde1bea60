"""My day: what waits, in queues, with one thing to do per person."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.desks.counsellor.reach import case_url, journey_url, staff_of
from opstap.foundation.clock import now, today
from opstap.journey.appointments.queries import own_shortage
from opstap.steering.overviews.queries.letters import letters_count
from opstap.steering.overviews.queries.my_day import Queue, Waiting, is_team_day, whole_queue
from opstap.steering.overviews.queries.my_day import my_day as waiting_today
from opstap.ui.addresses import reverse

SECTIONS = {
    "wants_call": "voorstel", "pins": "vraagronde", "answers": "voorstel", "drafts": "voorstel", "decide": "beslissingen",
    "questions": "vragen", "news": "opvolging", "expiring": "beslissingen", "returned": "opvolging", "stalled": "bevinding",
}  # fmt: skip
"""Where in the file the thing to do stands, per queue."""
JOURNEY = {"to_note": "afspraken", "to_call": "afspraken", "called_off": "afspraken", "tasks": "taken"}
"""Where in the journey it stands, for the queues of which the thing to do stands there."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person in a queue, with the one page on which the thing is done."""

    person: Waiting
    address: str
    opens_file: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A queue with its lines."""

    queue: Queue
    lines: tuple[Line, ...]


def _shown(queue: Queue) -> Shown:
    return Shown(queue, tuple(Line(person, _address(queue.name, person), queue.name != "relay_answer") for person in queue.people))


def _address(name: str, person: Waiting) -> str:
    """Return the page, at the section, on which a queue's thing is done."""
    if name in JOURNEY:
        return journey_url(person.referral_id, JOURNEY[name])
    if name == "quiet":
        return reverse("counsellor:contact", args=[person.referral_id])
    if name in {"relay_answer", "relay_late"}:
        return reverse("counsellor:relay", args=[person.thing_id])
    if name == "agreements":
        return _agreement(person)
    if name in {"hand_over", "outcomes"}:
        return f"{reverse('counsellor:outcomes')}#{person.thing_id}"
    return case_url(person.referral_id, SECTIONS.get(name, "voorstel"))


def _agreement(person: Waiting) -> str:
    """Return the agreement, or the field of it that is empty; the case file while it is still to be made."""
    if person.to_make:
        return case_url(person.referral_id, "voorstel")
    if person.to_fill:
        return reverse("counsellor:agreement_field", args=[person.thing_id, person.to_fill])
    return reverse("counsellor:agreement", args=[person.thing_id])


@login_required
@require_safe
def my_day(request: HttpRequest) -> HttpResponse:
    """Show the queues in which somebody waits."""
    actor = staff_of(request)
    page = waiting_today(actor, now())
    queues = [_shown(queue) for queue in page.queues]
    context = {"letters": letters_count(actor, now()), "shortage": own_shortage(actor, now())}
    return render(request, "counsellor/my_day.html", {"page": page, "queues": queues, "today": today(), **context})


@login_required
@require_safe
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """Show one queue whole."""
    actor = staff_of(request)
    found = whole_queue(actor, name, now())
    if found is None:
        raise Http404
    return render(request, "counsellor/queue.html", {"shown": _shown(found), "is_team": is_team_day(actor)})
