"""Two records of one person: found, put side by side, and merged or kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.coordinator.views.programme import id_in, steered_programme
from opstap.engine.shared import Refused
from opstap.foundation import clock
from opstap.journey.imports.operations import merge_records
from opstap.journey.people.operations import keep_apart
from opstap.journey.referrals.queries import visible_referrals
from opstap.steering.overviews.queries.two_records import SHOWN, TwoRecords, find_records, two_records
from opstap.ui.components.status import plain
from opstap.ui.letters import when_in_words
from opstap.ui.requests import actor_of
from opstap.ui.words import say, translate
from opstap.ui.words_imports import FIELDS

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor


def _coordinator(request: HttpRequest) -> Actor:
    """Return the coordinator who asks; for everybody else these pages do not exist."""
    actor = actor_of(request)
    steered_programme(request, actor)
    return actor


def _both(request: HttpRequest, keep_id: UUID, other_id: UUID) -> tuple[Actor, TwoRecords]:
    actor = _coordinator(request)
    found = two_records(actor, keep_id, other_id)
    if found is None:
        raise Http404
    return actor, found


@login_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Find the first record, then the one that may be the same person."""
    actor = _coordinator(request)
    text = request.GET.get("q", "").strip()[:100]
    found = find_records(actor, text, id_in(request.GET.get("een", "")))
    return render(request, "coordinator/merging/find.html", {"found": found, "text": text})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, keep_id: UUID, other_id: UUID) -> HttpResponse:
    """Show both records side by side; on POST merge them with the values that were chosen."""
    actor, found = _both(request, keep_id, other_id)
    refusal = ""
    if request.method == "POST":
        take = frozenset(name for name in SHOWN if request.POST.get(name) == "other")
        try:
            merge_records(keep=found.keep, other=found.other, take=take, within=visible_referrals(actor), by=actor, at=clock.now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("One record now. What was sent to the other one keeps working."))
            return redirect("coordinator:merge_find")
    lines = [
        (translate(FIELDS.get(line.name, line.name)), line, _said(line.name, line.kept), _said(line.name, line.other))
        for line in found.lines
    ]
    context = {"found": found, "lines": lines, "refusal": refusal, "chosen": request.POST}
    return render(request, "coordinator/merging/compare.html", context, status=409 if refusal else 200)


def _said(name: str, value: Any) -> str:  # noqa: ANN401 - any fact
    """Return a value of a record in words."""
    if name == "half_days":
        return when_in_words(value or 0)
    return "" if value in (None, "", []) else str(plain(value))


@login_required
@require_POST
def apart(request: HttpRequest, keep_id: UUID, other_id: UUID) -> HttpResponse:
    """Note that these are two people, so that nobody is asked again."""
    actor, found = _both(request, keep_id, other_id)
    keep_apart(one=found.keep, other=found.other, within=visible_referrals(actor), by=actor, at=clock.now())
    messages.success(request, _("Kept apart. Nobody will be asked again."))
    return redirect("coordinator:merge_find")
