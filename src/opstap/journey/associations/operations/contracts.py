"""Contracts with the association: made, changed, ended; nobody above the cap, nobody twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.journey.associations.assembly.terms import Terms, support_refused, terms_refused
from opstap.journey.associations.models import Association, Contract, Support
from opstap.journey.associations.operations.founding import must_plan
from opstap.journey.people.models import Person
from opstap.journey.people.operations import Draft, register_person


@operation
def hire(*, association: Association, person: Person, terms: Terms, by: Actor, at: datetime) -> Contract:
    """Make a contract: the association is the employer. Without a number it gets the next free one.

    Raises `Refused` for who may not, above the cap of workers, for somebody who has a contract on those days, for a number in use,
    for terms that cannot be, and for a start with VOP after it closed.
    """
    must_plan(by, association)
    _check_terms(terms)
    lock_in_order(f"association:{association.pk}")
    _check_cap(association, terms)
    _check_not_twice(association, person, terms)
    number = terms.number.strip() or _next_number(association)
    if Contract.objects.filter(association=association, number=number).exists():
        raise Refused(Reason("associations.number_in_use", {"number": number}))
    row = Contract.objects.create(
        association=association,
        person=person,
        number=number,
        from_on=terms.from_on,
        until_on=terms.until_on,
        weekly_hours=terms.weekly_hours,
        half_days=terms.half_days,
        is_variable=terms.is_variable,
        support=terms.support.as_json(),
        age_told=terms.age_told,
        age_told_on=terms.age_told_on,
        created_by=by.label[:200],
        created_at=at,
    )
    _note(row, "hire", by, at, {"from": terms.from_on.isoformat(), "hours": str(terms.weekly_hours)})
    return row


@operation
def hire_new(*, association: Association, person: Mapping[str, Any], terms: Terms, by: Actor, at: datetime) -> Contract:
    """Register somebody (fields of a person) and hire them. Raises `Refused` as `hire` does; then nobody is registered either."""
    must_plan(by, association)
    registered = register_person(draft=Draft(person), by=by, at=at)
    return hire(association=association, person=registered, terms=terms, by=by, at=at)


@operation
def change_contract(*, contract: Contract, terms: Terms, version: int, by: Actor, at: datetime) -> Contract:
    """Change hours, days, period or number. `version`: the one that the form showed.

    Raises `Refused` for who may not, when somebody changed it meanwhile, and as `hire` does.
    """
    row = _locked(contract)
    must_plan(by, row.association)
    if row.version != version:
        raise Refused(Reason("associations.changed_meanwhile"))
    _check_terms(terms, was=row)
    _check_cap(row.association, terms, but=row)
    _check_not_twice(row.association, row.person, terms, but=row)
    number = terms.number.strip() or row.number
    if Contract.objects.filter(association=row.association, number=number).exclude(pk=row.pk).exists():
        raise Refused(Reason("associations.number_in_use", {"number": number}))
    row.number, row.from_on, row.until_on = number, terms.from_on, terms.until_on
    row.weekly_hours, row.half_days, row.is_variable = terms.weekly_hours, terms.half_days, terms.is_variable
    row.support = terms.support.as_json()
    row.age_told, row.age_told_on = terms.age_told, terms.age_told_on
    row.version += 1
    row.save()
    _note(row, "change_contract", by, at, {"from": terms.from_on.isoformat(), "hours": str(terms.weekly_hours)})
    return row


@operation
def change_support(*, contract: Contract, support: Support, by: Actor, at: datetime) -> Contract:
    """Record another wage support or another end of it. Raises `Refused` for who may not, and for VOP that starts after it closed."""
    row = _locked(contract)
    must_plan(by, row.association)
    if refused := support_refused(support, row.from_on, row):
        raise Refused(refused)
    row.support = support.as_json()
    row.version += 1
    row.save(update_fields=["support", "version"])
    _note(row, "change_support", by, at, {})
    return row


@operation
def end_contract(*, contract: Contract, until_on: date, reason: str, by: Actor, at: datetime) -> Contract:
    """Let a contract end: `until_on` is the first day after it. Raises `Refused` for who may not, before it began, and without a reason."""
    row = _locked(contract)
    must_plan(by, row.association)
    if until_on <= row.from_on:
        raise Refused(Reason("associations.period_falls"))
    if not reason.strip():
        raise Refused(Reason("associations.end_needs_reason"))
    row.until_on, row.end_reason = until_on, reason.strip()[:300]
    row.version += 1
    row.save(update_fields=["until_on", "end_reason", "version"])
    _note(row, "end_contract", by, at, {"until": until_on.isoformat()})
    return row


def _check_terms(terms: Terms, was: Contract | None = None) -> None:
    """Raise `Refused` for hours, days, a period or a support that cannot be."""
    if refused := terms_refused(terms, was):
        raise Refused(refused)


def _check_cap(association: Association, terms: Terms, but: Contract | None = None) -> None:
    """Raise `Refused` when on some day of the contract more people would be employed than the cap allows."""
    if association.worker_cap is None:
        return
    others = _meeting(association.contracts.all(), terms, but)
    starts = {terms.from_on} | {other.from_on for other in others if other.from_on > terms.from_on}
    most = max(sum(day in other.period for other in others) for day in starts)
    if most + 1 > association.worker_cap:
        raise Refused(Reason("associations.cap_reached", {"cap": association.worker_cap}))


def _check_not_twice(association: Association, person: Person, terms: Terms, but: Contract | None = None) -> None:
    if _meeting(association.contracts.filter(person=person), terms, but):
        raise Refused(Reason("associations.employed_already"))


def _meeting(contracts: QuerySet[Contract], terms: Terms, but: Contract | None) -> list[Contract]:
    found = contracts.filter(Q(until_on__isnull=True) | Q(until_on__gt=terms.from_on))
    found = found.filter(from_on__lt=terms.until_on) if terms.until_on else found
    return list(found.exclude(pk=but.pk) if but else found)


def _next_number(association: Association) -> str:
    taken = [int(number) for number in association.contracts.values_list("number", flat=True) if number.isdecimal()]
    return str(max(taken, default=0) + 1)


def _locked(contract: Contract) -> Contract:
    lock_in_order(f"association:{contract.association_id}")
    return Contract.objects.select_for_update(of=("self",)).select_related("association", "person").get(pk=contract.pk)


def _note(row: Contract, action: str, by: Actor, at: datetime, facts: dict[str, str]) -> None:
    record(by=by, at=at, action=action, subject_kind="contract", subject_id=row.pk, person_id=row.person_id, facts=facts)
