"""The cells of the board in words. What many rows say alike is written once per value and remembered; nobody's name is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from opstap.steering.overviews.queries.board import BoardHost, BoardPlace, MentorLoad
from opstap.ui.addresses import reverse
from opstap.ui.components.status import day, language, reason
from opstap.ui.markup import filled, safe
from opstap.ui.templatetags.opstap import badge

_NOTHING = SafeString("")


_NOWHERE = UUID(int=0)
_GROUP = """<tbody>
<tr class="group"><th scope="rowgroup" colspan="6">{name} <span class="muted">{free}</span></th></tr>
{rows}
</tbody>
"""
_ROW = """<tr>
<th scope="row"><a href="{link}">{title}</a><br><span class="muted small">{where}</span>
<details class="row-fold"><summary>{l_more}<span class="sr">: {title}</span></summary></details></th>
<td class="brief" data-label="{l_seats}"><span class="row tight">{seats}</span></td>
<td class="later" data-label="{l_mentor}">{mentor}</td>
<td class="brief" data-label="{l_stands}"><div>{stands}</div></td>
<td class="later" data-label="{l_fill}"><div class="small">{fills}</div></td>
<td class="later" data-label="{l_confirmed}">{confirmed}</td>
</tr>"""
"""On a phone the cells `later` stay folded until the native `details` of the row opens."""
_CONFIRMED = '<span class="small">{}<br><span class="muted">{}</span></span>'
_MENTOR = '<div><span class="nowrap">{} <span class="{}">{}/{}</span></span>{}</div>'


def board_groups(hosts: Iterable[BoardHost]) -> SafeString:
    """Return hosts with their places as groups of rows: written at once, since a template needs ten times as long for a row."""
    labels = {
        "l_seats": _("Seats"),
        "l_mentor": _("Mentor"),
        "l_stands": pgettext("board", "Stands"),
        "l_fill": _("What would fill it"),
        "l_confirmed": _("Last confirmed"),
        "l_more": _("More"),
    }
    now, link, round_link = language(), reverse("coordinator:place", args=[_NOWHERE]), reverse("coordinator:round", args=[_NOWHERE])
    words = {name: SafeString(safe(label)) for name, label in labels.items()} | {"round_link": SafeString(round_link)}
    return SafeString("".join([_group(host, words, now, link) for host in hosts]))


def _group(host: BoardHost, words: dict[str, SafeString], now: str, link: str) -> SafeString:
    total = host.total
    free = _("%(free)s of %(seats)s seats free") % {"free": total.free, "seats": total.seats}
    rows = [_row(place, words, now, SafeString(link.replace(str(_NOWHERE), str(place.id)))) for place in host.places]
    return filled(_GROUP, name=total.name, free=free, rows=SafeString("".join(rows)))


def _row(place: BoardPlace, words: dict[str, SafeString], now: str, link: SafeString) -> SafeString:
    confirmed = _confirmed(place.confirmed_days, now, is_stale=place.is_stale)
    return filled(
        _ROW,
        **words,
        link=link,
        title=capfirst(place.title),
        where=", ".join(part for part in (place.site, place.neighbourhood) if part),
        seats=_seats(place.state.value, place.counts, now),
        mentor=_mentor(place.mentor, now),
        stands=stands(place),
        fills=_fills(place, now, words["round_link"]),
        confirmed=confirmed if place.is_stale else filled(_CONFIRMED, confirmed, place.confirmed_by),
    )


def _mentor(mentor: MentorLoad | None, now: str) -> SafeString:
    if mentor is None:
        return badge("bad", _("no mentor"))
    notes = _mentor_notes(mentor.is_full, mentor.is_certified, mentor.certified_on, now)
    return filled(_MENTOR, mentor.name, "" if mentor.is_full else "muted", mentor.load, mentor.limit, notes)


def stands(place: BoardPlace) -> SafeString:
    """Return since when a place is empty, until when it is paused, or that it is full."""
    opens_on = place.starts_on if place.free and place.empty_days is None else None
    return _stands(place.state.value, place.paused_until, place.empty_days, opens_on, language())


@lru_cache(maxsize=2048)
def _seats(state: str, counts: tuple[tuple[str, int], ...], now: str) -> SafeString:
    del now  # it is active: here and below it only keeps the languages apart in memory
    numbers = [filled('<span class="nowrap"><strong>{}</strong> {}</span>', number, badge(name)) for name, number in counts]
    return filled("{}{}", badge("paused") if state == "paused" else "", SafeString("".join(numbers)))


@lru_cache(maxsize=2048)
def _mentor_notes(is_full: bool, is_certified: bool, certified_on: date | None, now: str) -> SafeString:  # noqa: FBT001 - a key in memory
    del now
    full = filled(" {}", badge("still", pgettext("mentor", "full"))) if is_full else _NOTHING
    if is_certified:
        return full
    missing = (
        badge("wait", _("certificate from %(day)s") % {"day": day(certified_on)}) if certified_on else badge("bad", _("no certificate"))
    )
    return filled("{}<br>{}", full, missing)


@lru_cache(maxsize=2048)
def _stands(state: str, paused_until: date | None, empty_days: int | None, opens_on: date | None, now: str) -> SafeString:
    del now
    if paused_until:
        return filled("{}", _("paused until %(day)s") % {"day": day(paused_until)})
    if state == "paused":
        return filled("{}", _("paused"))
    if empty_days is not None:
        empty = ngettext("empty for %(days)s day", "empty for %(days)s days", empty_days) % {"days": empty_days}
        return filled("{}", empty if empty_days else _("free since today"))
    if opens_on:
        return filled("{}", _("opens on %(day)s") % {"day": day(opens_on)})
    return filled('<span class="muted">{}</span>', _("no free seat"))


@lru_cache(maxsize=2048)
def _confirmed(days: int | None, now: str, *, is_stale: bool) -> SafeString:
    del now
    if days is None:
        return badge("stale", pgettext("confirmed", "never"))
    ago = ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}
    return badge("stale", ago) if is_stale else filled("{}", ago if days else _("today"))


@lru_cache(maxsize=512)
def _drafts(number: int, now: str) -> str:
    del now
    wait = ngettext("%(number)s proposal waits for your decision", "%(number)s proposals wait for your decision", number)
    return wait % {"number": number}


@lru_cache(maxsize=512)
def _more(people: int, now: str) -> SafeString:
    del now
    more = ngettext("+%(people)s person", "+%(people)s people", people) % {"people": people}
    return filled('<strong class="nowrap">{}</strong>', more)


def _fills(place: BoardPlace, now: str, round_link: str) -> SafeString:
    """Return the drafts that wait, why nobody can come, and the smallest change that would help."""
    drafts: str = _drafts(place.drafts, now) if place.drafts else ""
    if drafts and place.round_id:
        drafts = filled('<a href="{}">{}</a>', round_link.replace(str(_NOWHERE), str(place.round_id)), drafts)
    blocked = reason(place.blocked)
    if place.smallest_change:
        change = " ".join(reason(each) for each in place.smallest_change)
        return filled("{} {} {} {}", drafts, blocked, change, _more(place.opens, now))
    if place.drafts:
        return filled("{} {}", drafts, blocked)
    otherwise = _("no single change") if place.free else reason(place.price)
    return filled('{} <span class="muted">{}</span>', blocked, otherwise if place.price else _("no round yet"))
