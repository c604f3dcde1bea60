"""Who read and changed what: for auditors, newest first, in pages that cost the same however long the log is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.audit.models import AuditEntry

PAGE = 50


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log; `older` is the id to go on from, None at the end."""

    entries: tuple[AuditEntry, ...]
    older: int | None


def log_entries(actor: Actor) -> QuerySet[AuditEntry]:
    """Return the whole log for an auditor, nothing for anybody else."""
    return AuditEntry.objects.all() if actor.has(Role.AUDITOR) else AuditEntry.objects.none()


def log_page(actor: Actor, *, person_ids: Collection[UUID] = (), who: str = "", action: str = "", before: int | None = None) -> LogPage:
    """Return a page of the log, newest first.

    Of one person (`person_ids`: all their records), of readers whose name contains `who`, of one kind of action.
    """
    entries = log_entries(actor).order_by("-id")
    if person_ids:
        entries = entries.filter(person_id__in=person_ids)
    if who.strip():
        entries = entries.filter(actor_label__icontains=who.strip())
    if action:
        entries = entries.filter(action=action)
    if before is not None:
        entries = entries.filter(id__lt=before)
    rows = list(entries[: PAGE + 1])
    return LogPage(tuple(rows[:PAGE]), rows[PAGE - 1].pk if len(rows) > PAGE else None)


def replays(actor: Actor, decision_ids: list[UUID]) -> dict[str, AuditEntry]:
    """Return the latest replay of each decision, by the decision's id as text, for an auditor."""
    keys = [str(decision_id) for decision_id in decision_ids]
    rows = log_entries(actor).filter(action="replay_decision", subject_kind="decision", subject_id__in=keys).order_by("id")
    return {row.subject_id: row for row in rows}


def recorded_facts(actor: Actor, *, action: str, subject_kind: str, subject_id: object) -> list[dict[str, Any]]:
    """Return the facts of the rows of one kind about one thing, the oldest first: for the product itself, nothing for anybody else."""
    rows = AuditEntry.objects.filter(action=action, subject_kind=subject_kind, subject_id=str(subject_id)).order_by("id")
    return list(rows.values_list("facts", flat=True)) if actor.kind is ActorKind.SYSTEM else []
