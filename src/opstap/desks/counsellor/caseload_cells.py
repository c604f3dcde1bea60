"""The rows of the caseload, written at once: a template needs several times as long for a row. Nothing of them is kept."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from opstap.steering.overviews.queries.caseload import CaseLine
from opstap.ui.addresses import reverse
from opstap.ui.components.status import day, plain
from opstap.ui.templatetags.opstap import badge

_NOTHING = SafeString("")
_TICK = '<td><input type="checkbox" name="wie" value="{}" aria-label="{}"></td>'
_COUNSELLOR = '<td data-label="{}">{}</td>'
_ASIDE = '<br><span class="small muted">{}</span>'
_ROW = """<tr>
{tick}
<th scope="row"><a href="{link}">{name}</a></th>
<td data-label="{l_town}">{town}</td>
<td data-label="{l_stage}"><span class="nowrap">{stage}</span></td>
<td data-label="{l_waits}"><span>{waits}{aside}</span></td>
<td data-label="{l_days}" class="number"><span>{days}{stalled}</span></td>
<td data-label="{l_contact}"><span class="nowrap">{contact}</span></td>
{counsellor}
<td class="number"><a class="button quiet" href="{link}opzij/" hx-get="{link}opzij/" hx-target="#panel">{l_aside}<span
class="sr">: {name}</span></a></td>
</tr>"""


def caseload_rows(people: Iterable[CaseLine], *, is_team: bool, may_assign: bool) -> SafeString:
    """Return people as rows of the caseload: with a box to tick for who may assign them, with their counsellor for a team."""
    labels = {
        "l_town": _("Municipality"),
        "l_stage": _("Stage"),
        "l_waits": _("Waits for"),
        "l_days": _("Days"),
        "l_contact": _("Last contact"),
        "l_aside": _("Put aside"),
    }
    stalled = format_html(" {}", badge("stalled"))
    address, l_counsellor = reverse("counsellor:caseload"), _("Counsellor")
    rows = [
        format_html(
            _ROW,
            **labels,
            tick=format_html(_TICK, line.referral_id, line.name) if may_assign else _NOTHING,
            link=f"{address}{line.referral_id}/",
            name=line.name,
            town=line.municipality or "–",
            stage=badge(line.stage),
            waits=plain(line.cause) if line.cause != "none" else "–",
            aside=format_html(_ASIDE, _aside(line)) if line.snoozed_until else _NOTHING,
            days=line.days,
            stalled=stalled if line.is_stalled else _NOTHING,
            contact=day(line.contact_on) or "–",
            counsellor=format_html(_COUNSELLOR, l_counsellor, line.counsellor or "–") if is_team else _NOTHING,
        )
        for line in people
    ]
    return mark_safe("".join(rows))  # noqa: S308 - each is made by format_html


def _aside(line: CaseLine) -> str:
    return _("put aside until %(day)s: %(reason)s") % {"day": day(line.snoozed_until), "reason": line.snooze_reason}
