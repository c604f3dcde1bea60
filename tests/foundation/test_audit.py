"""Operations: keyword-only, atomic, audited; audit rows cannot be changed; a form works once."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor, system_actor
from opstap.foundation.audit.models import AuditEntry, OnceKey
from opstap.foundation.audit.operations import Unaudited, answer_once, forget_old_keys, lock_in_order, once, operation, record

AT = datetime(2023, 9, 1, 9, tzinfo=UTC)
BY = system_actor("test")


@operation
def make_user(*, email: str, is_audited: bool, by: Actor, at: datetime) -> User:
    """Make a user, with or without the audit row that every change owes."""
    user = User.objects.create_user(email)
    if is_audited:
        record(by=by, at=at, action="make_user", subject_kind="user", subject_id=user.pk)
    return user


@operation
def make_two(*, by: Actor, at: datetime) -> None:
    """Make two users through another operation, without a row of its own."""
    make_user(email="a@example.be", is_audited=True, by=by, at=at)
    make_user(email="b@example.be", is_audited=True, by=by, at=at)


@pytest.mark.django_db
def test_operation_without_audit_row_changes_nothing() -> None:
    """An operation that forgets its audit row is rolled back."""
    with pytest.raises(Unaudited):
        make_user(email="a@example.be", is_audited=False, by=BY, at=AT)
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_operation_counts_the_rows_of_inner_operations() -> None:
    """An operation made of operations is audited through them."""
    make_two(by=BY, at=AT)
    assert (User.objects.count(), AuditEntry.objects.count()) == (2, 2)


@operation
def make_many(*, keeps_apart: bool, by: Actor, at: datetime) -> None:
    """Make users through operations of which the second breaks, and go on after it."""
    make_user(email="a@example.be", is_audited=True, by=by, at=at)
    with suppress(Unaudited), transaction.atomic(savepoint=keeps_apart):
        make_broken(by=by, at=at)
    make_user(email="c@example.be", is_audited=True, by=by, at=at)


@operation
def make_broken(*, by: Actor, at: datetime) -> None:
    """Make a user as it should be, then one without a row."""
    make_user(email="b@example.be", is_audited=True, by=by, at=at)
    make_user(email="b2@example.be", is_audited=False, by=by, at=at)


@pytest.mark.django_db
def test_operation_that_keeps_an_inner_one_apart_goes_on_when_it_breaks() -> None:
    """What the broken one did and recorded is gone, what came before and after it stays."""
    make_many(keeps_apart=True, by=BY, at=AT)
    kept = [user.email for user in User.objects.order_by("email")]
    assert kept == ["a@example.be", "c@example.be"]
    assert AuditEntry.objects.count() == 2


@pytest.mark.django_db
def test_operation_does_not_go_on_after_an_inner_one_broke() -> None:
    """Without a savepoint of its own the inner failure is everybody's: nothing is left of the whole."""
    with pytest.raises(TransactionManagementError):
        make_many(keeps_apart=False, by=BY, at=AT)
    assert (User.objects.count(), AuditEntry.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_audit_rows_of_inner_operations_are_written_in_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Two users and their rows: a savepoint, two inserts, one insert of both rows in the order in which they were recorded."""
    with django_assert_num_queries(5):
        make_two(by=BY, at=AT)
    made = {str(user.pk): user.email for user in User.objects.all()}
    assert [made[row.subject_id] for row in AuditEntry.objects.order_by("id")] == ["a@example.be", "b@example.be"]


@pytest.mark.django_db
def test_row_outside_of_an_operation_is_written_at_once() -> None:
    """Nobody ends what never began: such a row does not wait."""
    record(by=BY, at=AT, action="look", subject_kind="user", subject_id=1)
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_locks_are_taken_in_one_statement_and_once_each(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Keys in any order and repeated: one statement, a lock for each; without keys nothing is asked."""
    with django_assert_num_queries(1):
        lock_in_order()
        lock_in_order("b", "a", "b")
    assert advisory_locks() == 2


def advisory_locks() -> int:
    """Return how many locks this connection holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        (number,) = cursor.fetchone()
    return int(number)


@operation
def lock_twice(*, goes_back: bool, by: Actor, at: datetime) -> list[int]:
    """Take a lock within a savepoint, which is kept or not, then the same lock again; return the locks held after each."""
    lock_in_order("a")
    seen = []
    with suppress(ZeroDivisionError), transaction.atomic():
        lock_in_order("a", "b")
        seen.append(advisory_locks())
        if goes_back:
            raise ZeroDivisionError
    seen.append(advisory_locks())
    lock_in_order("a", "b")
    record(by=by, at=at, action="lock", subject_kind="test", subject_id="")
    return [*seen, advisory_locks()]


@pytest.mark.django_db
def test_lock_that_is_held_is_not_asked_again() -> None:
    """The inner operation asks for what is missing alone, by name; the next operation asks anew."""
    with CaptureQueriesContext(connection) as asked:
        lock_twice(goes_back=False, by=BY, at=AT)
        lock_twice(goes_back=False, by=BY, at=AT)
    locks = [query["sql"].partition("unnest(")[2].partition(")")[0] for query in asked if "pg_advisory" in query["sql"]]
    assert locks == ["'{a}'::text[]", "'{b}'::text[]", "'{b}'::text[]"] * 2


@pytest.mark.django_db
def test_lock_that_was_let_go_with_its_savepoint_is_taken_again() -> None:
    """Going back to a savepoint lets go what was locked within it: whoever needs it then really holds it."""
    assert lock_twice(goes_back=True, by=BY, at=AT) == [2, 1, 2]


def test_operation_with_positional_arguments_is_refused_at_import() -> None:
    """The frame demands keyword-only arguments, among them by and at."""
    with pytest.raises(TypeError, match="keyword-only"):

        @operation
        def wrong(person: str, *, by: Actor, at: datetime) -> None:
            """Break the law."""


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["update", "delete"])
def test_audit_row_cannot_be_changed(change: str) -> None:
    """The database refuses to change or remove an audit row, whoever asks."""
    make_user(email="a@example.be", is_audited=True, by=BY, at=AT)
    rows = AuditEntry.objects.all()
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        rows.update(action="nothing") if change == "update" else rows.delete()
    assert [row.action for row in AuditEntry.objects.all()] == ["make_user"]


@pytest.mark.django_db
def test_once_gives_the_first_answer_again() -> None:
    """A key used before yields its row with the answer's location; a new key yields none."""
    key = uuid.uuid4()
    with once(key=key, actor_id="a", path="/x/", at=AT) as earlier:
        assert earlier is None
        answer_once(key=key, location="/there/")
    with once(key=key, actor_id="a", path="/x/", at=AT) as earlier:
        assert earlier is not None
        assert earlier.location == "/there/"
    assert OnceKey.objects.count() == 1


@pytest.mark.django_db
def test_once_forgets_a_key_whose_block_failed() -> None:
    """When the first try breaks, the same form can be sent again."""
    key = uuid.uuid4()
    with pytest.raises(ValueError, match="broken"), once(key=key, actor_id="a", path="/x/", at=AT):
        raise ValueError("broken")
    assert OnceKey.objects.count() == 0


@pytest.mark.django_db
def test_once_keeps_no_address_in_clear() -> None:
    """A path or location can hold a link's token: neither is readable in the table, and the answer is found all the same."""
    key = uuid.uuid4()
    with once(key=key, actor_id="a", path="/mijn/v/secret-token/", at=AT):
        answer_once(key=key, location="/mijn/v/secret-token/klaar/")
    row = OnceKey.objects.get()
    assert "secret-token" not in row.path + row.location
    with once(key=key, actor_id="a", path="/mijn/v/secret-token/", at=AT) as earlier:
        assert earlier is not None
        assert earlier.location == "/mijn/v/secret-token/klaar/"


@pytest.mark.django_db
def test_old_keys_are_forgotten_and_recent_ones_kept() -> None:
    """After a month a key is gone; before, it still leads to its answer."""
    old, recent = uuid.uuid4(), uuid.uuid4()
    for key, days in ((old, 31), (recent, 29)):
        with once(key=key, actor_id="a", path="/x/", at=AT - timedelta(days=days)):
            answer_once(key=key, location="/y/")
    assert forget_old_keys(by=BY, at=AT) == 1
    assert [row.key for row in OnceKey.objects.all()] == [recent]
