"""Who comes in: the link in the address or the code that was typed in this browser, and what it opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opstap.foundation.access.enums import PERSON_PURPOSES, LinkPurpose
from opstap.foundation.access.queries import link_actor, link_by_id, link_by_token, may_be_renewed, works
from opstap.foundation.actor import Channel
from opstap.foundation.clock import now
from opstap.journey.referrals.queries import referral_for

if TYPE_CHECKING:
    from opstap.foundation.access.models import AccessLink
    from opstap.foundation.actor import Actor
    from opstap.journey.referrals.models import Referral

P = ParamSpec("P")
BY_CODE = "code"
"""Stands in the address in place of a token, when the short code was typed."""
_SESSION = "jobseeker_link"
_PAGES = {
    LinkPurpose.PERSON_PROPOSAL: "jobseeker:offer",
    LinkPurpose.PERSON_JOURNEY: "jobseeker:journey",
    LinkPurpose.ROSTER: "jobseeker:roster",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opened: for whom (`actor`), about which proposal, under which `key` in the address."""

    key: str
    actor: Actor
    proposal_id: UUID


def page_of(link: AccessLink) -> str:
    """Return the name of the page that a person's link opens."""
    return _PAGES[LinkPurpose(link.purpose)]


def remember_code(request: HttpRequest, link: AccessLink) -> None:
    """Let this browser in by the code it typed, until it is closed; the link itself decides for how long."""
    request.session[_SESSION] = str(link.pk)
    request.session.set_expiry(0)


def link_of(request: HttpRequest, key: str, *purposes: LinkPurpose) -> AccessLink | None:
    """Return the person's link behind the key, whether or not it still works; None for an unknown one. Reading burns nothing.

    `purposes`: what the link may be for; any of a person's when none is named.
    """
    if key != BY_CODE:
        link = link_by_token(key)
    else:
        known = request.session.get(_SESSION)
        link = link_by_id(UUID(known)) if known else None
    return link if link is not None and link.purpose in (purposes or PERSON_PURPOSES) else None


def by_link(view: Callable[Concatenate[HttpRequest, Opened, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a view with a working link; an ended or unknown one leads to a page that helps on, and shows nothing of the file."""

    @wraps(view)
    def opened(request: HttpRequest, key: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        link = link_of(request, key, LinkPurpose.PERSON_PROPOSAL)
        if link is None or not works(link, now()):
            return not_working(request, key, link)
        actor = link_actor(link, Channel.CODE if key == BY_CODE else Channel.LINK)
        return view(request, Opened(key, actor, link.subject_id), *args, **kwargs)

    return opened


@dataclass(frozen=True, slots=True)
class OpenedJourney:
    """What a link to the own page opened: for whom (`actor`), which way through a programme, under which `key` in the address."""

    key: str
    actor: Actor
    referral: Referral


def by_journey(view: Callable[Concatenate[HttpRequest, OpenedJourney, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page of the person's own journey with a working link or code; otherwise as `by_link`."""

    @wraps(view)
    def opened(request: HttpRequest, key: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        link = link_of(request, key, LinkPurpose.PERSON_JOURNEY)
        if link is None or not works(link, now()):
            return not_working(request, key, link)
        actor = link_actor(link, Channel.CODE if key == BY_CODE else Channel.LINK)
        referral = referral_for(actor, link.subject_id)
        if referral is None:
            return not_working(request, key, None)
        return view(request, OpenedJourney(key, actor, referral), *args, **kwargs)

    return opened


@dataclass(frozen=True, slots=True)
class OpenedRoster:
    """What a link to the own working days opened: for whom (`actor`), by which contract, under which `key` in the address."""

    key: str
    actor: Actor
    contract_id: UUID


def by_roster(view: Callable[Concatenate[HttpRequest, OpenedRoster, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the page of the own working days with a working link or code; otherwise as `by_link`."""

    @wraps(view)
    def opened(request: HttpRequest, key: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        link = link_of(request, key, LinkPurpose.ROSTER)
        if link is None or not works(link, now()):
            return not_working(request, key, link)
        actor = link_actor(link, Channel.CODE if key == BY_CODE else Channel.LINK)
        return view(request, OpenedRoster(key, actor, link.subject_id), *args, **kwargs)

    return opened


def not_working(request: HttpRequest, key: str, link: AccessLink | None) -> HttpResponse:
    """Answer a link that ended (410: a fresh one goes to the same address) or that nobody knows (404)."""
    props: dict[str, Any] = {"key": key, "may_renew": link is not None and may_be_renewed(link), "is_known": link is not None}
    return render(request, "jobseeker/no_link.html", props, status=410 if link else 404)
