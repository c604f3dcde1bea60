"""Rehearsing a change of the rules on the people we have, before anyone approves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from opstap.engine.eligibility.decide import decide
from opstap.engine.eligibility.evaluate import outcome
from opstap.engine.eligibility.facts import Facts, check_facts
from opstap.engine.eligibility.results import Answer, Result
from opstap.engine.eligibility.rulebook import RuleBook


class Effect(StrEnum):
    """What a change does to one person's answer."""

    GAINS = "gains"
    LOSES = "loses"
    BECOMES_UNKNOWN = "becomes_unknown"
    BECOMES_KNOWN = "becomes_known"
    UNCHANGED = "unchanged"


_EFFECTS: Mapping[tuple[Answer, Answer], Effect] = {
    (Answer.NO, Answer.YES): Effect.GAINS,
    (Answer.UNKNOWN, Answer.YES): Effect.GAINS,
    (Answer.YES, Answer.NO): Effect.LOSES,
    (Answer.UNKNOWN, Answer.NO): Effect.BECOMES_KNOWN,
    (Answer.YES, Answer.UNKNOWN): Effect.BECOMES_UNKNOWN,
    (Answer.NO, Answer.UNKNOWN): Effect.BECOMES_UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Example:
    """One person whose answer changes, with both decisions in full."""

    person: str
    effect: Effect
    before: Result
    after: Result

    def as_json(self) -> dict[str, Any]:
        """Return JSON-ready data; `from_json` is the inverse."""
        return {"person": self.person, "effect": self.effect.value, "before": self.before.as_json(), "after": self.after.as_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Example:
        """Return the example that `as_json` wrote."""
        return cls(data["person"], Effect(data["effect"]), Result.from_json(data["before"]), Result.from_json(data["after"]))


@dataclass(frozen=True, slots=True)
class InstrumentRehearsal:
    """For one instrument: the people per effect (unchanged ones only counted), and a few of each effect in full."""

    instrument: str
    people: Mapping[Effect, tuple[str, ...]]
    unchanged: int
    examples: tuple[Example, ...]

    def count(self, effect: Effect) -> int:
        """Return how many people feel this effect."""
        return self.unchanged if effect is Effect.UNCHANGED else len(self.people.get(effect, ()))

    def as_json(self) -> dict[str, Any]:
        """Return JSON-ready data; `from_json` is the inverse."""
        people = {effect.value: list(names) for effect, names in self.people.items()}
        examples = [example.as_json() for example in self.examples]
        return {"instrument": self.instrument, "people": people, "unchanged": self.unchanged, "examples": examples}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> InstrumentRehearsal:
        """Return the rehearsal that `as_json` wrote."""
        people = MappingProxyType({Effect(effect): tuple(names) for effect, names in data["people"].items()})
        return cls(data["instrument"], people, data["unchanged"], tuple(Example.from_json(example) for example in data["examples"]))


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a change of the rules does on one day, per instrument; counts over all instruments together as properties."""

    on: date
    before_version: str
    after_version: str
    instruments: tuple[InstrumentRehearsal, ...]

    def count(self, effect: Effect) -> int:
        """Return how many answers, over all instruments, feel this effect."""
        return sum(instrument.count(effect) for instrument in self.instruments)

    @property
    def gains(self) -> int:
        """Answers that become yes."""
        return self.count(Effect.GAINS)

    @property
    def loses(self) -> int:
        """Answers that go from yes to no."""
        return self.count(Effect.LOSES)

    @property
    def becomes_unknown(self) -> int:
        """Answers that were known and for which a question now has to be asked."""
        return self.count(Effect.BECOMES_UNKNOWN)

    @property
    def becomes_known(self) -> int:
        """Answers that were not known and become no."""
        return self.count(Effect.BECOMES_KNOWN)

    @property
    def unchanged(self) -> int:
        """Answers that stay as they are."""
        return self.count(Effect.UNCHANGED)

    @property
    def examples(self) -> tuple[Example, ...]:
        """The examples of all instruments."""
        return tuple(example for instrument in self.instruments for example in instrument.examples)

    def as_json(self) -> dict[str, Any]:
        """Return JSON-ready data; `from_json` is the inverse."""
        instruments = [instrument.as_json() for instrument in self.instruments]
        versions = {"before_version": self.before_version, "after_version": self.after_version}
        return {"on": self.on.isoformat(), **versions, "instruments": instruments}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Rehearsal:
        """Return the rehearsal that `as_json` wrote."""
        instruments = tuple(InstrumentRehearsal.from_json(instrument) for instrument in data["instruments"])
        return cls(date.fromisoformat(data["on"]), data["before_version"], data["after_version"], instruments)


def _of_instrument(
    people: Sequence[tuple[str, Facts]], books: tuple[RuleBook, RuleBook], instrument: str, on: date, examples: int
) -> InstrumentRehearsal:
    before, after = books
    old, new = before.ruleset(instrument), after.ruleset(instrument)
    moved: dict[Effect, list[tuple[str, Facts]]] = {effect: [] for effect in Effect if effect is not Effect.UNCHANGED}
    for person, facts in people:
        effect = _EFFECTS.get((outcome(facts, old, on), outcome(facts, new, on)))
        if effect is not None:
            moved[effect].append((person, facts))
    shown = tuple(
        Example(person, effect, decide(facts, before, instrument, on), decide(facts, after, instrument, on))
        for effect, members in moved.items()
        for person, facts in members[:examples]
    )
    names = {effect: tuple(person for person, _ in members) for effect, members in moved.items()}
    unchanged = len(people) - sum(map(len, names.values()))
    return InstrumentRehearsal(instrument, MappingProxyType(names), unchanged, shown)


def rehearse(
    people: Sequence[tuple[str, Facts]],
    before: RuleBook,
    after: RuleBook,
    instruments: str | Sequence[str],
    on: date,
    *,
    examples: int = 3,
) -> Rehearsal:
    """Return who gains, loses, becomes unknown or known on the day when `after` takes the place of `before`.

    `people` are (reference, facts); `examples` is how many people per effect and instrument come with both decisions in full.
    Raises Refused for facts of the wrong kind or an instrument that a book does not know.
    """
    for _, facts in people:
        check_facts(facts)
    names = (instruments,) if isinstance(instruments, str) else tuple(instruments)
    parts = tuple(_of_instrument(people, (before, after), name, on, examples) for name in names)
    return Rehearsal(on, before.version, after.version, parts)
