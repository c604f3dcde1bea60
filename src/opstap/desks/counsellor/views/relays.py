"""A relay: made with one click, read and completed, sent to somebody by name; and read and answered by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.counsellor.forms.outcomes import AnswerRelayForm, RecipientForm, RelayForm
from opstap.desks.counsellor.reach import staff_of
from opstap.desks.counsellor.views.agreements import as_file
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.outcomes.operations import (
    Outside,
    accept_relay,
    decline_relay,
    make_relay,
    offer_relay,
    read_relay,
    withdraw_relay,
    write_relay,
)
from opstap.journey.outcomes.queries import ending_for, possible_recipients
from opstap.journey.referrals.enums import Scope
from opstap.steering.overviews.queries.relay_page import RelayPage, relay_page
from opstap.ui.addresses import reverse
from opstap.ui.relay_paper import relay_pdf
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from opstap.foundation.actor import Actor
    from opstap.journey.outcomes.models import Relay


def found(request: HttpRequest, relay_id: UUID) -> tuple[Actor, RelayPage]:
    """Return who asks and the relay that they wrote or were offered; raises Http404 when there is none within reach."""
    actor = staff_of(request)
    page = relay_page(actor, relay_id, today())
    if page is None:
        raise Http404
    return actor, page


@login_required
@require_POST
def make(request: HttpRequest, ending_id: UUID) -> HttpResponse:
    """Make the relay after an end, filled in from what is known, or open the one that is there."""
    actor = staff_of(request)
    ending = ending_for(actor, ending_id)
    if ending is None:
        raise Http404
    return redirect("counsellor:relay", make_relay(referral=ending.referral, ending=ending, by=actor, at=now()).pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, relay_id: UUID) -> HttpResponse:
    """Show the page; who wrote it completes it here, the recipient answers."""
    actor, page = found(request, relay_id)
    if request.method != "POST":
        read_relay(relay=page.relay, by=actor, at=now())
        return _shown(request, actor, page)
    form = RelayForm(request.POST)
    if not form.is_valid():
        return _shown(request, actor, page, form=form)
    given = form.cleaned_data
    try:
        write_relay(relay=page.relay, goals=form.lines, barriers=given["barriers"], next_step=given["next_step"], by=actor, at=now())
    except Refused as refused:
        return _shown(request, actor, page, form=form, refusal=say(refused.reason))
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('counsellor:relay', args=[relay_id])}#naar")


def _shown(request: HttpRequest, actor: Actor, page: RelayPage, **given: Any) -> HttpResponse:  # noqa: ANN401 - props of a template
    """Show the relay with the forms that belong to where it stands; a form that was refused keeps what was filled in."""
    relay = page.relay
    written = {"goals": "\n".join(page.goals), "barriers": relay.barriers or [], "next_step": page.next_step}
    props: dict[str, Any] = {
        "page": page,
        "form": RelayForm(initial=written) if page.is_draft else None,
        "recipients": _recipients(actor, page) if page.may_offer else None,
        "answer": AnswerRelayForm() if page.may_answer else None,
        "days": page.days,
        **given,
    }
    is_bound = any(form is not None and form.is_bound for form in (props["form"], props["recipients"], props["answer"]))
    return render(request, "counsellor/relay.html", props, status=422 if is_bound else 200)


def _recipients(actor: Actor, page: RelayPage, data: QueryDict | None = None) -> RecipientForm:
    """Return the form that asks who takes over and what they may see; access is asked only of who may give it."""
    return RecipientForm(data, users=possible_recipients(actor, today()), may_give_access=page.may_give_access)


@login_required
@require_POST
def offer(request: HttpRequest, relay_id: UUID) -> HttpResponse:
    """Send it to one recipient."""
    actor, page = found(request, relay_id)
    form = _recipients(actor, page, request.POST)
    if not form.is_valid():
        return _shown(request, actor, page, recipients=form)
    given = form.cleaned_data
    user = form.users.get(given["user"])
    try:
        to = user or Outside(given["name"], given["organisation"], given["email"])
        offer_relay(relay=page.relay, to=to, access=form.access, by=actor, at=now())
    except Refused as refused:
        return _shown(request, actor, page, recipients=form, offer_refusal=say(refused.reason))
    messages.success(request, _("Sent. You hear it when it is accepted, and when nobody answers in time."))
    return redirect("counsellor:relay", relay_id)


@login_required
@require_POST
def withdraw(request: HttpRequest, relay_id: UUID) -> HttpResponse:
    """Take it back."""
    actor, page = found(request, relay_id)
    try:
        withdraw_relay(relay=page.relay, by=actor, at=now())
    except Refused as refused:
        messages.error(request, say(refused.reason))
    else:
        messages.success(request, _("Taken back. The link opens nothing any more."))
    return redirect("counsellor:relay", relay_id)


@login_required
@require_POST
def answer(request: HttpRequest, relay_id: UUID) -> HttpResponse:
    """Take the person on, or send it back with a reason."""
    actor, page = found(request, relay_id)
    form = AnswerRelayForm(request.POST)
    if not form.is_valid():
        return _shown(request, actor, page, answer=form)
    try:
        if request.POST.get("choice") == "accept":
            accepted = accept_relay(relay=page.relay, by=actor, at=now())
            messages.success(request, _("You took this person on. Who handed over sees it."))
            return redirect(_after(accepted))
        decline_relay(relay=page.relay, words=form.cleaned_data["words"], by=actor, at=now())
        messages.success(request, _("Sent back. Who handed over looks for somebody else."))
    except Refused as refused:
        return _shown(request, actor, page, answer=form, answer_refusal=say(refused.reason))
    return redirect("counsellor:outcomes")


def _after(relay: Relay) -> str:
    """Return where who accepted goes on: in what is open to them now."""
    if relay.assignment is None:
        return reverse("counsellor:outcomes")
    is_whole = relay.assignment.scope == Scope.FULL
    return reverse("counsellor:case_file" if is_whole else "counsellor:journey", args=[relay.referral_id])


@login_required
@require_safe
def pdf(request: HttpRequest, relay_id: UUID) -> HttpResponse:
    """Give the page as a file to print."""
    actor, page = found(request, relay_id)
    read_relay(relay=page.relay, by=actor, at=now())
    return as_file(relay_pdf(page, today()), "application/pdf", f"{_('relay')}.pdf")
