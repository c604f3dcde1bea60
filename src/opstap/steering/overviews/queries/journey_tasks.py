"""What is to be followed up of one person, why a rule asks it, and what was said to the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.outbox.queries import messages_to
from opstap.journey.followup.enums import Rule, TaskState
from opstap.journey.followup.queries import rules_of, tasks_about
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_follow

SHOWN = 40
"""Messages shown; older ones are in the log."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task: what is the matter, by which rule, what the person reads about it, by when, and how it ended.

    `over_id` is the placement whose agreed days are over, when the task asks to end it.
    """

    id: UUID
    what: Reason
    rule: Reason | None
    for_person: Reason
    is_confirmed: bool
    due_on: date
    is_late: bool
    owner: str
    state: TaskState
    snoozed_until: date | None
    end_reason: str
    note: str
    closed_at: datetime | None
    closed_by: str
    over_id: UUID | None

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for somebody."""
        return self.state == TaskState.OPEN


@dataclass(frozen=True, slots=True)
class Said:
    """One message: when, about what, by which way, and how far it came."""

    at: datetime
    about: Reason
    channel: str
    state: str


def journey_tasks(actor: Actor, referral: Referral, on: date) -> list[TaskLine]:
    """Return the tasks about a followed person: open ones first, then the latest. One query."""
    tasks = tasks_about(actor, referral)
    rules = rules_of(tasks[0], on) if tasks else {}
    lines = []
    for task in tasks:
        terms = rules.get(Rule(task.rule))
        facts = task.facts | (terms.facts if terms else {})
        lines.append(
            TaskLine(
                id=task.pk,
                what=Reason(f"followup.task.{task.rule}", task.facts),
                rule=Reason(f"followup.rule.{task.rule}", terms.facts) if terms else None,
                for_person=Reason(f"followup.person.{task.rule}", facts),
                is_confirmed=terms is None or terms.is_confirmed,
                due_on=task.due_on,
                is_late=task.due_on < on,
                owner=task.owner.name if task.owner else "",
                state=TaskState(task.state),
                snoozed_until=task.snoozed_until if task.snoozed_until and task.snoozed_until > on else None,
                end_reason=task.end_reason,
                note=task.note,
                closed_at=task.closed_at,
                closed_by=task.closed_by,
                over_id=task.placement_id if task.rule == Rule.WORK_OVER and task.state == TaskState.OPEN else None,
            )
        )
    return lines


def journey_messages(actor: Actor, referral: Referral) -> list[Said]:
    """Return what was said to a followed person, newest first; nothing for anybody else. One query."""
    if not may_follow(actor, referral):
        return []
    rows = messages_to(actor, referral.person_id)[:SHOWN]
    return [Said(row.sent_at or row.queued_at, Reason(f"{row.code}.subject", row.facts or {}), row.channel, row.state) for row in rows]
