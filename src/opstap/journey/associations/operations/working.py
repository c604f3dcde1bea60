"""What a worker can, wishes to learn, and when they are away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.associations.enums import AbsenceKind, SkillSource
from opstap.journey.associations.models import Contract, ContractAbsence, Function, Skill, Wish
from opstap.journey.associations.operations.founding import must_plan


@operation
def give_skill(*, contract: Contract, function: Function, source: SkillSource = SkillSource.COACH, by: Actor, at: datetime) -> Skill:
    """Note that somebody can do a function; it is no wish any more. Raises `Refused` for who may not."""
    _must_belong(contract, [function], by)
    values = {"source": source.value, "since_on": localdate(at), "said_by": by.label[:200]}
    row, _ = Skill.objects.get_or_create(contract=contract, function=function, defaults=values)
    Wish.objects.filter(contract=contract, function=function).delete()
    _note(contract, "give_skill", by, at, function)
    return row


@operation
def withdraw_skill(*, contract: Contract, function: Function, by: Actor, at: datetime) -> None:
    """Take back that somebody can do a function. Raises `Refused` for who may not."""
    _must_belong(contract, [function], by)
    Skill.objects.filter(contract=contract, function=function).delete()
    _note(contract, "withdraw_skill", by, at, function)


@operation
def set_wishes(*, contract: Contract, functions: Sequence[Function], by: Actor, at: datetime) -> None:
    """Keep what somebody wishes to learn, in their order, in place of earlier wishes; what they can already is left out.

    Raises `Refused` for who may not.
    """
    _must_belong(contract, functions, by)
    can = set(contract.skills.values_list("function_id", flat=True))
    wished = [function for function in dict.fromkeys(functions) if function.pk not in can]
    Wish.objects.filter(contract=contract).delete()
    Wish.objects.bulk_create(Wish(contract=contract, function=function, rank=rank) for rank, function in enumerate(wished, 1))
    record(
        by=by, at=at, action="set_wishes", subject_kind="contract", subject_id=contract.pk, person_id=contract.person_id,
        facts={"wishes": len(wished)},
    )  # fmt: skip


@operation
def note_worker_absence(
    *, contract: Contract, from_on: date, until_on: date | None, kind: AbsenceKind, by: Actor, at: datetime
) -> ContractAbsence:
    """Note that somebody is away on `[from_on, until_on)`, without an end while no return is known; never why in words.

    Raises `Refused` for who may not, for days that run backwards, and for days on which they are away already.
    """
    must_plan(by, contract.association)
    if until_on is not None and until_on <= from_on:
        raise Refused(Reason("associations.period_falls"))
    new = ContractAbsence(contract=contract, from_on=from_on, until_on=until_on, kind=kind.value, noted_by=by.label[:200], noted_at=at)
    if any(new.period.overlaps(other.period) for other in ContractAbsence.objects.filter(contract=contract)):
        raise Refused(Reason("associations.away_already"))
    new.save()
    _note(contract, "note_worker_absence", by, at)
    return new


@operation
def end_worker_absence(*, absence: ContractAbsence, until_on: date, by: Actor, at: datetime) -> None:
    """Let an absence end: `until_on` is the first day back; on or before its first day it is taken away.

    Raises `Refused` for who may not.
    """
    contract = absence.contract
    must_plan(by, contract.association)
    if until_on <= absence.from_on:
        absence.delete()
    else:
        absence.until_on = until_on
        absence.save(update_fields=["until_on"])
    _note(contract, "end_worker_absence", by, at)


def _must_belong(contract: Contract, functions: Sequence[Function], by: Actor) -> None:
    must_plan(by, contract.association)
    if any(function.association_id != contract.association_id for function in functions):
        raise Refused(Reason("associations.function_of_another"))


def _note(contract: Contract, action: str, by: Actor, at: datetime, function: Function | None = None) -> None:
    facts = {"function": str(function.pk)} if function else {}
    record(by=by, at=at, action=action, subject_kind="contract", subject_id=contract.pk, person_id=contract.person_id, facts=facts)
