"""What people do with a task: it is done, it is not needed, or it waits until a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.among import Keys
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.prepared import Prepared
from opstap.foundation.rows import write_rows
from opstap.journey.followup.enums import EndReason, Rule, TaskState
from opstap.journey.followup.models import Task
from opstap.journey.followup.permissions import may_handle
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.placements.permissions import may_run

_CLOSED = ("state", "end_reason", "closed_at", "closed_by", "note", "snoozed_until")


@dataclass(frozen=True, slots=True)
class Closing:
    """A task that is closed: done, or not needed with a note that says why."""

    task: Task
    is_done: bool
    note: str = ""


@operation
def close_task(*, task: Task, is_done: bool, note: str = "", by: Actor, at: datetime) -> Task:
    """Close one task as `close_tasks` does, and return it."""
    (row,) = close_tasks(closings=[Closing(task, is_done, note)], by=by, at=at)
    return row


@operation
def close_tasks(*, closings: Sequence[Closing], by: Actor, at: datetime) -> list[Task]:
    """Close tasks, all or none: each is done, or not needed with a note that says why; its cause counts as seen to on this day.

    Raises `Refused` for who may not, for a task that is closed already, and for "not needed" without words.
    """
    rows = _open([closing.task for closing in closings], by)
    for row, closing in zip(rows, closings, strict=True):
        if not closing.is_done and not closing.note.strip():
            raise Refused(Reason("followup.not_needed_says_why"))
        row.state = (TaskState.DONE if closing.is_done else TaskState.DROPPED).value
        row.end_reason = (EndReason.HANDLED if closing.is_done else EndReason.NOT_NEEDED).value
        row.closed_at, row.closed_by, row.note, row.snoozed_until = at, by.label[:200], closing.note.strip()[:500], None
        _note(row, "close_task", {"rule": row.rule, "reason": row.end_reason}, by, at)
    write_rows(rows, *_CLOSED)
    return rows


@operation
def put_off_task(*, task: Task, until: date, note: str, by: Actor, at: datetime) -> Task:
    """Put a task off until a day, with a reason; it then comes back. Refuses as `close_task`, and for a day that has passed."""
    (row,) = _open([task], by)
    if until <= localdate(at):
        raise Refused(Reason("referrals.snooze_in_the_past", {"until": until.isoformat()}))
    if not note.strip():
        raise Refused(Reason("followup.put_off_says_why"))
    row.snoozed_until, row.note = until, note.strip()[:500]
    row.save(update_fields=["snoozed_until", "note"])
    _note(row, "put_off_task", {"rule": row.rule, "until": until.isoformat()}, by, at)
    return row


@operation
def settle_ending(*, placement: Placement, note: str, by: Actor, at: datetime) -> int:
    """Note that the next step after this placement is known (a relay, say): no task about its end is open, and none will be.

    Returns how many tasks that closed, one for work that runs and had none yet included. One that somebody saw to stays as it was.
    Raises `Refused` for who may not run the placement.
    """
    if not may_run(by, placement):
        raise Refused(Reason("referrals.may_not_follow"))
    closed = {"state": TaskState.DONE.value, "end_reason": EndReason.HANDLED.value, "closed_at": at, "closed_by": by.label[:200]}
    closed |= {"note": note.strip()[:500], "snoozed_until": None}
    about_end = Task.objects.filter(placement=placement, rule=Rule.AGREEMENT_ENDING)
    settled = about_end.filter(state=TaskState.OPEN).update(**closed)
    if placement.state in {PlacementState.TO_BE_AGREED, PlacementState.RUNNING}:
        once = f"{Rule.AGREEMENT_ENDING}:{placement.pk}:{placement.period.upper}"
        settled += about_end.filter(once=once, end_reason=EndReason.CAUSE_GONE).update(**closed)
        _, is_new = Task.objects.get_or_create(once=once, defaults=_about_end(placement, at) | closed)
        settled += is_new
    facts = {"rule": Rule.AGREEMENT_ENDING.value, "settled": settled}
    person_id = placement.person_id if settled else None
    record(by=by, at=at, action="settle_task", subject_kind="placement", subject_id=placement.pk, person_id=person_id, facts=facts)
    return settled


def _about_end(placement: Placement, at: datetime) -> dict[str, object]:
    """Return the fields of a task about the end of this placement."""
    return {
        "rule": Rule.AGREEMENT_ENDING.value,
        "programme_id": placement.referral.programme_id,
        "referral_id": placement.referral_id,
        "placement": placement,
        "owner_id": placement.referral.counsellor_id,
        "organisation_id": placement.referral.counselling_organisation_id,
        "due_on": localdate(at),
        "opened_at": at,
        "facts": {},
    }


def _open(tasks: Sequence[Task], by: Actor) -> list[Task]:
    """Return the tasks, locked, in the order given, when the actor may handle each and each is open; raises `Refused`."""
    found = {row.pk: row for row in _LOCKED(keys=Keys(task.pk for task in tasks))}
    rows = [found[task.pk] for task in tasks]
    if not all(may_handle(by, row) for row in rows):
        raise Refused(Reason("followup.may_not_handle"))
    if any(row.state != TaskState.OPEN for row in rows):
        raise Refused(Reason("followup.closed_already"))
    return rows


def _locked(keys: Keys) -> QuerySet[Task]:
    return Task.objects.select_for_update(of=("self",)).select_related("referral").filter(pk__among=keys).order_by("pk")


_LOCKED = Prepared(_locked)


def _note(row: Task, action: str, facts: dict[str, str], by: Actor, at: datetime) -> None:
    person_id = row.referral.person_id if row.referral is not None else None
    record(by=by, at=at, action=action, subject_kind="task", subject_id=row.pk, person_id=person_id, facts=facts)
