"""Why somebody is put aside, moved on or stopped may speak of health: it comes back as written, and no table holds it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from tests.factories import make_person, make_programme, make_referral
from tests.journey.eligibility.cases import AT
from tests.journey.matching.rounds import SYSTEM

from opstap.journey.referrals.enums import ClosingReason
from opstap.journey.referrals.models import Referral, StageMove
from opstap.journey.referrals.operations import Aside, close_referral, snooze_many
from opstap.journey.referrals.queries import put_aside_because

pytestmark = pytest.mark.django_db
UNTIL = date(2024, 1, 8)
WORDS = "de rug is te zwak"


def stored(table: str, column: str) -> list[bytes]:
    """Return what lies in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608 - names of the test's own
        return [bytes(value) for (value,) in cursor.fetchall() if value is not None]


def test_why_somebody_is_put_aside_is_unreadable_at_rest() -> None:
    """One by one and many at once; a list that reads the column without the row opens it with the row's key, and no other's."""
    programme = make_programme()
    rows = [make_referral(make_person(), programme) for _ in range(3)]
    snooze_many(asides=[Aside(row, UNTIL, WORDS) for row in rows[:2]], by=SYSTEM, at=AT)
    columns = dict(Referral.objects.values_list("pk", "snooze_reason"))
    assert [Referral.objects.get(pk=row.pk).snooze_reason for row in rows] == [WORDS, WORDS, None]
    assert [put_aside_because(row.pk, columns[row.pk]) for row in rows] == [WORDS, WORDS, ""]
    assert [b"zwak" in value for value in stored("referrals_referral", "snooze_reason")] == [False, False]


def test_why_somebody_stopped_is_unreadable_at_rest() -> None:
    """The words of the one who closes the way stay with the move, for who reads the file later."""
    referral = make_referral(make_person(), make_programme())
    close_referral(referral=referral, why=ClosingReason.PERSON_STOPS, words=WORDS, by=SYSTEM, at=AT)
    move = StageMove.objects.get(to_stage="closed")
    assert (move.reason["code"], move.reason["facts"]["words"]) == ("referrals.closed_person_stops", WORDS)
    assert [b"zwak" in value for value in stored("referrals_stagemove", "reason")] == [False]
