"""The places beside a person as rows, written at once: a template needs several times as long for a row. Nothing of them is kept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opstap.engine.shared import Reason
from opstap.steering.overviews.queries.fitting_places import PlaceForPerson
from opstap.ui.components.status import language, plain, reason
from opstap.ui.markup import filled, safe
from opstap.ui.templatetags.opstap import badge, week

_ROW = """<tr>
<th scope="row"><a href="{address}{id}/">{title}</a><br><span class="small muted">{host}</span></th>
<td data-label="{l_where}">{where}</td>
<td data-label="{l_when}"><div>{half_days}</div></td>
<td data-label="{l_way}" class="number nowrap"><span>{way}</span></td>
<td data-label="{l_free}" class="number">{free}</td>
<td data-label="{l_obstacles}"><div>{fit}</div></td>
</tr>"""
_WAY = '{}<br><span class="small muted">{}</span>'


def place_rows(places: Iterable[PlaceForPerson], address: str) -> SafeString:
    """Return the places as rows, each with what stands in the way; `address`: of the list, under which each place has its page."""
    labels = {
        "l_where": _("Where"),
        "l_when": _("On which half-days"),
        "l_way": _("Way to work"),
        "l_free": _("Free seats"),
        "l_obstacles": _("What stands in the way"),
    }
    words, now = {name: SafeString(safe(label)) for name, label in labels.items()}, language()
    rows = [
        filled(
            _ROW,
            **words,
            address=address,
            id=place.id,
            title=place.title,
            host=place.host,
            where=place.where or "–",
            half_days=week(place.half_days),
            way="–" if place.minutes is None else _way(place.minutes, place.mode, now),
            free=place.free,
            fit=_fit(place),
        )
        for place in places
    ]
    return SafeString("".join(rows))


@lru_cache(maxsize=1024)
def _way(minutes: int, mode: str, now: str) -> SafeString:
    del now  # it is active: here it only keeps the languages apart in memory
    return filled(_WAY, _("%(minutes)s min.") % {"minutes": minutes}, plain(mode))


def _fit(place: PlaceForPerson) -> SafeString:
    """Return whether the person can start there, else every reason why not."""
    if place.fits:
        fit = badge("ok", _("fits")) if place.free else badge("taken", _("fits, but all seats are spoken for"))
        return SafeString(fit + _listed(place.warnings)) if place.warnings else fit
    return _listed(place.obstacles)


def _listed(reasons: Iterable[Reason]) -> SafeString:
    said = [filled("<li>{}</li>", reason(each)) for each in reasons]
    return filled('<ul class="plain small">{}</ul>', SafeString("".join(said)))
