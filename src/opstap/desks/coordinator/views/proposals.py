"""Deciding on proposals: send one or many, decline, pin, rule out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.coordinator.views.programme import id_in
from opstap.desks.coordinator.views.returning import list_of
from opstap.desks.coordinator.views.rounds import found_round
from opstap.engine.shared import Reason, Refused
from opstap.foundation import clock
from opstap.foundation.actor import Actor
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.matching.operations import decline_proposal, end_directive, give_directive, send_proposal
from opstap.journey.matching.queries import directives_of, proposal_for
from opstap.steering.overviews.queries.round_proposals import chosen_drafts, proposal_line
from opstap.ui.addresses import reverse
from opstap.ui.requests import actor_of, is_fragment
from opstap.ui.words import say


@dataclass(frozen=True, slots=True)
class NotSent:
    """A proposal that could not be sent, with why."""

    name: str
    place: str
    reason: Reason


@login_required
@require_safe
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Show one proposal with all alternatives and every decision that can be made on it."""
    line = proposal_line(actor_of(request), proposal_id)
    if line is None:
        raise Http404
    name = "panel" if is_fragment(request) and "paneel" in request.GET else "proposal"
    return render(request, f"coordinator/rounds/{name}.html", {"line": line, "came_from": list_of(request)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Say what sending the chosen proposals means; on POST send them, each on its own, so that one refusal stops no other."""
    actor = actor_of(request)
    found = found_round(request, round_id)
    given = request.POST if request.method == "POST" else request.GET
    ids = [chosen for text in given.getlist("voorstel") if (chosen := id_in(text))]
    drafts = chosen_drafts(actor, found.round, ids)
    refused: list[NotSent] = []
    if request.method == "POST" and drafts:
        sent = 0
        for draft in drafts:
            try:
                send_proposal(proposal=draft, by=actor, at=clock.now())
                sent += 1
            except Refused as no:
                refused.append(NotSent(str(draft.person), draft.place.title, no.reason))
        if sent:
            messages.success(request, ngettext("%(count)d proposal sent.", "%(count)d proposals sent.", sent) % {"count": sent})
        for each in refused:
            messages.warning(request, f"{each.name}, {each.place}: {say(each.reason)}")
        return redirect(list_of(request) or reverse("coordinator:round", args=[round_id]))
    days = found.round.programme.answer_days
    context = {"found": found, "drafts": drafts, "days": days, "was_chosen": bool(ids), "came_from": list_of(request)}
    return render(request, "coordinator/rounds/send.html", context)


@login_required
@require_POST
def decline(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Set a draft aside, or take back what was sent, with a reason."""
    for_good = request.POST.get("ook_niet_meer") == "ja"
    done = _("Declined. No round proposes this pair any more.") if for_good else _("Declined. The seat is free again.")
    return _do(request, proposal_id, decline_proposal, done, {"reason": request.POST.get("reden", ""), "for_good": for_good})


@login_required
@require_POST
def pin(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Fix this person to this place in the next rounds."""
    return _ask(request, proposal_id, DirectiveKind.PIN, _("Pinned. The next round keeps this pair."))


@login_required
@require_POST
def forbid(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Never propose this place to this person again."""
    return _ask(request, proposal_id, DirectiveKind.FORBID, _("Ruled out. No round proposes this pair any more."))


@login_required
@require_POST
def stop_asking(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """End the pin or the ruling out of this pair."""
    actor = actor_of(request)
    row = _row(actor, proposal_id)
    kinds = (DirectiveKind.PIN.value, DirectiveKind.FORBID.value)
    for each in directives_of(actor, row.referral).filter(place=row.place, kind__in=kinds).select_related("referral"):
        end_directive(directive=each, by=actor, at=clock.now())
    messages.success(request, _("The next round may choose freely again."))
    return _back(request, proposal_id)


def _row(actor: Actor, proposal_id: UUID) -> Any:  # noqa: ANN401 - a row that only operations read
    if proposal_line(actor, proposal_id) is None:
        raise Http404
    return proposal_for(actor, proposal_id)


def _ask(request: HttpRequest, proposal_id: UUID, kind: DirectiveKind, done: str) -> HttpResponse:
    row = _row(actor_of(request), proposal_id)
    reason = request.POST.get("reden", "")
    return _do(request, proposal_id, give_directive, done, {"kind": kind, "place": row.place, "referral": row.referral, "reason": reason})


def _do(request: HttpRequest, proposal_id: UUID, operation: Callable[..., Any], done: str, given: dict[str, Any]) -> HttpResponse:
    """Run the operation; a refusal is shown beside the proposal, with the words typed still there."""
    actor = actor_of(request)
    row = _row(actor, proposal_id)
    subject = {} if "kind" in given else {"proposal": row}
    try:
        operation(**subject, **given, by=actor, at=clock.now())
    except Refused as refused:
        context = {"line": proposal_line(actor, proposal_id), "refusal": say(refused.reason), "typed": given["reason"]}
        return render(request, "coordinator/rounds/proposal.html", context | {"came_from": list_of(request)}, status=409)
    messages.success(request, done)
    return _back(request, proposal_id)


def _back(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Lead back to the proposal's row in the list it was opened from; to its own page when it was opened by itself."""
    listed = list_of(request)
    return redirect(f"{listed}#v-{proposal_id}" if listed else reverse("coordinator:proposal", args=[proposal_id]))
