"""The entry rule: whoever does community service or an internship on a work-learning place must first be let into the programme.

Source: the programme of the city (residents who have looked for work for two years or more and are entitled to a benefit).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

ENTRY_RULE = "work_learning_place"
BEHIND_ENTRY = frozenset({"community_service", "work_experience"})


def with_entry(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers ("yes", "no", "unknown" per instrument) after the entry rule, by Kleene's "and"; without it they stay."""
    entry = answers.get(ENTRY_RULE, "yes")
    return {name: _both(answer, entry) if name in BEHIND_ENTRY else answer for name, answer in answers.items()}


def rules_asked(instruments: Iterable[str]) -> tuple[str, ...]:
    """Return the instruments with the entry rule in front, when one of them stands behind it."""
    names = tuple(instruments)
    return names if ENTRY_RULE in names or not BEHIND_ENTRY & set(names) else (ENTRY_RULE, *names)


def _both(left: str, right: str) -> str:
    if "no" in {left, right}:
        return "no"
    return "unknown" if "unknown" in {left, right} else "yes"
