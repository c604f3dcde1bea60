"""All places with what they ask and offer, as a list and on a map."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.desks.public.directory.forms import SearchForm
from opstap.desks.public.menu import public_menu
from opstap.foundation.actor import anybody
from opstap.foundation.clock import today
from opstap.foundation.programmes.queries import neighbourhoods_of
from opstap.steering.overviews.queries.directory import Directory, directory, host_choices, public_place
from opstap.ui.maps import MapPoint, neighbourhood_map
from opstap.ui.place_map import place_map

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Show the places that fit what is looked for; without anything typed, all of them."""
    form = SearchForm(request.GET)
    form.set_hosts(host_choices(anybody(), today()))
    page = request.GET.get("blad", "1")
    found = directory(anybody(), form.wanted, today(), int(page) if page.isdecimal() and len(page) < 6 else 1)  # noqa: PLR2004 - no page has more digits
    props = {"form": form, "found": found, "nav": public_menu(request), "neighbourhood": form.wanted.neighbourhood}
    if found is not None:
        props |= {"map": _map(request, found), "without_area": _query(request, "wijk"), "next_page": _query(request, "blad")}
    return render(request, "public/places.html", props)


def _query(request: HttpRequest, besides: str) -> str:
    """Return the query without one of its fields, ready for that field to be put behind it."""
    kept = [(name, value) for name, value in request.GET.items() if name not in {besides, "blad"} and value]
    return f"?{urlencode([*kept, (besides, '')])}"


def _map(request: HttpRequest, found: Directory) -> SafeString | None:
    """Return the map of the places found, or None when no neighbourhood is known."""
    towns = tuple(found.programme.municipalities)
    points = [MapPoint(each.name, each.longitude, each.latitude) for each in neighbourhoods_of(towns)]
    counts = dict(found.neighbourhoods)
    if not any(point.name in counts for point in points):
        return None
    return place_map(points, counts, title=_("Places per neighbourhood"), link=_query(request, "wijk"))


@require_safe
def place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Show one place: what you do and learn, when, where, what it asks, and how to say that it interests you."""
    found = public_place(anybody(), place_id, today())
    if found is None:
        raise Http404
    points = [MapPoint(each.name, each.longitude, each.latitude) for each in neighbourhoods_of((found.town,))]
    known = any(point.name == found.neighbourhood for point in points)
    drawn = neighbourhood_map(points, title=_("Where is it?"), place=found.neighbourhood) if known else None
    return render(request, "public/place.html", {"place": found, "map": drawn, "today": today(), "nav": public_menu(request)})
