"""Rows are written by SQL that stays the same: as Django writes them, one or many at a time, and never less than was asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange
from tests.factories import make_person
from tests.journey.attendance.floor import MONDAYS, make_floor

from opstap.foundation.outbox.models import Message
from opstap.foundation.rows import add_once, add_rows, write_rows
from opstap.journey.attendance.models import Day
from opstap.journey.people.models import Person
from opstap.journey.placements.models import PlacementHalfDay

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 4, 9, tzinfo=UTC)


def message(once: str) -> Message:
    """Return a message that is not written yet."""
    row = Message(channel="email", code="message.test", weight="must", subject_kind="test", subject_id=uuid4(), once=once)
    row.not_before = row.queued_at = AT
    row.state, row.facts, row.address = "queued", {"name": "Noor"}, "noor@voorbeeld.be"
    return row


def test_new_row_is_written_with_all_it_holds() -> None:
    """Sealed fields open on the row that is read again, and what was not given is as the model says."""
    row = message("one")
    row.save()
    found = Message.objects.get(once="one")
    assert (found.facts, found.address, found.tries, found.useful_until, found.queued_at) == (row.facts, row.address, 0, None, AT)
    assert (found.pk, row._state.adding) == (row.pk, False)


def test_saving_again_writes_one_statement_and_only_these_fields() -> None:
    """What the row in memory holds otherwise stays as it is in the database."""
    row = message("one")
    row.save()
    row.tries, row.state_reason = 2, "slow"
    with CaptureQueriesContext(connection) as asked:
        row.save(update_fields=["tries"])
    found = Message.objects.get(pk=row.pk)
    assert (len(asked), found.tries, found.state_reason) == (1, 2, "")


def test_blind_index_follows_a_sealed_field() -> None:
    """A person whose number changes is found by the new one."""
    person = make_person(national_number="85.61.01-001.05")
    person.national_number = "85.61.01-002.04"
    person.save()
    found = Person.objects.get(pk=person.pk)
    assert (found.national_number, found.national_number_index) == (person.national_number, person.national_number_index)


def test_what_the_database_computes_is_computed() -> None:
    """A value that is an expression goes Django's own way."""
    row = message("one")
    row.save()
    row.tries = F("tries") + 3
    row.save(update_fields=["tries"])
    assert Message.objects.get(pk=row.pk).tries == 3


def test_row_that_is_not_there_is_not_written() -> None:
    """A row that somebody removed meanwhile is an error, by itself and among others."""
    here, gone = message("here"), message("gone")
    here.save()
    gone.save()
    Message.objects.filter(pk=gone.pk).delete()
    here.tries = 1
    with pytest.raises(DatabaseError), transaction.atomic():
        gone.save(update_fields=["tries"])
    with pytest.raises(DatabaseError), transaction.atomic():
        write_rows([here, gone], "tries")
    assert Message.objects.get(pk=here.pk).tries == 0


def test_what_the_database_refuses_is_refused() -> None:
    """A second row with the same name for its cause, and a text that is too long, in one row and in many."""
    first, second = message("one"), message("two")
    first.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        message("one").save()
    second.save()
    first.code, second.code = "x" * 61, "message.test"
    for rows in ([first], [first, second]):
        with pytest.raises(DatabaseError), transaction.atomic():
            write_rows(rows, "code")


def test_many_rows_are_written_by_one_statement() -> None:
    """Each gets its own values, of every kind: numbers, moments, texts and what is not known."""
    floor = make_floor()
    placement = floor.learner()
    floor.note(placement, *MONDAYS)
    days = list(Day.objects.order_by("on"))
    for number, day in enumerate(days):
        day.hours, day.noted_by = Decimal(number) + Decimal("0.25"), f"Els {number}"
        day.person_at = AT + timedelta(hours=number) if number else None
    with CaptureQueriesContext(connection) as asked:
        write_rows(days, "hours", "noted_by", "person_at")
    found = list(Day.objects.order_by("on").values_list("hours", "noted_by", "person_at"))
    assert found == [(day.hours, day.noted_by, day.person_at) for day in days]
    assert len(asked) == 1


def test_lists_are_not_written_together() -> None:
    """Several lists would run into each other: that is an error before anything is written."""
    people = [make_person("Een"), make_person("Twee")]
    with pytest.raises(TypeError):
        write_rows(people, "wishes")


def test_row_is_written_once() -> None:
    """A second row with the same value in the unique field is not written; without a value every row is."""
    written = [add_once(row, "once") for row in (message("one"), message("one"), message("two"))]
    nameless = [message("three"), message("four")]
    for row in nameless:
        row.once = None
    assert written == [True, False, True]
    assert [add_once(row, "once") for row in nameless] == [True, True]
    assert Message.objects.count() == 4


def test_many_new_rows_are_written_by_one_statement() -> None:
    """Each with all it holds, sealed fields and periods too, whether or not the database counts out the key."""
    learner = make_floor().learner()
    messages = [message("one"), message("two")]
    messages[1].facts, messages[1].useful_until = {"name": "Bo"}, AT
    period = DateRange(date(2024, 1, 1), date(2024, 2, 1))
    halves = [PlacementHalfDay(placement=learner, person_id=learner.person_id, half_day=at, period=period) for at in (4, 5)]
    with CaptureQueriesContext(connection) as asked:
        add_rows(messages)
        add_rows(halves)
        add_rows([])
    assert len(asked) == 2
    assert [(row.facts, row.useful_until) for row in Message.objects.order_by("once")] == [({"name": "Noor"}, None), ({"name": "Bo"}, AT)]
    assert list(learner.half_days.filter(half_day__gt=3).values_list("half_day", "period")) == [(4, period), (5, period)]
