"""Reading and signing an agreement: the same page and the same outcome, logged in or by a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opstap.desks.host.forms import RefusalForm
from opstap.engine.shared import Refused
from opstap.foundation.clock import now
from opstap.journey.agreements.operations import read_agreement, refuse_to_sign, sign
from opstap.journey.agreements.queries import document_of
from opstap.steering.overviews.queries.signing import SigningPage, signing_page
from opstap.ui.words import say

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from opstap.foundation.actor import Actor
    from opstap.journey.agreements.enums import SignMethod


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the pages of this way in are: in which shell, the agreement itself, refusing, the file, and the list to go back to."""

    shell: str
    here: str
    refuse: str
    pdf: str
    back: str = ""


def _page(actor: Actor, signature_id: UUID) -> SigningPage:
    page = signing_page(actor, signature_id, now())
    if page is None:
        raise Http404
    return page


def signing(request: HttpRequest, actor: Actor, signature_id: UUID, ways: Ways, method: SignMethod) -> HttpResponse:
    """Show the text and how everybody stands; a POST signs what was shown."""
    page = _page(actor, signature_id)
    if page.is_void:
        return _over(request, page, ways)
    if request.method == "POST":
        try:
            sign(signature=page.signature, method=method, digest=request.POST.get("digest", ""), by=actor, at=now())
        except Refused as refused:
            messages.warning(request, say(refused.reason))
        else:
            messages.success(request, _("Signed. You can always open the agreement here."))
        return redirect(ways.here)
    read_agreement(agreement=page.agreement, by=actor, at=now())
    return render(request, "host/sign.html", {"page": page, "ways": ways})


def _over(request: HttpRequest, page: SigningPage, ways: Ways) -> HttpResponse:
    """Say what happened to a signature that does not count any more, and whom to call; the agreement itself is not shown."""
    return render(request, "host/signing_over.html", {"is_withdrawn": page.is_withdrawn, "ways": ways}, status=410)


def refusing(request: HttpRequest, actor: Actor, signature_id: UUID, ways: Ways) -> HttpResponse:
    """Say that you do not sign, and why."""
    page = _page(actor, signature_id)
    if page.is_void:
        return _over(request, page, ways)
    if not page.may_sign:
        return redirect(ways.here)
    form = RefusalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            refuse_to_sign(signature=page.signature, reason=form.cleaned_data["reason"], by=actor, at=now())
        except Refused as refused:
            messages.warning(request, say(refused.reason))
        return redirect(ways.here)
    return render(request, "host/refuse_to_sign.html", {"page": page, "ways": ways, "form": form}, status=422 if form.is_bound else 200)


def as_pdf(request: HttpRequest, actor: Actor, signature_id: UUID, ways: Ways) -> HttpResponse:
    """Give the file to sign, or that was signed, byte for byte."""
    page = _page(actor, signature_id)
    if page.is_void:
        return _over(request, page, ways)
    document = document_of(actor, page.agreement, page.signature)
    if document is None:
        raise Http404
    read_agreement(agreement=page.agreement, by=actor, at=now())
    response = HttpResponse(document.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{page.agreement.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
