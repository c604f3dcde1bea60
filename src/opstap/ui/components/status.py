"""How things stand: badges (a shape and a word), freshness, prices, progress, and reasons in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from opstap.engine.shared.reason import Reason
from opstap.ui.components.states import STATES
from opstap.ui.fact_words import day_in_words, fact_in_words
from opstap.ui.words import say

__all__ = ["STATES", "badge", "day", "freshness", "language", "plain", "price", "progress", "reason"]


def language() -> str:
    """Return the active language as the words modules name it: "nl", "en"."""
    return (get_language() or "nl").split("-")[0]


def badge(state: str, text: str = "", *, until: date | None = None) -> dict[str, str]:
    """Return a badge's props; raises KeyError for a state that is not in STATES. `until` writes "until <date>"."""
    look = STATES[state]
    word = _("until %(day)s") % {"day": day(until)} if until else (text or _(look.word or state))
    return {"tone": look.tone, "icon": look.icon, "text": word}


def day(value: date | datetime | str | None, missing: str = "") -> str:
    """Return a date (or ISO text, or moment) in words, "1 september 2023"; `missing` when there is none."""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10]) if value else None
    if isinstance(value, datetime):
        value = localdate(value) if value.tzinfo else value.date()
    return day_in_words(value, language()) if value else missing


def plain(value: Any) -> str:  # noqa: ANN401 - a template may hand over any code or scalar
    """Return a code, number, truth value or list of codes in words, as in a reason."""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list | set | frozenset):
        value = tuple(sorted(value) if isinstance(value, set | frozenset) else value)
    return fact_in_words("", value, language())


def reason(given: Reason | Mapping[str, Any] | None) -> str:
    """Return a reason (or its JSON form) as a sentence; nothing for None."""
    if given is None:
        return ""
    return say(given if isinstance(given, Reason) else Reason.from_json(given), language())


def freshness(on: date | None, *, today: date, by: str = "", url: str = "", stale_after: int = 60) -> dict[str, Any]:
    """Return the props of "confirmed 12 days ago by …" with a button "still right" when `url` is given; days count up to `today`."""
    days = None if on is None else max((today - on).days, 0)
    if days is None:
        text = _("Never confirmed")
    elif days == 0:
        text = _("Confirmed today")
    else:
        text = ngettext("Confirmed %(days)d day ago", "Confirmed %(days)d days ago", days) % {"days": days}
    return {"text": text, "by": by, "url": url, "is_stale": days is None or days > stale_after, "on": day(on)}


def progress(done: int, total: int | None, label: str, *, url: str = "", every: int = 1, is_running: bool = True) -> dict[str, Any]:
    """Return the props of a progress bar that asks `url` for itself again every `every` seconds; `total` None: length not known."""
    return {"done": done, "total": total, "label": label, "url": url, "every": every, "is_running": is_running}


def price(value: float, *, unit: str = "", meaning: str = "") -> dict[str, Any]:
    """Return the props of a price tag: what one more seat here would add; `meaning` says it in words."""
    text = f"{value:g}".replace(".", ",") if language() == "nl" else f"{value:g}"
    return {"text": text, "unit": unit, "meaning": meaning, "is_scarce": value > 0}
