"""Seeing to a task that a rule opened: done, not needed, or later."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.desks.counsellor.forms.follow_up import SnoozeForm
from opstap.desks.counsellor.forms.sharing import CloseTaskForm
from opstap.desks.counsellor.reach import journey_url, staff_of
from opstap.desks.counsellor.tasks import Task, carry_out
from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.clock import now, today
from opstap.journey.followup.operations import close_task, put_off_task
from opstap.journey.followup.queries import task_for
from opstap.ui.components.status import reason as in_words

if TYPE_CHECKING:
    from opstap.journey.followup.models import Task as FollowUp

ONE_WEEK = timedelta(days=7)


def _found(request: HttpRequest, task_id: UUID) -> tuple[Actor, FollowUp, str, str]:
    """Return who asks, the task, what it is about in words, and where to go back to."""
    actor = staff_of(request)
    task = task_for(actor, task_id)
    if task is None or task.referral is None:
        raise Http404
    about = f"{task.referral.person}: {in_words(Reason(f'followup.task.{task.rule}', task.facts))}"
    return actor, task, about, journey_url(task.referral.pk, "taken")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Close a task with a note."""
    actor, task, about, back = _found(request, task_id)

    def act(given: dict[str, Any]) -> None:
        close_task(task=task, is_done=given["outcome"] == "done", note=given["note"], by=actor, at=now())

    return carry_out(
        request, Task(_("Close a task"), about, _("Close"), _("The task is closed."), back), CloseTaskForm(request.POST or None), act
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def put_off(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Put a task off until a day, with a reason."""
    actor, task, about, back = _found(request, task_id)
    done = _("Put off. On that day the task is back in “my day”.")
    form = SnoozeForm(request.POST or None, proposed=today() + ONE_WEEK)

    def act(given: dict[str, Any]) -> None:
        put_off_task(task=task, until=given["until"], note=given["reason"], by=actor, at=now())

    return carry_out(request, Task(_("Put off a task"), about, _("Put off"), done, back), form, act)
