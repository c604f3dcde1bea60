"""The parts of a page: header, cards, notes, statistics, steps, timeline, and confirmation with its consequence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opstap.ui.components.forms import idempotency_key
from opstap.ui.components.status import day


@dataclass(frozen=True, slots=True)
class Event:
    """One moment in a timeline; `by` is who did it, `detail` may be empty."""

    at: date | datetime
    title: str
    by: str = ""
    detail: str = ""


def page_header(title: str, *, lead: str = "", action: str = "", url: str = "", back: str = "", back_url: str = "") -> dict[str, str]:
    """Return the props of a page's header: its title, one primary action (a link) and the way back."""
    return {"title": title, "lead": lead, "action": action, "url": url, "back": back, "back_url": back_url}


def stat(number: object, label: str, definition: str, *, url: str = "") -> dict[str, object]:
    """Return the props of a number with its definition printed under it; `url` leads to the rows behind it."""
    return {"number": number, "label": label, "definition": definition, "url": url}


def steps(labels: Sequence[str], current: int) -> dict[str, Any]:
    """Return the props of the steps of a walk; `current` counts from 1, past the last means all done."""
    states = ["done" if number < current else "now" if number == current else "next" for number in range(1, len(labels) + 1)]
    return {"steps": list(zip(labels, states, strict=True))}


def timeline(events: Sequence[Event | Mapping[str, Any]]) -> dict[str, Any]:
    """Return the props of a timeline; events keep the order given (newest first reads best)."""
    rows = [event if isinstance(event, Event) else Event(**event) for event in events]
    return {"events": [(day(event.at), event) for event in rows]}


def facts(rows: Sequence[tuple[str, object]]) -> dict[str, Any]:
    """Return the props of a definition list; an empty value reads "not known"."""
    return {"rows": [(label, _("not known") if value in (None, "") else value) for label, value in rows]}


def empty(title: str, text: str = "", *, action: str = "", url: str = "") -> dict[str, str]:
    """Return the props of an empty state: what is not there, why, and one thing to do."""
    return {"title": title, "text": text, "action": action, "url": url}


def card(content: str, title: str, *, url: str = "", state: str = "", state_text: str = "") -> SafeString:
    """Return a card; with `url` the whole card is the link."""
    props = {"title": title, "url": url, "state": state, "state_text": state_text, "content": content}
    return render_to_string("ui/components/card.html", props)


def note(content: str, title: str = "", *, tone: str = "info") -> SafeString:
    """Return a note that stands out; tone is info, ok, wait or bad."""
    heading = format_html("<h2>{}</h2>", title) if title else ""
    return format_html('<div class="note {}">{}{}</div>', tone, heading, content)


def confirm(context: Context, content: str, label: str, *, url: str, action: str = "", tone: str = "", title: str = "") -> SafeString:
    """Return a button that first shows what will happen (the content: consequences, fields), then the button that does it.

    `label` opens it, `action` does it (default: the label), `tone` is "", "second" or "danger". Works without scripts.
    """
    props = {
        "label": label, "url": url, "action": action or label, "tone": tone, "content": content,
        "title": title or _("What will happen"), "csrf_token": context.get("csrf_token"), "key": idempotency_key(),
    }  # fmt: skip
    return render_to_string("ui/components/confirm.html", props)
