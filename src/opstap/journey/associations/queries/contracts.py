"""Contracts that an actor may see, and whether somebody may be lent to an organisation on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.associations.models import Association, Contract, Membership
from opstap.journey.associations.permissions import may_plan

_PARTS = ("skills__function", "wishes__function", "absences")


def contracts_of(actor: Actor, association: Association) -> QuerySet[Contract]:
    """Return all contracts of an association, ended ones too, with person, skills, wishes and absences; none without the right to plan."""
    rows = association.contracts.select_related("person").prefetch_related(*_PARTS)
    return rows if may_plan(actor, association) else rows.none()


def current_contracts(actor: Actor, association: Association, start: date, until: date) -> QuerySet[Contract]:
    """Return the contracts that hold on at least one day of `[start, until)`."""
    return contracts_of(actor, association).filter(Q(until_on__isnull=True) | Q(until_on__gt=start), from_on__lt=until)


def contract_for(actor: Actor, contract_id: UUID) -> Contract | None:
    """Return a contract of an association that the actor plans for, with all that belongs to it; None otherwise."""
    rows = Contract.objects.select_related("person", "association__organisation").prefetch_related(*_PARTS)
    found = rows.filter(pk=contract_id).first()
    return found if found is not None and may_plan(actor, found.association) else None


def contract_with_absences(actor: Actor, contract_id: UUID) -> Contract | None:
    """Return `contract_for` without what the worker can do and wishes: for pages about days."""
    rows = Contract.objects.select_related("person", "association__organisation").prefetch_related("absences")
    found = rows.filter(pk=contract_id).first()
    return found if found is not None and may_plan(actor, found.association) else None


def is_member(association: Association, organisation_id: UUID, on: date) -> bool:
    """Tell whether an organisation is a member on a day."""
    days = Q(until_on__isnull=True) | Q(until_on__gt=on)
    return Membership.objects.filter(days, association=association, organisation_id=organisation_id, from_on__lte=on).exists()


def employment_refused(contract: Contract, organisation_id: UUID, on: date) -> Reason | None:
    """Return why this worker cannot work for the organisation on a day: the contract does not run, or it is no member then; else None."""
    facts = {"day": on.isoformat()}
    if on not in contract.period:
        return Reason("associations.no_contract_that_day", facts)
    if not is_member(contract.association, organisation_id, on):
        return Reason("associations.no_member_that_day", facts)
    return None
