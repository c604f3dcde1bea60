"""The person's agreement: read it, sign it or say why not, and keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from opstap.desks.jobseeker.forms import RefusalForm
from opstap.desks.jobseeker.opened import OpenedJourney, by_journey
from opstap.engine.shared import Refused
from opstap.foundation.clock import now
from opstap.journey.agreements.enums import SignMethod
from opstap.journey.agreements.operations import read_agreement, refuse_to_sign, sign
from opstap.journey.agreements.queries import document_of
from opstap.steering.overviews.queries.signing import SigningPage, person_signature, signing_page
from opstap.ui.components.status import language
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest


def _page(opened: OpenedJourney) -> SigningPage | None:
    signature = person_signature(opened.actor, opened.referral.pk)
    return signing_page(opened.actor, signature.pk, now()) if signature else None


@require_http_methods(["GET", "HEAD", "POST"])
@by_journey
def show(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:
    """Show the agreement in plain words; a POST signs what was shown."""
    page, refusal = _page(opened), ""
    if page is not None and request.method == "POST":
        try:
            sign(signature=page.signature, method=SignMethod.LINK, digest=request.POST.get("digest", ""), by=opened.actor, at=now())
        except Refused as refused:
            refusal = say(refused.reason, language())
        else:
            return redirect("jobseeker:agreement", opened.key)
    if page is not None:
        read_agreement(agreement=page.agreement, by=opened.actor, at=now())
    props = {"key": opened.key, "page": page, "refusal": refusal}
    return render(request, "jobseeker/agreement.html", props, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@by_journey
def refuse(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:
    """Say that you do not sign, and why."""
    page = _page(opened)
    if page is None or not page.may_sign:
        return redirect("jobseeker:agreement", opened.key)
    form = RefusalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refuse_to_sign(signature=page.signature, reason=form.cleaned_data["reason"], by=opened.actor, at=now())
        return redirect("jobseeker:agreement", opened.key)
    props = {"key": opened.key, "page": page, "form": form}
    return render(request, "jobseeker/agreement_refuse.html", props, status=422 if form.is_bound else 200)


@require_safe
@by_journey
def pdf(request: HttpRequest, opened: OpenedJourney) -> HttpResponse:  # noqa: ARG001 - the decorator's signature
    """Give the file, byte for byte."""
    page = _page(opened)
    document = document_of(opened.actor, page.agreement, page.signature) if page else None
    if page is None or document is None:
        raise Http404
    read_agreement(agreement=page.agreement, by=opened.actor, at=now())
    response = HttpResponse(document.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{page.agreement.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
