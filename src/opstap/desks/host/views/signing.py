"""Agreements to sign: a list for who is logged in, and one agreement by its own link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from opstap.desks.host.signing import Ways, as_pdf, refusing
from opstap.desks.host.signing import signing as sign_page
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.queries import link_actor, link_by_token, works
from opstap.foundation.clock import now
from opstap.journey.agreements.enums import SignMethod
from opstap.steering.overviews.queries.signing import host_signatures
from opstap.ui.addresses import reverse
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from opstap.foundation.access.models import AccessLink


@login_required
@require_safe
def to_sign(request: HttpRequest) -> HttpResponse:
    """Show what waits for a signature of the own organisation."""
    lines = host_signatures(actor_of(request))
    if lines is None:
        raise Http404
    return render(request, "host/to_sign.html", {"lines": lines})


def _ways(signature_id: UUID) -> Ways:
    here, refuse, pdf = (reverse(f"host:{name}", args=[signature_id]) for name in ("sign", "sign_refuse", "sign_pdf"))
    return Ways("ui/staff.html", here, refuse, pdf, reverse("host:to_sign"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """Read and sign one agreement, logged in."""
    return sign_page(request, actor_of(request), signature_id, _ways(signature_id), SignMethod.ACCOUNT)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """Say why not."""
    return refusing(request, actor_of(request), signature_id, _ways(signature_id))


@login_required
@require_safe
def pdf(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """Give the file."""
    return as_pdf(request, actor_of(request), signature_id, _ways(signature_id))


def _link(token: str) -> AccessLink | None:
    """Return the working link to a signature, or None. Reading burns nothing."""
    link = link_by_token(token)
    return link if link is not None and link.purpose == LinkPurpose.SIGNATURE and works(link, now()) else None


def _ended(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the link does not work (any more) and whom to call; nothing of the agreement is shown."""
    known = link_by_token(token)
    is_signature = known is not None and known.purpose == LinkPurpose.SIGNATURE
    return render(request, "host/no_link.html", {"token": token, "may_renew": False}, status=410 if is_signature else 404)


def _link_ways(token: str) -> Ways:
    here, refuse, pdf = (reverse(f"host:{name}", args=[token]) for name in ("sign_link", "sign_link_refuse", "sign_link_pdf"))
    return Ways("ui/base.html", here, refuse, pdf)


@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Read and sign the agreement of the link."""
    link = _link(token)
    if link is None:
        return _ended(request, token)
    return sign_page(request, link_actor(link), link.subject_id, _link_ways(token), SignMethod.LINK)


@require_http_methods(["GET", "HEAD", "POST"])
def refuse_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Say why not, by link."""
    link = _link(token)
    if link is None:
        return _ended(request, token)
    return refusing(request, link_actor(link), link.subject_id, _link_ways(token))


@require_safe
def pdf_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Give the file of the link's agreement."""
    link = _link(token)
    if link is None:
        return _ended(request, token)
    return as_pdf(request, link_actor(link), link.subject_id, _link_ways(token))
