"""A row of workers becomes a contract, with its skills and wishes, and facts of the person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from opstap.bridges.spreadsheets.roster import WorkerRow
from opstap.engine.shared.priority import age_on
from opstap.foundation.actor import Actor
from opstap.journey.associations.assembly.intake.known import Known
from opstap.journey.associations.assembly.intake.workers import changed_facts, facts_of, terms_of
from opstap.journey.associations.assembly.terms import Terms
from opstap.journey.associations.enums import SkillSource
from opstap.journey.associations.models import Contract, Function
from opstap.journey.associations.operations.contracts import change_contract, hire
from opstap.journey.associations.operations.hiring import follow_contract
from opstap.journey.associations.operations.working import give_skill, set_wishes
from opstap.journey.people.enums import FactSource
from opstap.journey.people.models import Person
from opstap.journey.people.operations import Draft, register_person, set_facts
from opstap.journey.people.queries import folded_name


def apply_worker(value: WorkerRow, known: Known, functions: Mapping[str, Function], by: Actor, at: datetime) -> Contract:
    """Return the worker's contract, made or changed. What somebody can is added to, never taken away by a list."""
    contract = known.contracts.get(value.number)
    terms = terms_of(value, known, contract)
    if contract is None:
        contract = _hire(value, terms, known, by, at)
    else:
        contract = change_contract(contract=contract, terms=terms, version=contract.version, by=by, at=at)
        _tell(contract, value, known, by, at)
    known.contracts[value.number] = contract
    has = set(contract.skills.model.objects.filter(contract=contract).values_list("function_id", flat=True))
    for title in value.skills:
        if functions[title].pk not in has:
            give_skill(contract=contract, function=functions[title], source=SkillSource.LISTED, by=by, at=at)
    set_wishes(contract=contract, functions=[functions[title] for title in value.wishes], by=by, at=at)
    return contract


def _hire(value: WorkerRow, terms: Terms, known: Known, by: Actor, at: datetime) -> Contract:
    """Hire somebody: a candidate of this name whose age the row does not contradict, else a new person."""
    candidate = known.candidates.get(folded_name(value.last_name, value.first_name))
    if candidate is not None and _is_another(value, candidate.referral.person, known.on):
        candidate = None
    person = candidate.referral.person if candidate else _register(value, known, by, at)
    contract = hire(association=known.association, person=person, terms=terms, by=by, at=at)
    if candidate is not None:
        follow_contract(candidate=candidate, contract=contract, by=by, at=at)
        _tell(contract, value, known, by, at)
    return contract


def _is_another(value: WorkerRow, person: Person, on: date) -> bool:
    """Tell whether the row speaks of a namesake: born on another day, or of another age than the person had on the day of the list."""
    if person.birth_date is None:
        return False
    if value.birth_date is not None:
        return value.birth_date != person.birth_date
    return value.age is not None and abs(value.age - age_on(person.birth_date, on)) > 1


def _register(value: WorkerRow, known: Known, by: Actor, at: datetime) -> Person:
    name = {"last_name": value.last_name or value.number, "first_name": value.first_name}
    return register_person(draft=Draft(name | facts_of(value, known), FactSource.IMPORT), by=by, at=at)


def _tell(contract: Contract, value: WorkerRow, known: Known, by: Actor, at: datetime) -> None:
    """Record the facts that a list may change."""
    if facts := changed_facts(contract, facts_of(value, known), known):
        within, person = known.association.contracts.all(), contract.person
        set_facts(person=person, facts=facts, version=person.version, source=FactSource.IMPORT, within=within, by=by, at=at)
