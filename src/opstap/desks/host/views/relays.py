"""A relay by its own link: somebody outside reads the page and takes the person on, or sends it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.desks.host.forms import RelayAnswerForm
from opstap.engine.shared import Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.queries import link_actor, link_by_token, works
from opstap.foundation.clock import now, today
from opstap.journey.outcomes.operations import accept_relay, decline_relay, read_relay
from opstap.steering.overviews.queries.relay_page import RelayPage, relay_page
from opstap.ui.relay_paper import relay_pdf
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest

    from opstap.foundation.actor import Actor


def _opened(token: str) -> tuple[Actor, RelayPage] | None:
    """Return who comes in by the link and the relay that it opens, or None when it does not work (any more)."""
    link = link_by_token(token)
    if link is None or link.purpose != LinkPurpose.RELAY or not works(link, now()):
        return None
    actor = link_actor(link)
    page = relay_page(actor, link.subject_id, today())
    return None if page is None else (actor, page)


def _ended(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the link does not work (any more) and whom to call; nothing of the person is shown."""
    link = link_by_token(token)
    is_known = link is not None and link.purpose == LinkPurpose.RELAY
    return render(request, "host/no_link.html", {"token": token, "may_renew": False}, status=410 if is_known else 404)


@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the page; a POST takes the person on or sends it back."""
    opened = _opened(token)
    if opened is None:
        return _ended(request, token)
    actor, page = opened
    form = RelayAnswerForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        read_relay(relay=page.relay, by=actor, at=now())
    refusal = ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            if given["choice"] == "accept":
                accept_relay(relay=page.relay, name=given["name"], by=actor, at=now())
                return redirect("host:relay_link", token)
            decline_relay(relay=page.relay, words=given["words"], name=given["name"], by=actor, at=now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            return redirect("host:relay_sent_back")
    props = {"page": page, "form": form, "refusal": refusal, "token": token}
    return render(request, "host/relay.html", props, status=422 if form.is_bound else 200)


@require_safe
def sent_back(request: HttpRequest) -> HttpResponse:
    """Thank who sent a relay back; nothing of the person is shown."""
    return render(request, "host/relay_sent_back.html")


@require_safe
def pdf_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Give the page as a file to print."""
    opened = _opened(token)
    if opened is None:
        return _ended(request, token)
    actor, page = opened
    read_relay(relay=page.relay, by=actor, at=now())
    response = HttpResponse(relay_pdf(page, today()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_("relay")}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
