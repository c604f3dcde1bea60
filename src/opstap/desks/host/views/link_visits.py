"""By link, without logging in: moments at which somebody can visit the one place that the link is about."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from opstap.desks.host.views.links import floor_of, host_link, not_working, proposal_of
from opstap.engine.shared import Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.queries import link_actor, works
from opstap.foundation.actor import Role
from opstap.foundation.clock import now, today
from opstap.journey.appointments.operations import close_slot, open_slots
from opstap.steering.overviews.queries.appointments import moments_at
from opstap.ui.components.moments import SeriesForm
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from opstap.foundation.access.models import AccessLink
    from opstap.foundation.actor import Actor
    from opstap.journey.places.models import Place


def _visited(link: AccessLink) -> tuple[Actor, Place]:
    """Return who comes in and the place of the link: that of a proposal only while it runs. Raises Http404 for no such place."""
    actor = link_actor(link)
    if link.purpose == LinkPurpose.HOST_PLACE:
        return actor, floor_of(link).place
    found = proposal_of(link)
    if not found.is_running:
        raise Http404
    place = found.proposal.place
    return actor.acting_for(Role.HOST, place.pk), place


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the moments at the place, and open a series of new ones."""
    link = host_link(token)
    if link is None or not works(link, now()):
        return not_working(request, token, link)
    actor, place = _visited(link)
    moments = moments_at(actor, place, now())
    form = SeriesForm(request.POST or None, today=today(), where=moments[-1].slot.where if moments else "")
    refusal = ""
    if form.is_valid():
        given = form.cleaned_data
        terms = {"minutes": given["minutes"], "where": given["where"], "by": actor, "at": now()}
        try:
            opened = len(open_slots(counsellor=None, place=place, starts=form.starts(), **terms))
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, ngettext("%(number)d moment opened.", "%(number)d moments opened.", opened) % {"number": opened})
            return redirect("host:link_visits", token)
    props = {"place": place, "moments": moments, "form": form, "refusal": refusal, "token": token}
    return render(request, "host/visits_by_link.html", props, status=422 if form.is_bound else 200)


@require_POST
def close_moment(request: HttpRequest, token: str, slot_id: UUID) -> HttpResponse:
    """Close a free moment of the place."""
    link = host_link(token)
    if link is None or not works(link, now()):
        return not_working(request, token, link)
    actor, place = _visited(link)
    slot = next((moment.slot for moment in moments_at(actor, place, now()) if moment.slot.pk == slot_id), None)
    if slot is None:
        raise Http404
    try:
        close_slot(slot=slot, by=actor, at=now())
    except Refused as refused:
        messages.error(request, say(refused.reason))
    else:
        messages.success(request, _("Closed: nobody can choose this moment any more."))
    return redirect("host:link_visits", token)
