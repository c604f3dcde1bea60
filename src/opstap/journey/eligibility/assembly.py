"""Rows to facts, rule changes to a rule book, answers to rows: the only door from this room to the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import IntegerField, Q, QuerySet
from django.db.models.expressions import RawSQL

from opstap.engine.eligibility import (
    FACT_TYPES,
    Confidence,
    Facts,
    FactValue,
    Parameter,
    ParameterChange,
    Rehearsal,
    RuleBook,
    SqlColumn,
    SqlExpr,
    canonical_bytes,
    facts_as_json,
    facts_from_json,
    facts_read,
    load_rulesets,
    rehearse,
    sql_condition,
)
from opstap.engine.eligibility import decide as decide_facts
from opstap.engine.eligibility.rules import InParameter, NotInParameter, walk
from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.fields import blind_days_until, blind_index
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.models import RuleBookVersion, RuleChange
from opstap.journey.eligibility.queries import approved_rule_changes
from opstap.journey.people.enums import EARLIEST
from opstap.journey.people.models import Person
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import visible_referrals

_REGION = "region"


@dataclass(frozen=True, slots=True)
class Book:
    """A programme's rule book with its digest, its canonical content and the names of the facts it reads, made once."""

    rules: RuleBook
    version: str
    content: Mapping[str, Any]
    fact_names: frozenset[str]


@dataclass(frozen=True, slots=True)
class MachineAnswer:
    """What the rules say of one person: ready to be stored."""

    instrument: str
    facts: dict[str, str | bool | int | None]
    result: dict[str, Any]
    answer: str
    expires_on: date | None


def facts_of(person: Person, host_kind: str | None = None) -> dict[str, FactValue]:
    """Return what is known of a person as the engine names it; None is "not known". `host_kind` adds a fact of the place."""
    return {
        "municipality": person.municipality or None,
        "registered_since": person.registered_since,
        "income": person.income or None,
        "benefit_since": person.benefit_since,
        "benefit_exemption": person.benefit_exemption,
        "birth_date": person.birth_date,
        "education": person.education or None,
        "work_limitation_right": person.work_limitation_right,
        "work_limitation_until": person.work_limitation_until,
        "maatwerk_advice": person.maatwerk_advice,
        "host_kind": host_kind,
    }


def _blind(purpose: str) -> SqlColumn:
    return SqlColumn(f"NULLIF(people_person.{purpose}_index, '')", lambda value: blind_index(str(value), purpose))


@lru_cache(maxsize=64)
def _limitation_ended(day: date) -> SqlExpr:
    months, days = blind_days_until(day, EARLIEST, "work_limitation_until")
    column = "NULLIF(people_person.work_limitation_until_{}, '') = ANY(%s)"
    return SqlExpr(f"({column.format('month')} OR {column.format('index')})", (months, days))


PERSON_COLUMNS: Mapping[str, SqlColumn] = {
    "municipality": SqlColumn("NULLIF(people_person.municipality, '')"),
    "registered_since": SqlColumn("people_person.registered_since"),
    "income": SqlColumn("NULLIF(people_person.income, '')"),
    "benefit_since": SqlColumn("people_person.benefit_since"),
    "benefit_exemption": SqlColumn("people_person.benefit_exemption"),
    "birth_date": SqlColumn("people_person.birth_date"),
    "education": SqlColumn("NULLIF(people_person.education, '')"),
    "work_limitation_right": _blind("work_limitation_right"),
    "work_limitation_until": SqlColumn("NULLIF(people_person.work_limitation_until_index, '')", on_or_before=_limitation_ended),
    "maatwerk_advice": _blind("maatwerk_advice"),
}
"""Where each fact of `facts_of` stands in the table of people; sealed facts are compared by their blind indexes."""


def parameter_change(change: RuleChange) -> ParameterChange:
    """Return a row as the engine's change."""
    value = tuple(change.value) if isinstance(change.value, list) else change.value
    return ParameterChange(change.parameter, change.effective_from, value, change.source, Confidence(change.confidence))


@lru_cache(maxsize=64)
def _book(name: str, municipalities: tuple[str, ...], changes: tuple[ParameterChange, ...]) -> Book:
    base = load_rulesets()
    first = base.all_parameters[_REGION].values[0]
    region: tuple[ParameterChange, ...] = ()
    if municipalities != first.value:
        region = (ParameterChange(_REGION, first.valid_from, municipalities, name, Confidence.CONFIRMED),)
    rules = base.with_changes([*region, *changes])
    names = frozenset(name for ruleset in rules.rulesets.values() for name in facts_read(ruleset))
    return Book(rules, rules.version, rules.as_json(), names)


def book_with(programme: Programme, changes: Iterable[RuleChange]) -> Book:
    """Return the programme's rules with these changes (each from its own date), whatever is approved.

    Raises `Refused` for a parameter that does not exist or a value that does not fit it.
    """
    ordered = sorted(changes, key=lambda change: change.effective_from)
    return _book(programme.name, tuple(programme.municipalities), tuple(parameter_change(change) for change in ordered))


