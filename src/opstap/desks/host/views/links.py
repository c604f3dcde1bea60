"""By link, without logging in: one proposal or one place, and nothing else of the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.host.answering import Doors, answered
from opstap.desks.host.pausing import PauseDoors, paused
from opstap.engine.shared import Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.queries import link_actor, link_by_token, may_be_renewed, works
from opstap.foundation.clock import now, today
from opstap.journey.matching.operations import renew_letter_link
from opstap.journey.places.operations import confirm_place
from opstap.steering.overviews.queries.work_floor import FloorPlace, FloorProposal, floor_place, floor_proposal
from opstap.ui.addresses import reverse
from opstap.ui.letters import absolute, fresh_link_mail

if TYPE_CHECKING:
    from django.http import HttpRequest

    from opstap.foundation.access.models import AccessLink

_HOSTS = (LinkPurpose.HOST_PROPOSAL, LinkPurpose.HOST_PLACE)


def host_link(token: str) -> AccessLink | None:
    """Return the host's link of a token, whether or not it still works. Reading burns nothing."""
    link = link_by_token(token)
    return link if link is not None and link.purpose in _HOSTS else None


def not_working(request: HttpRequest, token: str, link: AccessLink | None) -> HttpResponse:
    """Say that the link does not work (any more), and offer a fresh one where there can be one."""
    props = {"token": token, "may_renew": link is not None and may_be_renewed(link)}
    return render(request, "host/no_link.html", props, status=410 if link else 404)


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link opens; looking changes nothing."""
    link = host_link(token)
    if link is None or not works(link, now()):
        return not_working(request, token, link)
    if link.purpose == LinkPurpose.HOST_PLACE:
        return render(request, "host/place_by_link.html", {"floor": floor_of(link), "token": token, "today": today()})
    props = {"proposal": proposal_of(link), "doors": _doors(token)}
    return render(request, "host/proposal.html", props)


def proposal_of(link: AccessLink) -> FloorProposal:
    """Return the one proposal that the link was made for."""
    is_for_it = link.purpose == LinkPurpose.HOST_PROPOSAL
    proposal = floor_proposal(link_actor(link), link.subject_id) if is_for_it else None
    if proposal is None:
        raise Http404
    return proposal


def _doors(token: str) -> Doors:
    yes, no, call = (reverse("host:link_answer", args=[token, word]) for word in ("ja", "nee", "bel-mij"))
    return Doors("ui/base.html", reverse("host:link", args=[token]), yes, no, call, reverse("host:link_visits", args=[token]))


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str, answer: str) -> HttpResponse:
    """Say yes, no with a reason, or call me."""
    link = host_link(token)
    if link is None or not works(link, now()):
        return not_working(request, token, link)
    return answered(request, link_actor(link), proposal_of(link), answer, _doors(token))


@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Keep that the place of the link is still right."""
    link = host_link(token)
    if link is None or not works(link, now()):
        return not_working(request, token, link)
    floor = floor_of(link)
    confirm_place(place=floor.place, by=link_actor(link), at=now())
    messages.success(request, _("Thank you. %(place)s is still right.") % {"place": capfirst(floor.row.title)})
    return redirect("host:link", token)


@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, token: str) -> HttpResponse:
    """Pause the place of the link until a day."""
    link = host_link(token)
    if link is None or not works(link, now()):
        return not_working(request, token, link)
    return paused(request, link_actor(link), floor_of(link), PauseDoors("ui/base.html", reverse("host:link", args=[token])))


def floor_of(link: AccessLink) -> FloorPlace:
    """Return the one place that the link was made for."""
    floor = floor_place(link_actor(link), link.subject_id, today()) if link.purpose == LinkPurpose.HOST_PLACE else None
    if floor is None:
        raise Http404
    return floor


@require_http_methods(["GET", "HEAD", "POST"])
def fresh(request: HttpRequest) -> HttpResponse:
    """Send a fresh link to the address of an ended one, for the same thing."""
    if request.method != "POST":
        return render(request, "host/link_sent.html")
    token = request.POST.get("token", "")[:60]
    link = host_link(token)
    if link is None:
        return not_working(request, token, None)
    if works(link, now()):
        return redirect("host:link", token)
    try:
        new = renew_letter_link(link=link, by=link_actor(link), at=now())
    except Refused:
        return not_working(request, token, link)
    if new is not None:
        mail = fresh_link_mail(absolute(reverse("host:link", args=[new.token])))
        send_mail(mail.subject, mail.text, None, [str(new.link.address)])
    return redirect("host:fresh_link")
