"""Reasons as they are said to the person they are about: "you", short sentences, and nothing of health or benefit on paper."""

from __future__ import annotations

from collections.abc import Iterable

from opstap.engine.shared import Reason
from opstap.ui.words import say, texts

WHY_ON_PAPER = frozenset(
    {
        "matching.why_wish",
        "matching.why_interest",
        "matching.why_learning",
        "matching.why_travel",
        "matching.why_waiting",
        "matching.why_pinned",
        "matching.by_hand",
        "matching.hand_wished",
        "matching.hand_interest",
    }
)
"""Reasons that a letter may give: what the person asked for and where it is. Not age, not the decision, whose name can tell of health."""


def to_person(reason: Reason, language: str = "nl") -> str:
    """Return the reason as it is said to the person; reasons without words of their own are said as to everybody."""
    own = f"{reason.code}.person"
    return say(Reason(own, reason.facts, reason.reference) if own in texts() else reason, language)


def why_this_place(reasons: Iterable[Reason], language: str = "nl") -> list[str]:
    """Return why a place was proposed, in the person's words, each sentence once; without what could tell of health or benefit."""
    said = (to_person(reason, language) for reason in reasons if reason.code in WHY_ON_PAPER)
    return list(dict.fromkeys(said))
