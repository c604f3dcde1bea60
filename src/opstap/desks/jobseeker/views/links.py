"""A fresh link in place of one that ended: to the same address, for the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail import send_mail
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from opstap.desks.jobseeker.forms import FreshLinkForm
from opstap.desks.jobseeker.opened import link_of, not_working, page_of
from opstap.engine.shared import Refused
from opstap.foundation.access.queries import link_actor, works
from opstap.foundation.clock import now
from opstap.journey.matching.operations import renew_letter_link
from opstap.ui.addresses import reverse
from opstap.ui.letters import fresh_link_mail
from opstap.ui.outgoing import link_url

if TYPE_CHECKING:
    from django.http import HttpRequest

    from opstap.foundation.access.models import AccessLink


@require_http_methods(["GET", "HEAD", "POST"])
def fresh(request: HttpRequest) -> HttpResponse:
    """Send a fresh link to the address of an ended one; the page says the same whether or not one was sent just before."""
    if request.method != "POST":
        return render(request, "jobseeker/link_sent.html")
    form = FreshLinkForm(request.POST)
    key = form.cleaned_data["key"] if form.is_valid() else ""
    link = link_of(request, key)
    if link is None:
        return not_working(request, key, None)
    if works(link, now()):
        return redirect(page_of(link), key)
    try:
        _send(link)
    except Refused:
        return not_working(request, key, link)
    return redirect(reverse("jobseeker:fresh_link"))


def _send(link: AccessLink) -> None:
    new = renew_letter_link(link=link, by=link_actor(link), at=now())
    if new is not None:
        mail = fresh_link_mail(link_url(new), code=new.spoken_code)
        send_mail(mail.subject, mail.text, None, [str(new.link.address)])
