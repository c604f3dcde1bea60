"""A long list is applied by a worker in the name of who asked for it."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.factories import DAY, NOW, make_programme, make_user
from tests.journey.imports.lists import ELIF, JAN, bring, statuses

from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Role, system_actor
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.eligibility.jobs import redecide
from opstap.journey.eligibility.models import Decision
from opstap.journey.imports.jobs import apply_list
from opstap.journey.imports.models import Batch
from opstap.journey.imports.operations import queue_list
from opstap.journey.imports.queries.batches import queued_progress
from opstap.journey.people.models import Person

pytestmark = pytest.mark.django_db


def test_queued_list_is_applied_by_a_worker() -> None:
    """The job is in the queue with ids only, progress starts at nothing, and afterwards the audit rows name the coordinator."""
    programme = make_programme()
    user = make_user(Role.COORDINATOR, name="Hilde Vanhee", programme=programme)
    batch = bring(programme, ELIF, JAN)
    queue_list(batch=batch, by=actor_for(user, DAY), at=NOW)
    job = ProcrastinateJob.objects.get(task_name="imports.apply_list")
    assert job.args == {"batch_id": str(batch.pk), "user_id": str(user.pk)}
    assert queued_progress(system_actor("test"), Batch.objects.get()) == (0, 2)
    apply_list(**job.args)
    assert (statuses(batch), queued_progress(system_actor("test"), Batch.objects.get())) == (["applied", "applied"], None)
    assert set(AuditEntry.objects.filter(action="register_person").values_list("actor_label", "channel")) == {("Hilde Vanhee", "job")}


def test_worker_started_again_does_nothing_twice() -> None:
    """A job that a killed worker left behind runs once more and finds nothing to do."""
    programme = make_programme()
    user = make_user(Role.COORDINATOR, programme=programme)
    batch = bring(programme, ELIF, JAN)
    for _ in range(2):
        apply_list(batch_id=str(batch.pk), user_id=str(user.pk))
    assert Person.objects.count() == 2


def test_people_of_a_list_are_decided_on_afterwards() -> None:
    """Applying a list asks a worker to decide on the programme, so that nobody waits for the night."""
    programme = make_programme()
    user = make_user(Role.COORDINATOR, programme=programme)
    batch = bring(programme, ELIF, JAN)
    apply_list(batch_id=str(batch.pk), user_id=str(user.pk))
    job = ProcrastinateJob.objects.get(task_name="eligibility.redecide")
    assert (job.args, Decision.objects.count()) == ({"programme_id": str(programme.pk)}, 0)
    redecide(**job.args)
    assert Decision.objects.values("referral").distinct().count() == 2
