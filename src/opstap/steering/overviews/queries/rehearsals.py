"""What a change of the rules does to the caseload, as a page shows it: counts per effect and unnamed examples."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from opstap.engine.shared import Reason
from opstap.journey.eligibility.assembly import Book, rehearsal_of
from opstap.journey.eligibility.enums import HEALTH_FACTS, Badge
from opstap.journey.eligibility.models import RuleChange
from opstap.journey.eligibility.queries import badge_of

EFFECTS = ("gains", "loses", "becomes_unknown", "becomes_known")


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One condition before and after the change: a badge and why, without anything about health."""

    title: Reason
    before: Badge
    after: Badge
    reason_before: Reason
    reason_after: Reason
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """An example: one person, unnamed, whose answer changes."""

    number: int
    effect: str
    instrument: str
    before: str
    after: str
    lines: tuple[TraceLine, ...]

    @property
    def changed(self) -> list[TraceLine]:
        """The conditions that the change touches."""
        return [line for line in self.lines if line.is_changed]

    @property
    def unchanged(self) -> list[TraceLine]:
        """The conditions that stay as they are."""
        return [line for line in self.lines if not line.is_changed]


@dataclass(frozen=True, slots=True)
class EffectLine:
    """How many people per effect, for one instrument."""

    instrument: str
    gains: int
    loses: int
    becomes_unknown: int
    becomes_known: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class RehearsalView:
    """What a change does to the whole caseload on its day: people per effect (counted once, for any instrument), and per instrument."""

    on: date
    people: int
    gains: int
    loses: int
    becomes_unknown: int
    becomes_known: int
    lines: tuple[EffectLine, ...]
    traces: tuple[Trace, ...]
    is_outdated: bool

    @property
    def first_traces(self) -> list[Trace]:
        """One example for each effect on each instrument."""
        firsts = {(trace.instrument, trace.effect): trace for trace in reversed(self.traces)}
        return sorted(firsts.values(), key=lambda trace: trace.number)

    @property
    def more_traces(self) -> list[Trace]:
        """The other examples."""
        return [trace for trace in self.traces if trace not in self.first_traces]

    @property
    def touches_nobody(self) -> bool:
        """Tell whether every answer stays as it is."""
        return not (self.gains or self.loses or self.becomes_unknown or self.becomes_known)


def rehearsal_view(change: RuleChange, book: Book) -> RehearsalView | None:
    """Return the stored rehearsal of a change, or None; outdated when the rules are no longer those of `book` before the change."""
    rehearsal = rehearsal_of(change)
    if rehearsal is None:
        return None
    lines = tuple(
        EffectLine(
            part.instrument,
            **{effect.value: len(people) for effect, people in part.people.items()},
            unchanged=part.unchanged,
        )
        for part in rehearsal.instruments
    )
    touched: dict[str, set[str]] = {effect: set() for effect in EFFECTS}
    for part in rehearsal.instruments:
        for effect, names in part.people.items():
            touched[effect.value] |= set(names)
    people = max((line.unchanged + sum(getattr(line, effect) for effect in EFFECTS) for line in lines), default=0)
    traces = tuple(
        Trace(
            number=number,
            effect=example.effect.value,
            instrument=example.before.instrument,
            before=example.before.answer.value,
            after=example.after.answer.value,
            lines=_trace(example.before.as_json()["conditions"], example.after.as_json()["conditions"]),
        )
        for number, example in enumerate(rehearsal.examples, 1)
    )
    is_open = change.approved_at is None and change.withdrawn_at is None
    is_outdated = is_open and rehearsal.before_version != book.version
    totals = {effect: len(names) for effect, names in touched.items()}
    return RehearsalView(rehearsal.on, people, **totals, lines=lines, traces=traces, is_outdated=is_outdated)


def _trace(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> tuple[TraceLine, ...]:
    later = {line["code"]: line for line in after}
    lines = []
    for line in before:
        then = later[line["code"]]
        title = Reason(f"eligibility.{line['code']}")
        is_changed = line["answer"] != then["answer"]
        lines.append(TraceLine(title, badge_of(line), badge_of(then), _shown(line["reason"]), _shown(then["reason"]), is_changed))
    return tuple(lines)


def _shown(data: dict[str, Any]) -> Reason:
    reason = Reason.from_json(data)
    return Reason("decisions.health_not_shown") if HEALTH_FACTS & set(reason.facts) else reason
