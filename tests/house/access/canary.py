"""A person with facts that few may see, and the words by which each would be recognised anywhere it leaks."""

from __future__ import annotations

from opstap.engine.shared import Reason
from opstap.ui.words import say, translate

NATIONAL_NUMBER = "85631512304"
REMARK = "kanariepiet vertelde iets over thuis"
CANARY: dict[str, object] = {
    "national_number": NATIONAL_NUMBER,
    "remarks": REMARK,
    "limits": ["lifting"],
    "work_limitation_right": "vop",
    "maatwerk_advice": "very_vulnerable",
    "benefit_exemption": "igu_halftime",
}


def sealed_words() -> dict[str, str]:
    """Return what must stay within the case file: numbers, remarks, limits of the body and what tells of health or benefit."""
    return {
        "national number": NATIONAL_NUMBER,
        "national number as written": "85.63.15-123.04",
        "remarks": REMARK,
        "limit of the body": say(Reason("matching.limits_clash", {"demands": ("lifting",)})),
        "right to support": translate("right to VOP"),
        "advice": translate("advice: very vulnerable person"),
        "exemption": translate("at least half-time with income guarantee"),
    }


def benefit_words() -> dict[str, str]:
    """Return what tells of somebody's income."""
    return {"income": translate("unemployment benefit"), "income as a code": "unemployment_benefit"}


def leaks(text: str, words: dict[str, str]) -> list[str]:
    """Return the names of the words that stand in a text, whatever its capitals."""
    folded = text.casefold()
    return [name for name, word in words.items() if word.casefold() in folded]
