"""Facts as the pages show them: their words made once, so that a long file costs little."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opstap.steering.overviews.queries.case_facts import FactView
from opstap.ui.components.status import day, plain
from opstap.ui.words_counsellor import FACT_NAMES


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact in words. `text` is empty when it is not known; `week` holds half-days; `whence` says from whom and since when.

    `proof` is empty for what came from a list: its row proves nothing more.
    """

    name: str
    title: str
    text: str
    week: Any
    whence: str
    proof: str
    until: str
    has_ended: bool


def shown_facts(facts: Iterable[FactView]) -> list[ShownFact]:
    """Return facts as the pages show them."""
    return [
        ShownFact(
            name=fact.name,
            title=_(FACT_NAMES[fact.name]),
            text=_text(fact),
            week=fact.value if fact.name == "half_days" else None,
            whence=_whence(fact),
            proof="" if fact.source == "import" else fact.proof,
            until=day(fact.holds_until),
            has_ended=fact.has_ended,
        )
        for fact in facts
    ]


def _text(fact: FactView) -> str:
    if not fact.is_known:
        return ""
    if fact.value in ("", [], ()):
        return _("nothing: the person can do all of this") if fact.name == "limits" else _("there is none")
    return plain(fact.value)


def _whence(fact: FactView) -> str:
    if not fact.source:
        return ""
    who = plain(fact.source) if fact.source == "import" or not fact.by else f"{plain(fact.source)}, {fact.by}"
    return f"{who}, {day(fact.at)}"
