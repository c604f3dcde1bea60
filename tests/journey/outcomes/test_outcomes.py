"""What became of people: once per moment, corrected by a new row, asked when it is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from tests.journey.agreements.signed import counsellor_of
from tests.journey.eligibility.cases import acting, make_programme, make_user
from tests.journey.matching.rounds import SYSTEM
from tests.journey.outcomes.ended import LAST, end, make_running

from opstap.engine.shared import Refused
from opstap.foundation.actor import Role, person_actor
from opstap.foundation.outbox.models import Message
from opstap.journey.outcomes.enums import OutcomeKind, OutcomeMoment, OutcomeSource
from opstap.journey.outcomes.models import Ending, Outcome
from opstap.journey.outcomes.operations import ask_outcomes, record_outcome
from opstap.journey.outcomes.queries import due_moments, due_on, moments_to_tell, outcomes_of

pytestmark = pytest.mark.django_db


def noon(on: date) -> datetime:
    """Return the middle of a day."""
    return datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo("Europe/Brussels"))


def tell(ending: Ending, moment: OutcomeMoment, kind: OutcomeKind, on: date) -> Outcome:
    """Let the counsellor tell what became of somebody."""
    by = counsellor_of(ending.placement)
    return record_outcome(ending=ending, moment=moment, kind=kind, source=OutcomeSource.COUNSELLOR, by=by, at=noon(on))


@pytest.mark.parametrize(
    ("ended", "moment", "due"),
    [
        (date(2023, 12, 2), OutcomeMoment.EXIT, date(2023, 12, 2)),
        (date(2023, 8, 31), OutcomeMoment.M3, date(2023, 11, 30)),
        (date(2023, 8, 31), OutcomeMoment.M6, date(2024, 2, 29)),
        (date(2023, 12, 2), OutcomeMoment.M12, date(2024, 12, 2)),
    ],
)
def test_moment_is_due_in_calendar_months(ended: date, moment: OutcomeMoment, due: date) -> None:
    """Months are months of the calendar; the last day of a short month stands for the 31st."""
    assert due_on(ended, moment) == due


def test_outcome_before_its_moment_is_refused() -> None:
    """Nobody can tell in December how it goes in June."""
    ending = end(make_running())
    with pytest.raises(Refused) as refused:
        tell(ending, OutcomeMoment.M6, OutcomeKind.WORK_REGULAR, date(2024, 6, 1))
    assert (refused.value.reason.code, refused.value.reason.facts) == ("outcomes.not_due_yet", {"on": "2024-06-02"})


def test_correction_is_a_new_row() -> None:
    """Both rows stay, the last one counts, and the same told again changes nothing."""
    ending = end(make_running())
    first = tell(ending, OutcomeMoment.EXIT, OutcomeKind.SEARCHING, LAST)
    second = tell(ending, OutcomeMoment.EXIT, OutcomeKind.TRAINING, LAST)
    again = tell(ending, OutcomeMoment.EXIT, OutcomeKind.TRAINING, LAST)
    found = outcomes_of(counsellor_of(ending.placement), ending)
    assert (second.corrects_id, again.pk, found[OutcomeMoment.EXIT].kind, Outcome.objects.count()) == (first.pk, second.pk, "training", 2)


def test_outcome_is_never_rewritten() -> None:
    """The database itself refuses to change what was told."""
    row = tell(end(make_running()), OutcomeMoment.EXIT, OutcomeKind.SEARCHING, LAST)
    with pytest.raises(DatabaseError, match="outcomes_append_only"), transaction.atomic():
        Outcome.objects.filter(pk=row.pk).update(kind="training")
    assert Outcome.objects.get(pk=row.pk).kind == "searching"


@pytest.mark.parametrize(
    ("on", "asked"),
    [
        (date(2023, 12, 1), []),
        (date(2023, 12, 2), ["exit"]),
        (date(2024, 3, 2), ["exit", "m3"]),
        (date(2024, 6, 2), ["m3", "m6"]),
        (date(2025, 6, 15), []),
    ],
)
def test_list_holds_what_is_due(on: date, asked: list[str]) -> None:
    """Each moment is on the list from its day on, and leaves it half a year later."""
    ending = end(make_running())
    assert [due.moment.value for due in due_moments(counsellor_of(ending.placement), on)] == asked


def test_list_of_another_counsellor_is_empty() -> None:
    """What became of somebody is asked by who follows them."""
    end(make_running())
    assert due_moments(acting(make_user("Ann", Role.COUNSELLOR)), date(2024, 3, 2)) == []


def test_people_of_one_programme_alone_are_asked() -> None:
    """The night of another programme asks them nothing; that of their own does."""
    ending = end(make_running())
    programmes, at = (make_programme("Elders"), ending.referral.programme), noon(LAST + timedelta(days=1))
    assert [ask_outcomes(programme=programme, by=SYSTEM, at=at) for programme in programmes] == [0, 1]


def test_person_is_asked_once_and_tells_by_link() -> None:
    """One message per moment; the person tells in one tap, and it leaves the list."""
    ending = end(make_running())
    at = noon(LAST + timedelta(days=1))
    counts = [ask_outcomes(by=SYSTEM, at=at), ask_outcomes(by=SYSTEM, at=at + timedelta(days=1))]
    me = person_actor(ending.referral.person_id, only_id=ending.referral_id)
    waiting = [due.moment.value for due in moments_to_tell(me, ending.referral_id, at.date())]
    record_outcome(ending=ending, moment=OutcomeMoment.EXIT, kind=OutcomeKind.WORK_REGULAR, source=OutcomeSource.PERSON, by=me, at=at)
    state = Message.objects.get(code="message.outcome").state
    assert (counts, waiting, state, due_moments(SYSTEM, at.date())) == ([1, 0], ["exit"], "cancelled", [])
