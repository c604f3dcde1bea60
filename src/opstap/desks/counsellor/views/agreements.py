"""An agreement: made with one click, looked at, changed field by field, sent, signed, taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.counsellor.forms.agreements import AddendumForm, FieldForm
from opstap.desks.counsellor.forms.steps import ReasonForm
from opstap.desks.counsellor.reach import staff_of
from opstap.desks.counsellor.tasks import Task, carry_out
from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, Channel
from opstap.foundation.clock import now
from opstap.journey.agreements.operations import (
    add_addendum,
    change_field,
    make_agreement,
    read_agreement,
    send_for_signature,
    withdraw_agreement,
)
from opstap.journey.agreements.queries import agreement_to_read, document_of
from opstap.steering.overviews.queries.agreement_page import (
    AgreementPage,
    agreement_page,
    asks_in_words,
    change_asked,
    placement_of_proposal,
    preview,
)
from opstap.ui.addresses import reverse
from opstap.ui.components.status import reason as in_words
from opstap.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable


def found(request: HttpRequest, agreement_id: UUID) -> tuple[Actor, AgreementPage]:
    """Return who asks and the page of an agreement that they keep; raises Http404 when there is none within reach."""
    actor = staff_of(request)
    page = agreement_page(actor, agreement_id, now())
    if page is None:
        raise Http404
    return actor, page


@login_required
@require_POST
def make(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Draft the agreement of a proposal to which both said yes, or open the one that is there."""
    actor = staff_of(request)
    placement = placement_of_proposal(actor, proposal_id)
    if placement is None:
        raise Http404
    return redirect("counsellor:agreement", make_agreement(placement=placement, by=actor, at=now()).pk)


@login_required
@require_safe
def show(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Show how far it is, and every field with what a change asks."""
    actor, page = found(request, agreement_id)
    read_agreement(agreement=page.agreement, by=actor, at=now())
    return render(request, "counsellor/agreement.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, agreement_id: UUID, field: str) -> HttpResponse:
    """Change one field; what that asks stands above the button before anybody confirms."""
    actor, page = found(request, agreement_id)
    consequence = change_asked(page, field)
    if consequence is None:
        raise Http404
    kind = AddendumForm if consequence.by_addendum else FieldForm
    label = in_words(Reason(f"agreements.field.{field}"))
    form = kind(field, label, page.agreement.fields.get(field), request.POST or None)
    shown = {"page": page, "label": label, "asks": asks_in_words(consequence, page.agreement)}
    address = reverse("counsellor:agreement", args=[agreement_id])
    if not form.is_valid():
        return _asked(request, shown, form)
    try:
        if isinstance(form, AddendumForm):
            why = form.cleaned_data["reason"]
            made = add_addendum(agreement=page.agreement, changes={field: form.value}, reason=why, by=actor, at=now())
            address = reverse("counsellor:agreement", args=[made.pk])
        else:
            change_field(agreement=page.agreement, field=field, value=form.value, by=actor, at=now())
    except Refused as refused:
        return _asked(request, shown, form, say(refused.reason))
    messages.success(request, _("Changed: %(field)s.") % {"field": label})
    return redirect(address)


def _asked(request: HttpRequest, props: dict[str, Any], form: FieldForm, refusal: str = "") -> HttpResponse:
    """Show the form of one field; a refusal stands on it, with what was filled in."""
    shown = {**props, "form": form, "refusal": refusal}
    return render(request, "counsellor/agreement_field.html", shown, status=422 if form.is_bound else 200)


@login_required
@require_POST
def send(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Send it to everybody who signs; what is missing is said on its page."""
    actor, page = found(request, agreement_id)
    _do(request, lambda: send_for_signature(agreement=page.agreement, by=actor, at=now()), _("Sent. Everybody can sign now."))
    return redirect("counsellor:agreement", agreement_id)


def _do(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Do something and say so, or say why not."""
    try:
        act()
    except Refused as refused:
        messages.error(request, say(refused.reason))
    else:
        messages.success(request, done)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Take it back with a reason; signatures are void, and a new one can be made."""
    actor, page = found(request, agreement_id)
    task = Task(
        title=_("Take agreement %(number)s back") % {"number": page.agreement.number},
        about=str(page.agreement.placement.person),
        button=_("Take back"),
        done=_("Taken back. Nobody has to sign it any more."),
        back=reverse("counsellor:agreement", args=[agreement_id]),
    )

    def act(given: dict[str, Any]) -> None:
        withdraw_agreement(agreement=page.agreement, reason=given["reason"], by=actor, at=now())

    return carry_out(request, task, ReasonForm(request.POST or None), act)


@login_required
@require_safe
def pdf(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Give the kept file, byte for byte; of a draft how it will read, to who works on it."""
    actor = staff_of(request)
    agreement = agreement_to_read(actor, agreement_id)
    if agreement is None:
        raise Http404
    document = document_of(actor, agreement)
    content = document.content if document else preview(found(request, agreement_id)[1], now())
    read_agreement(agreement=agreement, by=actor, at=now())
    return as_file(content, "application/pdf", f"{agreement.number}.pdf")


def as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file as it was kept; a browser shows it under its own name and guesses nothing."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def at_desk(actor: Actor) -> Actor:
    """Return the same actor, at the desk."""
    return replace(actor, channel=Channel.DESK)
