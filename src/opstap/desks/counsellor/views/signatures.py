"""The signatures under an agreement: ask again, sign for the partner, keep paper, look at what was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.counsellor.forms.agreements import PaperForm
from opstap.desks.counsellor.reach import staff_of
from opstap.desks.counsellor.views.agreements import as_file, at_desk
from opstap.engine.shared import Refused
from opstap.foundation.clock import now
from opstap.journey.agreements.enums import SignMethod
from opstap.journey.agreements.operations import Scan, ask_again, give_link, read_agreement, sign, sign_on_paper
from opstap.journey.agreements.queries import document_of, paper_under
from opstap.steering.overviews.queries.agreement_page import kept_signature
from opstap.ui.outgoing import link_url
from opstap.ui.words import say

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor
    from opstap.journey.agreements.models import Signature


def _found(request: HttpRequest, signature_id: UUID) -> tuple[Actor, Signature]:
    actor = staff_of(request)
    signature = kept_signature(actor, signature_id)
    if signature is None:
        raise Http404
    return actor, signature


@login_required
@require_POST
def again(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """Ask this party once more."""
    actor, signature = _found(request, signature_id)
    try:
        ask_again(signature=signature, by=actor, at=now())
    except Refused as refused:
        messages.error(request, say(refused.reason))
    else:
        messages.success(request, _("%(name)s is asked again.") % {"name": signature.name})
    return redirect("counsellor:agreement", signature.agreement_id)


@login_required
@require_POST
def for_partner(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """Sign for the own organisation what is shown on the page."""
    actor, signature = _found(request, signature_id)
    try:
        sign(signature=signature, method=SignMethod.ACCOUNT, digest=request.POST.get("digest", ""), by=actor, at=now())
    except Refused as refused:
        messages.error(request, say(refused.reason))
    else:
        messages.success(request, _("Signed for %(name)s.") % {"name": signature.name})
    return redirect("counsellor:agreement", signature.agreement_id)


@login_required
@require_POST
def hand_over(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """Show a fresh link with which this party signs, once: another time is another link, and another row of who handed it over."""
    actor, signature = _found(request, signature_id)
    try:
        link = give_link(signature=signature, by=at_desk(actor), at=now())
    except Refused as refused:
        messages.error(request, say(refused.reason))
        return redirect("counsellor:agreement", signature.agreement_id)
    response = render(request, "counsellor/signature_link.html", {"signature": signature, "address": link_url(link)})
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def on_paper(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """Keep the scan of what was signed on paper at the desk."""
    actor, signature = _found(request, signature_id)
    form = PaperForm(request.POST or None, request.FILES or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            scan = Scan(form.cleaned_data["scan"].read())
            sign_on_paper(signature=signature, scan=scan, by=at_desk(actor), at=now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("The signature of %(name)s is kept, with its scan.") % {"name": signature.name})
            return redirect("counsellor:agreement", signature.agreement_id)
    props = {"signature": signature, "form": form, "refusal": refusal}
    return render(request, "counsellor/signature_paper.html", props, status=422 if request.method == "POST" else 200)


@login_required
@require_safe
def signed_pdf(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """Give the very file that this party signed."""
    actor, signature = _found(request, signature_id)
    document = document_of(actor, signature.agreement, signature) if signature.digest else None
    if document is None:
        raise Http404
    read_agreement(agreement=signature.agreement, by=actor, at=now())
    return as_file(document.content, "application/pdf", f"{signature.agreement.number}-{document.version}.pdf")


@login_required
@require_safe
def scan(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """Give the scan as it came in."""
    actor, signature = _found(request, signature_id)
    paper = paper_under(actor, signature)
    if paper is None:
        raise Http404
    read_agreement(agreement=signature.agreement, by=actor, at=now())
    return as_file(paper.content, paper.kind, f"{signature.agreement.number}-{signature.party}")
