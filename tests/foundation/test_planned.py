"""Statements that come back: the database plans them once for a connection, and answers with other values each time."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories import make_programme

from opstap.foundation.actor import system_actor
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.audit.operations import Entry, record_many
from opstap.foundation.planned import planned_cursor
from opstap.foundation.prepared import Prepared, RowByKey
from opstap.foundation.programmes.models import Programme

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 4, 9, tzinfo=UTC)


def kept_plans(start: str) -> list[str]:
    """Return the statements of this connection that the database keeps a plan of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE starts_with(statement, %s) ORDER BY statement", [start])
        return [text for (text,) in cursor.fetchall()]


def test_statement_that_comes_back_is_planned_once() -> None:
    """The values stay beside the text: three questions with other values leave one plan, and each has its own answer."""
    sql = "SELECT 'planned once', %s::int + 1"
    answers = []
    for number in (1, 2, 3):
        with planned_cursor() as cursor:
            cursor.execute(sql, [number])
            answers.append(cursor.fetchall())
    assert answers == [[("planned once", 2)], [("planned once", 3)], [("planned once", 4)]]
    assert kept_plans("SELECT 'planned once'") == [sql.replace("%s", "$1")]


def test_planned_statement_is_counted() -> None:
    """Who logs the questions of a page reads this one too, with its value, and as often as it is asked."""
    with CaptureQueriesContext(connection) as queries:
        for _ in range(3):
            with planned_cursor() as cursor:
                cursor.execute("SELECT %s::text", ["one"])
    assert [query["sql"] for query in queries] == ["SELECT 'one'::text"] * 3


def test_prepared_list_is_planned_by_the_database() -> None:
    """A list that is asked again finds what the queryset finds, from one plan."""
    rows = [make_programme(name) for name in ("Een", "Twee", "Drie")]
    prepared = Prepared(lambda row: Programme.objects.filter(pk=row.pk, name__gt="planned"))
    for row in rows:
        assert prepared(row=row) == list(Programme.objects.filter(pk=row.pk, name__gt="planned"))
    assert len([text for text in kept_plans("SELECT") if "programmes_programme" in text]) == 1


def test_audit_rows_are_written_as_they_were_given() -> None:
    """Every column of every row arrives, with what is absent as nothing and the facts as JSON."""
    person = make_programme("Wie").pk
    entries = [Entry("read", "thing", 7, person, {"n": 1, "words": 'aan"halings\\tekens é', "none": None}), Entry("change", "thing", "x")]
    record_many(by=system_actor("Opstap"), at=AT, entries=entries)
    rows = AuditEntry.objects.order_by("id").values_list(
        "at", "actor_id", "channel", "action", "subject_id", "person_id", "purpose", "facts"
    )
    assert list(rows) == [
        (AT, "system:Opstap", "job", "read", "7", person, "", {"n": 1, "words": 'aan"halings\\tekens é', "none": None}),
        (AT, "system:Opstap", "job", "change", "x", None, "", {}),
    ]


def test_what_else_the_connection_says_drives_out_no_plan() -> None:
    """Three hundred other statements and a savepoint rolled back leave what was asked before as it was: half way, or planned."""
    half, whole = "SELECT 'half way', %s::int", "SELECT 'whole way', %s::int"
    with planned_cursor() as cursor:
        for sql, times in ((half, 2), (whole, 3)):
            for number in range(times):
                cursor.execute(sql, [number])
    with connection.cursor() as cursor:
        for number in range(300):
            cursor.execute("SELECT %s", [number])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    with planned_cursor() as cursor:
        cursor.execute(half, [3])
    assert (kept_plans("SELECT 'half way'"), kept_plans("SELECT 'whole way'")) == ([half.replace("%s", "$1")], [whole.replace("%s", "$1")])


def test_row_by_its_key_is_the_row_as_it_is_now_or_says_that_it_is_gone() -> None:
    """Asked twice, it is read anew each time; an unknown key is the model's own error."""
    by_key = RowByKey(Programme.objects.all())
    row = make_programme("Eerst")
    assert by_key(row.pk).name == "Eerst"
    Programme.objects.filter(pk=row.pk).update(name="Daarna")
    assert by_key(row.pk).name == "Daarna"
    with pytest.raises(Programme.DoesNotExist):
        by_key(uuid4())
