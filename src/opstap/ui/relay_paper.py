"""A relay on paper: one page with what somebody wants, can do, what stands in the way, and the next step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from opstap.bridges.pdf.sheets import Part, Sheet, sheet_pdf
from opstap.ui.components.status import day, reason
from opstap.ui.site import current_site

if TYPE_CHECKING:
    from opstap.steering.overviews.queries.relay_page import RelayPage


def relay_pdf(page: RelayPage, on: date) -> bytes:
    """Return the relay as a PDF of one page; nothing of health stands in it."""
    site = current_site()
    sheet = Sheet(
        title=_("Relay: %(name)s") % {"name": page.relay.referral.person},
        reference=day(page.relay.offered_at.date() if page.relay.offered_at else on),
        lead=_("You take over the guidance. This page says where this person stands."),
        facts=_facts(page),
        parts=(
            Part(_("What the person wants"), lines=page.goals or (_("not written down yet"),)),
            Part(_("What was seen on the work floor"), lines=_seen(page)),
            Part(_("What still stands in the way"), lines=tuple(reason(each) for each in page.barriers) or (_("nothing that we know of"),)),
            Part(_("The next step"), paragraphs=(page.next_step or _("not written down yet"),)),
        ),
        notes=(_("Nothing about health or benefits stands on this page. The person can read it."),),
        footer=f"{site.city}, {site.desk_phone}",
        page_word=_("page"),
        author=site.city,
        written_on=on,
    )
    return sheet_pdf(sheet)


def _facts(page: RelayPage) -> tuple[tuple[str, str], ...]:
    relay = page.relay
    to = ", ".join(part for part in (relay.to_name, relay.to_organisation_name) if part)
    until = day(relay.due_on) if relay.due_on else ""
    programme = relay.referral.programme.name
    rows = ((_("Handed over by"), relay.made_by), (_("To"), to), (_("Accept before"), until), (_("Programme"), programme))
    return tuple((label, value) for label, value in rows if value)


def _seen(page: RelayPage) -> tuple[str, ...]:
    lines = tuple(f"{seen.task}: {reason(seen.level)} ({day(seen.on)})" for seen in page.evidence)
    return lines or (_("nothing was written down yet"),)
