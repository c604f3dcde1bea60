"""Home: the board of places, and where people stand."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.desks.coordinator.board_cells import board_groups
from opstap.desks.coordinator.forms import BoardFilter
from opstap.desks.coordinator.funnel_cells import standing_steps
from opstap.desks.coordinator.views.programme import id_in, number_in, steered_programme
from opstap.foundation import clock
from opstap.steering.overviews.queries.board import PAGE, board
from opstap.steering.overviews.queries.funnel import funnel
from opstap.ui.requests import actor_of

CAUSES_SHOWN = 3


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the places by host with what is free and what would fill them, under where people stand now."""
    actor = actor_of(request)
    programme = steered_programme(request, actor)
    host, state, text = (request.GET.get(name, "")[:100] for name in ("organisatie", "stand", "zoek"))
    page = number_in(request.GET.get("page", ""))
    shown = board(actor, programme, clock.today(), host=id_in(host), state=state, text=text, page=page)
    people = funnel(actor, programme, clock.now(), with_steps=False)
    if shown is None or people is None:
        raise Http404
    hosts = [(str(total.id), f"{total.name} ({total.places})") for total in shown.totals]
    context = {
        "programme": programme,
        "board": shown,
        "hosts": board_groups(shown.hosts),
        "funnel": people,
        "standing": standing_steps(people.standing, programme.pk),
        "causes": people.causes[:CAUSES_SHOWN],
        "filter": BoardFilter(request.GET, hosts=[("", _("all hosts")), *hosts]),
        "is_filtered": bool(host or state or text),
        "page": Paginator(range(shown.found), PAGE).get_page(shown.page),
    }
    return render(request, "coordinator/board/home.html", context)
