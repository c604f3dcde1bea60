"""Drawings made on the server: icons, the week, bar charts and QR codes. Each has its words beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import segno
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from opstap.engine.shared.vocabulary import HALF_DAYS, half_day_codes
from opstap.ui.components.status import plain


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its top in the drawing (units of the viewBox), its length, and what it says."""

    label: str
    value: float
    text: str
    top: int
    length: float


@cache
def icon(name: str) -> SafeString:
    """Return a symbol of icons.svg; screen readers skip it, so a word stands beside it."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("ui/icons.svg"), name)


def week(codes: Iterable[str] | int | None, *, needed: Iterable[str] | int | None = None) -> dict[str, Any]:
    """Return the props of a week of half-days (codes or bit mask); `needed` half-days that are missing are outlined."""
    have, need = _codes(codes), _codes(needed)
    rows = [(name, [_cell(code, have, need) for code in HALF_DAYS[start::2]]) for start, name in enumerate((_("am"), _("pm")))]
    missing = [plain(code) for code in HALF_DAYS if code in need - have]
    return {
        "rows": rows, "known": codes is not None, "missing": missing,
        "days": [_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su")],
        "text": ", ".join(plain(code) for code in HALF_DAYS if code in have) or _("no half-days"),
    }  # fmt: skip


def _codes(given: Iterable[str] | int | None) -> set[str]:
    return set(half_day_codes(given) if isinstance(given, int) else given or ())


def _cell(code: str, have: set[str], need: set[str]) -> str:
    return "on" if code in have else "miss" if code in need else ""


def bar_chart(rows: Sequence[tuple[str, float]], title: str, *, unit: str = "") -> dict[str, Any]:
    """Return the props of a horizontal bar chart with its numbers as a table; an empty list draws nothing."""
    highest = max((value for _label, value in rows), default=0) or 1
    bars = [
        Bar(label, value, f"{value:g}".replace(".", ","), top=46 * index, length=round(360 * value / highest, 1))
        for index, (label, value) in enumerate(rows)
    ]
    return {"bars": bars, "title": title, "unit": unit, "height": 46 * len(rows)}


def qr(text: str, *, label: str = "") -> SafeString:
    """Return a QR code of the text as SVG, dark on white, with a quiet zone of four modules."""
    drawing = segno.make(text, error="m", micro=False).svg_inline(scale=4, border=4, light="#fff", svgclass=None, lineclass=None)
    described = format_html('<svg role="img" aria-label="{}" ', label or _("QR code of the link"))
    return mark_safe(described + drawing.removeprefix("<svg "))  # noqa: S308 - drawn by segno from modules, the text itself is not in it
