"""The numbers of the rules with their values over time, and the changes that were proposed, for those who have a say in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.programmes.models import Programme
from opstap.foundation.programmes.queries import own_programmes, programme_for
from opstap.journey.eligibility.assembly import (
    Book,
    book_with,
    codes_by_parameter,
    instruments_by_parameter,
    parameter_change,
    parameter_in,
    rehearsal_of,
)
from opstap.journey.eligibility.enums import HEALTH_FACTS, Badge, ChangeState
from opstap.journey.eligibility.models import RuleChange
from opstap.journey.eligibility.permissions import (
    may_approve_for,
    may_approve_rule_change,
    may_propose_rule_change,
    may_see_rule_changes,
    may_withdraw_rule_change,
)
from opstap.journey.eligibility.queries import approved_rule_changes, badge_of, change_state, rule_change_for, rule_changes

Value = int | bool | tuple[str, ...] | None
EFFECTS = ("gains", "loses", "becomes_unknown", "becomes_known")
_SETTLED = (ChangeState.WITHDRAWN, ChangeState.IN_FORCE)


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A value with the days on which it holds, `[valid_from, until)`, its source and how sure that is (C, S, D, M)."""

    value: Value
    valid_from: date
    until: date | None
    source: str
    confidence: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """One parameter: its English title, its unit (months, yes_no, list), the value today (None: nothing is asked) and all others."""

    id: str
    title: str
    unit: str
    now: DatedLine | None
    coming: DatedLine | None
    history: tuple[DatedLine, ...]
    instruments: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A proposed change beside the value that holds on its day without it."""

    id: UUID
    parameter: str
    title: str
    unit: str
    before: Value
    after: Value
    effective_from: date
    state: str
    source: str
    confidence: str
    motivation: str
    proposed_by: str
    proposed_at: datetime
    rehearsed_at: datetime | None
    approved_by: str
    approved_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class RulesPage:
    """A programme's parameters and the changes that wait for somebody; `may_propose` opens the form."""

    programme_id: UUID
    programme: str
    others: tuple[tuple[UUID, str], ...]
    parameters: tuple[ParameterLine, ...]
    waiting: tuple[ChangeLine, ...]
    settled: tuple[ChangeLine, ...]
    may_propose: bool


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


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A change, its rehearsal, and what this actor may do with it; `is_own` when a colleague must approve."""

    programme_id: UUID
    change: ChangeLine
    rehearsal: RehearsalView | None
    may_rehearse: bool
    may_approve: bool
    may_withdraw: bool
    is_own: bool


def ruled_programme(actor: Actor, programme_id: UUID | None = None) -> Programme | None:
    """Return the programme (the latest without an id) in whose rules the actor has a say, or None."""
    programme = programme_for(actor, programme_id)
    return programme if programme and may_see_rule_changes(actor, programme) else None


def proposable_programme(actor: Actor, programme_id: UUID) -> Programme | None:
    """Return the programme when the actor may propose a change of its rules, or None."""
    programme = programme_for(actor, programme_id)
    return programme if programme and may_propose_rule_change(actor, programme) else None


def rules_page(actor: Actor, programme_id: UUID | None, on: date) -> RulesPage | None:
    """Return the parameters of a programme as they stand on the day, or None out of reach."""
    programme = ruled_programme(actor, programme_id)
    if programme is None:
        return None
    approved = approved_rule_changes(programme)
    changes = [_change(change, approved, on) for change in rule_changes(actor, programme)]
    others = tuple((other.pk, other.name) for other in own_programmes(actor) if other.pk != programme.pk)
    return RulesPage(
        programme_id=programme.pk,
        programme=programme.name,
        others=others,
        parameters=_parameters(book_with(programme, approved), programme, on),
        waiting=tuple(change for change in changes if change.state not in _SETTLED),
        settled=tuple(change for change in changes if change.state in _SETTLED),
        may_propose=may_propose_rule_change(actor, programme),
    )


def _parameters(book: Book, programme: Programme, on: date) -> tuple[ParameterLine, ...]:
    """Return every parameter that an instrument of the programme reads, in the order of the rule files."""
    uses, codes = instruments_by_parameter(book, programme), codes_by_parameter(book)
    lines = []
    for parameter in book.rules.parameters():
        if not uses[parameter.id]:
            continue
        ends = [*(dated.valid_from for dated in parameter.values[1:]), None]
        history = tuple(
            DatedLine(
                value=dated.value,
                valid_from=dated.valid_from,
                until=until,
                source=dated.source,
                confidence=dated.confidence.value,
                is_now=dated.valid_from <= on and (until is None or on < until),
            )
            for dated, until in zip(parameter.values, ends, strict=True)
        )
        now = next((line for line in history if line.is_now), None)
        coming = next((line for line in history if line.valid_from > on), None)
        named = codes.get(parameter.id, ())
        lines.append(ParameterLine(parameter.id, parameter.title, parameter.unit.value, now, coming, history, uses[parameter.id], named))
    return tuple(lines)


def parameter_line(actor: Actor, programme_id: UUID | None, parameter_id: str, on: date) -> ParameterLine | None:
    """Return one parameter of a programme in whose rules the actor has a say, or None."""
    programme = ruled_programme(actor, programme_id)
    if programme is None:
        return None
    book = book_with(programme, approved_rule_changes(programme))
    return next((line for line in _parameters(book, programme, on) if line.id == parameter_id), None)


def change_page(actor: Actor, change_id: UUID, on: date) -> ChangePage | None:
    """Return a change with its rehearsal, or None out of reach. Examples are unnamed and say nothing of health."""
    change = rule_change_for(actor, change_id)
    if change is None:
        return None
    is_open = change.approved_at is None and change.withdrawn_at is None
    programme = change.programme
    approved = approved_rule_changes(programme)
    state = change_state(change, on)
    has_say = may_propose_rule_change(actor, programme) or may_approve_for(actor, programme)
    return ChangePage(
        programme_id=programme.pk,
        change=_change(change, approved, on),
        rehearsal=_rehearsal(change, book_with(programme, approved)),
        may_rehearse=is_open and has_say,
        may_approve=is_open and may_approve_rule_change(actor, change),
        may_withdraw=state not in _SETTLED and may_withdraw_rule_change(actor, change),
        is_own=actor.user_id == change.proposed_by_id,
    )


def all_rule_changes(actor: Actor, on: date) -> list[tuple[str, ChangeLine]]:
    """Return the changes of every programme in whose rules the actor has a say, with the programme's name, newest first."""
    found = []
    for programme in own_programmes(actor):
        approved = approved_rule_changes(programme)
        found += [(programme.name, _change(change, approved, on)) for change in rule_changes(actor, programme)]
    return sorted(found, key=lambda pair: pair[1].proposed_at, reverse=True)


def _change(change: RuleChange, approved: list[RuleChange], on: date) -> ChangeLine:
    parameter = parameter_in(book_with(change.programme, [other for other in approved if other.pk != change.pk]), change.parameter)
    return ChangeLine(
        id=change.pk,
        parameter=change.parameter,
        title=parameter.title,
        unit=parameter.unit.value,
        before=parameter.value(change.effective_from),
        after=parameter_change(change).value,
        effective_from=change.effective_from,
        state=change_state(change, on).value,
        source=change.source,
        confidence=change.confidence,
        motivation=change.motivation,
        proposed_by=str(change.proposed_by),
        proposed_at=change.proposed_at,
        rehearsed_at=change.rehearsed_at,
        approved_by=str(change.approved_by or ""),
        approved_at=change.approved_at,
        withdrawn_at=change.withdrawn_at,
    )


def _rehearsal(change: RuleChange, book: Book) -> RehearsalView | None:
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