def rule_book(programme: Programme) -> Book:
    """Return the rules in force for a programme: those of the product, its own region, and its approved changes."""
    return book_with(programme, approved_rule_changes(programme))


def machine_answer(facts: Facts, book: Book, instrument: str, on: date) -> MachineAnswer:
    """Return what the rules say of these facts on the day; raises `Refused` for an instrument or code the rules do not know."""
    result = decide_facts(facts, book.rules, instrument, on)
    return MachineAnswer(instrument, facts_as_json(facts), result.as_json(), result.answer.value, result.expires_on)


def facts_for(person: Person, book: Book) -> dict[str, FactValue]:
    """Return what is known of a person as far as the rules of the book read it: no decision keeps more than it needs."""
    return {name: value for name, value in facts_of(person).items() if name in book.fact_names}


def stored_facts(facts: Facts) -> dict[str, str | bool | int | None]:
    """Return facts as a decision stores them."""
    return facts_as_json(facts)


def ruleset_version(book: Book, instrument: str) -> str:
    """Return the digest of one instrument's rules and numbers; raises `Refused` for an instrument the rules do not know."""
    return book.rules.ruleset(instrument).version


def stored_ruleset_version(version: RuleBookVersion, instrument: str) -> str | None:
    """Return the digest of one instrument's rules and numbers in a stored rule book, None when it did not know the instrument."""
    ruleset = RuleBook.from_json(version.content).rulesets.get(instrument)
    return None if ruleset is None else ruleset.version


def replayed(version: RuleBookVersion, facts: dict[str, Any], instrument: str, on: date) -> bytes:
    """Return the canonical bytes of the decision that these stored rules and facts lead to."""
    rules = RuleBook.from_json(version.content)
    return canonical_bytes(decide_facts(facts_from_json(facts), rules, instrument, on).as_json())


def stored_bytes(result: Mapping[str, Any]) -> bytes:
    """Return the canonical bytes of a stored result, to compare with `replayed`."""
    return canonical_bytes(result)


def rehearsed(change: RuleChange, people: Iterable[tuple[str, Person]]) -> dict[str, Any]:
    """Return who gains, loses, becomes unknown or known on the day of the change, over these people, as the engine's JSON."""
    approved = approved_rule_changes(change.programme)
    before, after = book_with(change.programme, approved), book_with(change.programme, [*approved, change])
    with_facts = [(reference, facts_for(person, after)) for reference, person in people]
    instruments = [name for name in change.programme.instruments if name in before.rules.instruments]
    return rehearse(with_facts, before.rules, after.rules, instruments, change.effective_from).as_json()


def rehearsal_of(change: RuleChange) -> Rehearsal | None:
    """Return the stored rehearsal of a change, or None when it was not rehearsed yet."""
    return Rehearsal.from_json(change.rehearsal) if change.rehearsal else None


def parameter_in(book: Book, parameter_id: str) -> Parameter:
    """Return one parameter; raises `Refused` when the rules have none with this id."""
    found = book.rules.all_parameters.get(parameter_id)
    if found is None:
        raise Refused(Reason("eligibility.parameter_unknown", {"parameter": parameter_id}))
    return found


def instruments_by_parameter(book: Book, programme: Programme) -> dict[str, tuple[str, ...]]:
    """Return for each parameter the programme's instruments whose rules read it."""
    offered = [ruleset for name, ruleset in book.rules.rulesets.items() if name in programme.instruments]
    return {name: tuple(ruleset.instrument for ruleset in offered if name in ruleset.parameters) for name in book.rules.all_parameters}


def codes_by_parameter(book: Book) -> dict[str, tuple[str, ...]]:
    """Return for each list the codes it can hold: those of the fact it is compared with; a list of free names is left out."""
    codes: dict[str, tuple[str, ...]] = {}
    for ruleset in book.rules.rulesets.values():
        for node in walk(ruleset.tree):
            if isinstance(node, InParameter | NotInParameter) and FACT_TYPES[node.fact].codes:
                codes[node.parameter] = tuple(code for code in FACT_TYPES[node.fact].codes if code)
    return codes


def answered_referrals(actor: Actor, programme: Programme, instrument: str, on: date) -> QuerySet[Referral]:
    """Return the visible, open referrals with `machine_answer`: 1 yes, 0 no, -1 not known, computed by the database for a list."""
    condition = sql_condition(rule_book(programme).rules, instrument, on, PERSON_COLUMNS)
    # the condition is built from rule files and the column map above, never from input; its values are parameters
    answer = RawSQL(condition.sql, condition.params, output_field=IntegerField())  # noqa: S611 - the text is written by the rule book, every value is a parameter
    referrals = visible_referrals(actor).filter(programme=programme, person__merged_into__isnull=True).exclude(stage="closed")
    return referrals.select_related("person").annotate(machine_answer=answer)


def eligible_referrals(actor: Actor, programme: Programme, instrument: str, on: date) -> QuerySet[Referral]:
    """Return the visible, open referrals of people who, by the rules of the day, may start with the instrument."""
    return answered_referrals(actor, programme, instrument, on).filter(Q(machine_answer=1))
