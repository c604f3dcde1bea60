"""The facts in a case file: what is known, who said it, what proves it, until when it holds, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import half_day_codes
from opstap.foundation.actor import Actor
from opstap.journey.eligibility.queries import DecisionView, fact_sources, questions_in
from opstap.journey.people.enums import FACTS
from opstap.journey.people.models import FactChange, Person
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_open_case_file

ASKED_BY_MATCHING = {
    "half_days": "matching.ask_half_days",
    "dutch_level": "matching.ask_dutch",
    "licences": "matching.ask_licences",
    "limits": "matching.ask_limits",
    "travel_mode": "matching.ask_travel",
}
"""Facts without which no place can be proposed, with the question that fills them."""

SHOWN_FACTS = ("birth_date", "municipality", *FACTS)
"""What the file lists as facts; the other contact data stand with the name."""


def facts_to_show(person: Person) -> tuple[str, ...]:
    """Return the facts to list: until when a right runs is nothing to ask of somebody who has none."""
    return tuple(name for name in SHOWN_FACTS if name != "work_limitation_until" or person.work_limitation_right != "")


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact with its value (None: not known), who said it, what proves it, and until when it holds."""

    name: str
    value: Any
    source: str = ""
    proof: str = ""
    by: str = ""
    at: datetime | None = None
    holds_until: date | None = None
    has_ended: bool = False

    @property
    def is_known(self) -> bool:
        """Tell whether there is a value; "none" and "nothing" are values."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Ask:
    """Something to ask: the text, the fact it fills, and the instruments that wait for it (none: the matching does)."""

    text: Reason
    fact: str
    instruments: tuple[str, ...]


def fact_view(person: Person, name: str, known: dict[str, FactChange], on: date) -> FactView:
    """Return one fact of a person as it stands, with what its latest change says of it."""
    value = getattr(person, name)
    if name == "half_days" and value is not None:
        value = half_day_codes(value)
    elif name in {"birth_date", "municipality", "wishes", "learning_goals", "remarks"}:
        value = value or None
    change = known.get(name)
    if change is None:
        return FactView(name, value)
    ended = change.holds_until is not None and change.holds_until <= on
    return FactView(name, value, change.source, change.proof, change.recorded_by, change.recorded_at, change.holds_until, ended)


def fact_of(actor: Actor, referral: Referral, name: str, on: date) -> FactView | None:
    """Return one fact of a followed person, or None for a fact that a file does not have or for anybody else."""
    if name not in SHOWN_FACTS or not may_open_case_file(actor, referral):
        return None
    return fact_view(referral.person, name, fact_sources(actor, referral), on)


def asks_of(person: Person, decisions: Iterable[DecisionView]) -> Iterable[Ask]:
    """Yield what to ask, what decisions wait for first; each fact once."""
    seen = set()
    for question in questions_in(decisions):
        if question.fact in SHOWN_FACTS:
            seen.add(question.fact)
            yield Ask(Reason(question.code), question.fact, question.instruments)
    for fact, code in ASKED_BY_MATCHING.items():
        if fact not in seen and getattr(person, fact) is None:
            yield Ask(Reason(code), fact, ())
    if person.longitude is None and "municipality" not in seen:
        yield Ask(Reason("matching.ask_home"), "municipality", ())


def changed_facts(actor: Actor, referral: Referral, names: Iterable[str], on: date) -> tuple[FactView, ...]:
    """Return the facts with these names of a followed person as they are now: what a colleague changed meanwhile."""
    if not may_open_case_file(actor, referral):
        return ()
    known = fact_sources(actor, referral)
    return tuple(fact_view(referral.person, name, known, on) for name in names)
