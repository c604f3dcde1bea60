"""Decisions in words. What several decisions say alike of a condition is written once for the page; nothing is kept after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from opstap.journey.eligibility.enums import Badge
from opstap.journey.eligibility.queries import ConditionLine, DecisionView, FactLine
from opstap.ui.components.status import day, plain, reason
from opstap.ui.templatetags.opstap import badge

_ANSWERS = {"yes": "eligible", "no": "not_eligible", "unknown": "facts_missing"}
_LINE = '<p class="small">{} <strong>{}</strong><br>{}{}</p>'
_PROOF = '<br><span class="muted">{}</span>'


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision in words: a paragraph for each condition that is open and that is met; `opens` says what would open the door."""

    id: UUID
    instrument: str
    answer: SafeString
    is_in_force: bool
    is_overruled: bool
    overrule_reason: str
    open_conditions: SafeString
    met_conditions: SafeString
    opens: str
    decided_by: str
    decided_at: datetime
    on: date
    expires_on: date | None


class _Paragraphs:
    """The paragraphs of one page by what they say: decisions for several instruments rest on the same conditions and facts."""

    def __init__(self) -> None:
        self._lines: dict[object, SafeString] = {}
        self._proofs: dict[str, SafeString] = {}

    def of(self, lines: Iterable[ConditionLine]) -> SafeString:
        """Return a paragraph for each condition."""
        return mark_safe("".join(self._line(line) for line in lines))  # noqa: S308 - each is made by format_html

    def _line(self, line: ConditionLine) -> SafeString:
        key = line.code, line.badge, line.until, line.reason, tuple(fact.name for fact in line.facts)
        if key not in self._lines:
            until = line.until if line.badge is Badge.UNTIL else None
            proofs = mark_safe("".join(self._proof(fact) for fact in line.facts if fact.source))  # noqa: S308 - made by format_html
            self._lines[key] = format_html(_LINE, badge(line.badge.value, until=until), reason(line.title), reason(line.reason), proofs)
        return self._lines[key]

    def _proof(self, fact: FactLine) -> SafeString:
        if fact.name not in self._proofs:
            self._proofs[fact.name] = format_html(_PROOF, _proof(fact))
        return self._proofs[fact.name]


def shown_decisions(decisions: Iterable[DecisionView]) -> list[ShownDecision]:
    """Return decisions on one person as the pages show them."""
    paragraphs = _Paragraphs()
    return [_shown(decision, paragraphs) for decision in decisions]


def _shown(decision: DecisionView, paragraphs: _Paragraphs) -> ShownDecision:
    changes = decision.smallest_changes if decision.answer != "yes" else ()
    return ShownDecision(
        id=decision.id,
        instrument=decision.instrument,
        answer=badge(_ANSWERS[decision.answer]),
        is_in_force=decision.is_in_force,
        is_overruled=decision.is_overruled,
        overrule_reason=decision.overrule_reason,
        open_conditions=paragraphs.of(line for line in decision.conditions if line.badge is not Badge.MET),
        met_conditions=paragraphs.of(line for line in decision.conditions if line.badge is Badge.MET),
        opens=" ".join(reason(change.reason) for change in changes),
        decided_by=decision.decided_by,
        decided_at=decision.decided_at,
        on=decision.on,
        expires_on=decision.expires_on,
    )


def _proof(fact: FactLine) -> str:
    """Return who said a fact, since when and until when, and what proves it; a list's row proves nothing more."""
    is_listed = fact.source == "import"
    who = plain(fact.source) if is_listed else f"{plain(fact.source)}, {fact.recorded_by}"
    proof = f": {fact.proof}" if fact.proof and not is_listed else ""
    until = f" ({_('holds until %(day)s') % {'day': day(fact.holds_until)}})" if fact.holds_until else ""
    return f"{who}, {day(fact.recorded_at)}{proof}{until}"
