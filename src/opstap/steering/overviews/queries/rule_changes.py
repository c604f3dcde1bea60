"""Proposed changes of the rules, for those who have a say in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opstap.foundation.actor import Actor
from opstap.foundation.programmes.queries import own_programmes
from opstap.journey.eligibility.assembly import book_with, parameter_change, parameter_in
from opstap.journey.eligibility.enums import ChangeState
from opstap.journey.eligibility.models import RuleChange
from opstap.journey.eligibility.permissions import (
    may_approve_for,
    may_approve_rule_change,
    may_propose_rule_change,
    may_withdraw_rule_change,
)
from opstap.journey.eligibility.queries import approved_rule_changes, change_state, rule_change_for, rule_changes
from opstap.steering.overviews.queries.rehearsals import RehearsalView, rehearsal_view

Value = int | bool | tuple[str, ...] | None
SETTLED = (ChangeState.WITHDRAWN, ChangeState.IN_FORCE)


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
class ChangePage:
    """A change, its rehearsal, and what this actor may do with it; `is_own` when a colleague must approve."""

    programme_id: UUID
    change: ChangeLine
    rehearsal: RehearsalView | None
    may_rehearse: bool
    may_approve: bool
    may_withdraw: bool
    is_own: bool


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
        change=change_line(change, approved, on),
        rehearsal=rehearsal_view(change, book_with(programme, approved)),
        may_rehearse=is_open and has_say,
        may_approve=is_open and may_approve_rule_change(actor, change),
        may_withdraw=state not in SETTLED and may_withdraw_rule_change(actor, change),
        is_own=actor.user_id == change.proposed_by_id,
    )


def all_rule_changes(actor: Actor, on: date) -> list[tuple[str, ChangeLine]]:
    """Return the changes of every programme in whose rules the actor has a say, with the programme's name, newest first."""
    found = []
    for programme in own_programmes(actor):
        approved = approved_rule_changes(programme)
        found += [(programme.name, change_line(change, approved, on)) for change in rule_changes(actor, programme)]
    return sorted(found, key=lambda pair: pair[1].proposed_at, reverse=True)


def change_line(change: RuleChange, approved: list[RuleChange], on: date) -> ChangeLine:
    """Return a change beside the value that the other approved changes give on its day."""
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
