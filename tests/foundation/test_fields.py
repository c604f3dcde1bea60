"""Sealed fields: unreadable at rest, bound to their row, found by a blind index."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import override_settings

from opstap.foundation.fields import SealBroken, blind_days_until, blind_index, blind_month, seal, unseal
from opstap.journey.people.models import Person

AT = datetime(2023, 9, 1, 9, tzinfo=UTC)


def a_person(**fields: object) -> Person:
    """Return a saved person with sealed facts."""
    person = Person(last_name="Zee", folded_name="zee an", created_at=AT, changed_at=AT, **fields)
    person.save()
    return person


def raw_bytes(person: Person, column: str) -> bytes:
    """Return what lies in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM people_person WHERE id = %s", [person.pk])  # noqa: S608 - a column of ours
        return bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_sealed_value_comes_back_and_is_unreadable_at_rest() -> None:
    """What is sealed is read back as it was, and its text is not in the table."""
    person = a_person(limits=["lifting"], national_number="84653019755")
    fresh = Person.objects.get(pk=person.pk)
    assert (fresh.limits, fresh.national_number) == (["lifting"], "84653019755")
    assert b"lifting" not in raw_bytes(person, "limits")
    assert b"84653019755" not in raw_bytes(person, "national_number")


@pytest.mark.django_db
def test_sealed_value_unknown_stays_unknown() -> None:
    """Null means "not known"; an empty list means "none"."""
    assert Person.objects.get(pk=a_person().pk).limits is None
    assert Person.objects.get(pk=a_person(limits=[]).pk).limits == []


@pytest.mark.django_db
def test_sealed_value_moved_to_another_row_is_refused() -> None:
    """A sealed value that is copied to another person does not open there."""
    one, other = a_person(limits=["lifting"]), a_person(limits=["dust"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET limits = %s WHERE id = %s", [raw_bytes(one, "limits"), other.pk])
    with pytest.raises(SealBroken):
        _ = Person.objects.get(pk=other.pk).limits


@pytest.mark.django_db
def test_sealed_value_saved_unopened_stays_readable() -> None:
    """Saving a row whose sealed values were never opened keeps them."""
    person = a_person(limits=["heights"])
    unopened = Person.objects.get(pk=person.pk)
    unopened.first_name = "An"
    unopened.save()
    assert Person.objects.get(pk=person.pk).limits == ["heights"]


@pytest.mark.django_db
def test_sealed_value_refuses_update() -> None:
    """`update()` cannot bind a value to a row, so it is refused instead of writing it in clear."""
    person = a_person()
    with pytest.raises(TypeError, match="sealed per row"):
        Person.objects.filter(pk=person.pk).update(limits=["lifting"])


@pytest.mark.django_db
def test_blind_index_finds_the_same_number_again() -> None:
    """Equal values have equal hashes, in step with every save; no value has none."""
    person = a_person(national_number="84653019755")
    assert person.national_number_index == blind_index("84653019755", "national_number")
    assert Person.objects.get(national_number_index=blind_index("84653019755", "national_number")) == person
    person.national_number = None
    person.save()
    assert Person.objects.get(pk=person.pk).national_number_index == ""


def test_blind_index_differs_per_purpose() -> None:
    """The same text for another purpose cannot be linked."""
    assert blind_index("vop", "work_limitation_right") != blind_index("vop", "maatwerk_advice")


def test_seal_with_an_older_key_still_opens() -> None:
    """After a new key is put first, values sealed with the old one still open; without the old key they do not."""
    old, new = b"o" * 32, b"n" * 32
    with override_settings(FIELD_KEYS={1: old}, FIELD_KEY_CURRENT=1):
        sealed = seal({"a": 1}, "x:1")
    with override_settings(FIELD_KEYS={2: new, 1: old}, FIELD_KEY_CURRENT=2):
        assert unseal(sealed, "x:1") == {"a": 1}
    with override_settings(FIELD_KEYS={2: new}, FIELD_KEY_CURRENT=2), pytest.raises(SealBroken):
        unseal(sealed, "x:1")


@pytest.mark.django_db
def test_sealed_day_comes_back_as_a_day_and_is_unreadable_at_rest() -> None:
    """A sealed day is a day on its row; the table holds its hashes and neither the day nor the month."""
    person = a_person(work_limitation_until=date(2024, 5, 1))
    assert Person.objects.get(pk=person.pk).work_limitation_until == date(2024, 5, 1)
    assert Person.objects.get(pk=a_person().pk).work_limitation_until is None
    for column in ("work_limitation_until", "work_limitation_until_index", "work_limitation_until_month"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column}::text FROM people_person WHERE id = %s", [person.pk])  # noqa: S608 - a column of ours
            assert "2024-05" not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("sealed", "is_before"),
    [
        (date(1900, 1, 1), True),
        (date(2023, 8, 31), True),
        (date(2023, 9, 1), True),
        (date(2023, 9, 2), False),
        (date(2023, 10, 1), False),
        (date(2024, 9, 1), False),
    ],
)
def test_blind_days_tell_the_order_of_a_sealed_day(sealed: date, *, is_before: bool) -> None:
    """A day is on or before another exactly when its month is among the whole months, or itself among the days of the last one."""
    months, days = blind_days_until(date(2023, 9, 1), date(1900, 1, 1), "until")
    assert (blind_month(sealed, "until") in months or blind_index(sealed.isoformat(), "until") in days) is is_before
    assert (len(months), len(days)) == (123 * 12 + 8, 1)
