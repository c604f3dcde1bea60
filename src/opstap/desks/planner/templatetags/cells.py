"""`{% load cells %}`: the cells of a week's grid, written at once: a template walks hundreds of them ten times slower."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from opstap.steering.overviews.queries.roster_week import Chip, Day, Need, PersonRow, WorkRow

register = template.Library()


@register.simple_tag
def person_cells(row: PersonRow, shift_base: str, is_draft: bool) -> SafeString:  # noqa: FBT001 - a tag's arguments have no names
    """Return the days of a person."""
    return mark_safe("".join(_day(day, row, shift_base, is_draft) for day in row.days))  # noqa: S308 - every text in it is escaped


@register.simple_tag
def work_cells(row: WorkRow, shift_base: str, need_base: str, is_draft: bool) -> SafeString:  # noqa: FBT001 - as above
    """Return the days of a kind of work at a site."""
    return mark_safe("".join(_need(need, row, shift_base, need_base, is_draft) for need in row.needs))  # noqa: S308 - as above


def _day(day: Day, row: PersonRow, shift_base: str, is_draft: bool) -> str:  # noqa: FBT001 - as above
    chip = day.chip
    none = "" if chip else f' class="none{"" if day.is_contract_day else " off"}"'
    told = f'<td data-label="{escape(day.label)}" data-who="{row.contract_id}" data-on="{day.iso}"{none}>'
    if chip:
        learns = f" · {escape(_('learns'))}" if chip.is_learner else ""
        pinned = f" · {escape(_('pinned'))}" if chip.is_pinned else ""
        lift = f' data-work="{chip.work}"' if is_draft else ""
        text = f"<b>{escape(chip.site)}</b> {escape(chip.function)} <small>{chip.hours}{learns}{pinned}</small>"
        away = f' <b class="bad">{escape(_("away"))}</b>' if day.is_away else ""
        return f"{told}{_chip(chip, shift_base, lift, text)}{away}</td>"
    free = _("away") if day.is_away else f"{_('free')} · {_('pinned')}" if day.is_pinned else ""
    return f'{told}<span class="muted small">{escape(free)}</span></td>' if free else f"{told}</td>"


def _need(need: Need, row: WorkRow, shift_base: str, need_base: str, is_draft: bool) -> str:  # noqa: FBT001 - as above
    none = "" if need.chips or need.is_asked else ' class="none off"'
    parts = [f'<td data-label="{escape(need.label)}" data-cell="{need.key}"{none}>']
    if need.is_asked:
        tone = "bad" if need.is_under else "wait" if need.missing else "ok"
        words = f" {escape(_('under the minimum'))}" if need.is_under else f" {escape(_('wanted'))}" if need.missing else ""
        parts.append(f'<p class="fill {tone}">{len(need.chips)}/{need.wanted}{words}</p>')
    for chip in need.chips:
        learns = f" <small>· {escape(_('learns'))}</small>" if chip.is_learner else ""
        pinned = f" <small>· {escape(_('pinned'))}</small>" if chip.is_pinned else ""
        lift = f' data-owner="{chip.contract_id}"' if is_draft else ""
        parts.append(_chip(chip, shift_base, lift, f"{escape(chip.person)}{learns}{pinned}", row.hue))
    if is_draft and need.is_asked and need.missing:
        about = escape(f"{row.site}, {row.function}, {need.label}")
        parts.append(f'<a class="small fillin" href="{need_base}{need.key}/">{escape(_("Fill"))}<span class="sr">: {about}</span></a>')
    return "".join((*parts, "</td>"))


def _chip(chip: Chip, shift_base: str, lift: str, text: str, hue: int = 0) -> str:
    """Return a shift as a link, to be dragged in a draft (`lift` says what the script must know) unless it is pinned."""
    held = f' draggable="true" data-shift="{chip.id}"{lift}' if lift and not chip.is_pinned else ""
    return f'<a class="chip h{hue or chip.hue}" href="{shift_base}{chip.id}/"{held}>{text}</a>'
