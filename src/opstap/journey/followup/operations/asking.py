"""A task that another room asks for: somebody by name, a day, and why; closed again when what it was for is gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.queries import users_with_role
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.operations import operation, record
from opstap.journey.followup.enums import EndReason, Rule, TaskState
from opstap.journey.followup.models import Task
from opstap.journey.followup.permissions import may_run_rules, may_settle
from opstap.journey.followup.queries import rules_for
from opstap.journey.referrals.models import Referral


@operation
def open_task(*, rule: Rule, referral: Referral, once: str, facts: dict[str, str], by: Actor, at: datetime) -> Task:
    """Return the open task of this cause (`once`), opened now when there was none: for a team lead, else a coordinator, with a last day.

    Without either it is the counsellor's own. Raises `Refused` for anybody but the product itself.
    """
    if not may_run_rules(by):
        raise Refused(Reason("followup.only_the_product"))
    on = localdate(at)
    whose = {
        "rule": rule.value,
        "programme_id": referral.programme_id,
        "referral": referral,
        "owner_id": who_oversees(referral, at) or referral.counsellor_id,
        "organisation_id": referral.counselling_organisation_id,
        "due_on": on + timedelta(days=rules_for(referral.programme_id, on)[rule]["due"]),
        "opened_at": at,
        "facts": facts,
    }
    task, _ = Task.objects.get_or_create(once=once, defaults=whose)
    record(by=by, at=at, action="open_task", subject_kind="task", subject_id=task.pk, person_id=referral.person_id)
    return task


def who_oversees(referral: Referral, at: datetime) -> UUID | None:
    """Return a team lead of the organisation that follows the person, else a coordinator of this programme, by name; else None."""
    on, organisation = localdate(at), referral.counselling_organisation_id
    leads = users_with_role(Role.TEAM_LEAD, organisation_id=organisation, on=on) if organisation else []
    found = leads or users_with_role(Role.COORDINATOR, organisation_id=None, programme_id=referral.programme_id, on=on)
    return next((user.pk for user in found), None)


@operation
def settle_task(*, once: str, by: Actor, at: datetime) -> int:
    """Close the open task of a cause that is gone; return how many that were, none or one. Raises `Refused` for who may not."""
    tasks = list(Task.objects.select_for_update(of=("self",)).select_related("referral").filter(once=once, state=TaskState.OPEN))
    for task in tasks:
        if not may_settle(by, task):
            raise Refused(Reason("followup.may_not_handle"))
        task.state, task.end_reason = TaskState.DONE.value, EndReason.CAUSE_GONE.value
        task.closed_at, task.closed_by, task.snoozed_until = at, by.label[:200], None
        task.save(update_fields=["state", "end_reason", "closed_at", "closed_by", "snoozed_until"])
    person_id = next((task.referral.person_id for task in tasks if task.referral is not None), None)
    found = tasks[0].pk if tasks else ""
    record(by=by, at=at, action="cause_gone", subject_kind="task", subject_id=found, person_id=person_id, facts={"closed": len(tasks)})
    return len(tasks)
