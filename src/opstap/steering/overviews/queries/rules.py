"""The numbers of the rules with their values over time, for those who have a say in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opstap.foundation.actor import Actor
from opstap.foundation.programmes.models import Programme
from opstap.foundation.programmes.queries import own_programmes, programme_for
from opstap.journey.eligibility.assembly import Book, book_with, codes_by_parameter, instruments_by_parameter
from opstap.journey.eligibility.permissions import may_propose_rule_change, may_see_rule_changes
from opstap.journey.eligibility.queries import approved_rule_changes, rule_changes
from opstap.steering.overviews.queries.rule_changes import SETTLED, ChangeLine, Value, change_line


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
class RulesPage:
    """A programme's parameters and the changes that wait for somebody; `may_propose` opens the form."""

    programme_id: UUID
    programme: str
    others: tuple[tuple[UUID, str], ...]
    parameters: tuple[ParameterLine, ...]
    waiting: tuple[ChangeLine, ...]
    settled: tuple[ChangeLine, ...]
    may_propose: bool


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
    changes = [change_line(change, approved, on) for change in rule_changes(actor, programme)]
    others = tuple((other.pk, other.name) for other in own_programmes(actor) if other.pk != programme.pk)
    return RulesPage(
        programme_id=programme.pk,
        programme=programme.name,
        others=others,
        parameters=_parameters(book_with(programme, approved), programme, on),
        waiting=tuple(change for change in changes if change.state not in SETTLED),
        settled=tuple(change for change in changes if change.state in SETTLED),
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
