"""A long list is read and applied by a worker in the name of who asked for it."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.factories import DAY, NOW, make_programme, make_user
from tests.journey.imports.lists import ELIF, JAN, SYSTEM, as_csv, bring, statuses

from opstap.bridges.spreadsheets.archives import is_long
from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.models import RoleGrant, User
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Role, system_actor
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.jobs import redecide
from opstap.journey.eligibility.models import Decision
from opstap.journey.imports.enums import ListKind
from opstap.journey.imports.jobs import apply_list, read_list
from opstap.journey.imports.models import Batch, Row, WaitingFile
from opstap.journey.imports.operations import apply_rows, fail_list, queue_list, receive_list, upload_list
from opstap.journey.imports.queries.batches import failure_of, queued_progress
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


def receive(programme: Programme, user: User, data: bytes, *, at: datetime = NOW) -> Batch:
    """Bring in a list of people that a worker reads."""
    by = actor_for(user, DAY)
    return receive_list(programme=programme, kind=ListKind.PEOPLE, data=data, filename="lang.csv", as_of=DAY, by=by, at=at)


def test_long_list_is_read_by_a_worker() -> None:
    """The file waits sealed, the job holds ids only, and afterwards every row is there and the file is forgotten."""
    programme = make_programme()
    user = make_user(Role.COORDINATOR, name="Hilde Vanhee", programme=programme)
    batch = receive(programme, user, as_csv(ELIF, JAN))
    job = ProcrastinateJob.objects.get(task_name="imports.read_list")
    assert job.args == {"batch_id": str(batch.pk), "user_id": str(user.pk)}
    assert (batch.status, statuses(batch), WaitingFile.objects.count()) == ("reading", [], 1)
    read_list(**job.args)
    batch.refresh_from_db()
    assert (batch.status, statuses(batch), WaitingFile.objects.count()) == ("preview", ["ready_new", "ready_new"], 0)
    assert AuditEntry.objects.get(action="upload_list").actor_label == "Hilde Vanhee"


def test_file_of_a_long_list_lies_sealed() -> None:
    """No name of the list can be read in the table where the file waits, not in clear and not in base64."""
    programme = make_programme()
    data = as_csv(ELIF)
    receive(programme, make_user(Role.COORDINATOR, programme=programme), data)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM imports_waitingfile")
        stored = bytes(cursor.fetchone()[0])
    assert [part for part in ("Yılmaz".encode(), b64encode(data)[:40]) if part in stored] == []


def test_long_list_brought_in_twice_is_read_once() -> None:
    """The same file that still waits is the same list, and a worker started again finds it read."""
    programme = make_programme()
    user = make_user(Role.COORDINATOR, programme=programme)
    first, second = (receive(programme, user, as_csv(ELIF, JAN)) for _ in range(2))
    for _ in range(2):
        read_list(batch_id=str(first.pk), user_id=str(user.pk))
    assert (first.pk, Row.objects.count(), ProcrastinateJob.objects.filter(task_name="imports.read_list").count()) == (second.pk, 2, 1)


def test_long_file_that_is_no_list_is_told_on_its_page() -> None:
    """The worker keeps the reason in the list, no row, and no file."""
    programme = make_programme()
    user = make_user(Role.COORDINATOR, programme=programme)
    batch = receive(programme, user, b"%PDF-1.7")
    read_list(batch_id=str(batch.pk), user_id=str(user.pk))
    batch.refresh_from_db()
    with pytest.raises(Refused) as refused:
        upload_list(programme=programme, kind=ListKind.PEOPLE, data=b"%PDF-1.7", filename="x.csv", as_of=DAY, by=SYSTEM, at=NOW)
    assert (batch.status, failure_of(batch), WaitingFile.objects.count()) == ("failed", refused.value.reason, 0)


@pytest.mark.parametrize("is_active", [True, False])
def test_list_of_who_lost_the_role_ends_with_the_reason(is_active: bool) -> None:  # noqa: FBT001 - a case
    """Nobody waits for a list whose coordinator left: what was asked for is said to be stopped, and nothing is changed."""
    programme = make_programme()
    user = make_user(Role.COORDINATOR, programme=programme)
    long, short = receive(programme, user, as_csv(ELIF, JAN)), bring(programme, JAN)
    queue_list(batch=short, by=actor_for(user, DAY), at=NOW)
    RoleGrant.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(is_active=is_active)
    read_list(batch_id=str(long.pk), user_id=str(user.pk))
    apply_list(batch_id=str(short.pk), user_id=str(user.pk))
    found = {each.pk: each for each in Batch.objects.all()}
    assert {failure_of(each) for each in found.values()} == {Reason("imports.nobody_to_act_for")}
    assert (found[long.pk].status, found[short.pk].status, statuses(short)) == ("failed", "preview", ["ready_new"])
    assert (queued_progress(SYSTEM, found[short.pk]), Person.objects.count()) == (None, 0)


def test_stopped_list_can_be_applied_again() -> None:
    """A list that was stopped is queued anew, and its earlier failure is no longer told."""
    programme = make_programme()
    user = make_user(Role.COORDINATOR, programme=programme)
    batch = bring(programme, JAN)
    fail_list(batch=batch, reason=Reason("imports.worker_stopped"), by=SYSTEM, at=NOW)
    queued = queue_list(batch=batch, by=actor_for(user, DAY), at=NOW)
    assert (failure_of(queued), queued_progress(SYSTEM, queued)) == (None, (0, 1))


def test_list_that_waits_cannot_be_applied() -> None:
    """As long as its rows are not there, applying a list would end it with nothing."""
    programme = make_programme()
    user = make_user(Role.COORDINATOR, programme=programme)
    batch = receive(programme, user, as_csv(ELIF))
    for operation in (apply_rows, queue_list):
        with pytest.raises(Refused) as refused:
            operation(batch=batch, by=actor_for(user, DAY), at=NOW)
        assert refused.value.reason == Reason("imports.not_read_yet")


def test_only_long_files_are_left_to_a_worker() -> None:
    """A list of some hundreds of rows is read at once, whether text or workbook; one of thousands is not."""
    sizes = [b"a" * 300_000, b"a" * 300_001, b"PK\x03\x04" + b"a" * 119_996, b"PK\x03\x04" + b"a" * 119_997]
    assert [is_long(data) for data in sizes] == [False, True, False, True]
