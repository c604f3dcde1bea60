"""The proposals of a round as rows of their table, written at once: a template needs ten times as long for a row."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opstap.steering.overviews.queries.round_proposals import AlternativeLine, ProposalLine
from opstap.ui.addresses import reverse
from opstap.ui.components.status import reason
from opstap.ui.markup import filled, safe
from opstap.ui.templatetags.opstap import badge

_NOWHERE = UUID(int=0)
_NOTHING = SafeString("")
_ROW = """<tr id="v-{id}">
<td>{choice}</td>
<th scope="row"><a href="{here}?{back}" hx-get="{here}?paneel&amp;{back}" hx-target="#panel">{name}</a>{asked}</th>
<td data-label="{l_place}"><div>{place}<br><span class="muted small">{host}{price}</span></div></td>
<td data-label="{l_why}"><ul class="plain small">{reasons}</ul></td>
<td class="otherwise" data-label="{l_other}"><div class="small dense">{others}</div></td>
<td data-label="{l_decide}"><div class="row">{state}<a class="small" href="{here}?{back}"
hx-get="{here}?paneel&amp;{back}" hx-target="#panel">{look}<span class="sr">: {name}</span></a></div></td>
</tr>"""
_CHOICE = '<label class="choice"><input type="checkbox" name="voorstel" value="{}"><span class="sr">{}: {}</span></label>'
_SEND = '<a class="button second" href="{}?voorstel={}&amp;{}">{}<span class="sr">: {}</span></a>'
_OTHER = '<p><strong>{}.</strong> {} <span class="muted">{}</span></p>'


def proposal_rows(lines: Iterable[ProposalLine], round_id: UUID, back: str) -> SafeString:
    """Return the proposals as rows, each with its choice, reasons, alternatives and what can be done; `back` is this list's address."""
    words = {
        "back": f"terug={quote(back)}",
        "l_choose": _("Choose"),
        "l_place": _("Place"),
        "l_why": _("Why"),
        "l_other": _("Otherwise"),
        "l_decide": _("Decide"),
        "l_send": _("Send"),
        "l_none": _("no other place is possible"),
        "l_otherwise": _("otherwise…"),
        "l_look": _("look"),
        "send": reverse("coordinator:send", args=[round_id]),
    }
    here = reverse("coordinator:proposal", args=[_NOWHERE])
    ready = {name: SafeString(safe(word)) for name, word in words.items()}
    return SafeString("".join([_row(line, ready, SafeString(here.replace(str(_NOWHERE), str(line.id)))) for line in lines]))


def _row(line: ProposalLine, words: dict[str, SafeString], here: SafeString) -> SafeString:
    may = line.is_draft
    return filled(
        _ROW,
        **words,
        id=line.id,
        here=here,
        name=line.name,
        choice=filled(_CHOICE, line.id, words["l_choose"], line.name) if may else _NOTHING,
        asked=SafeString("".join([f"<br>{badge(kind)}" for _id, kind in line.asked])),
        place=capfirst(line.place),
        host=line.host,
        price=filled("<br>{}", reason(line.price)) if line.is_scarce else _NOTHING,
        reasons=SafeString("".join([f"<li>{safe(reason(each))}</li>" for each in line.reasons])),
        others=_others(line.alternatives, words["l_none"]),
        state=filled(_SEND, words["send"], line.id, words["back"], words["l_send"], line.name) if may else badge(line.state),
        look=words["l_otherwise"] if may else words["l_look"],
    )


def _others(alternatives: tuple[AlternativeLine, ...], none: SafeString) -> SafeString:
    if not alternatives:
        return filled('<span class="muted">{}</span>', none)
    rows = [(capfirst(other.place), " ".join(reason(each) for each in other.difference), reason(other.cost)) for other in alternatives]
    return SafeString("".join([filled(_OTHER, *row) for row in rows]))
