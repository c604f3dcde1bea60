"""Evaluations are asked on their day or at the last tick, once; reminded once; then somebody calls."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.types.range import DateRange
from tests.factories import make_programme
from tests.journey.attendance.floor import MONDAYS, Floor, at
from tests.journey.evaluations.cases import NOW, SYSTEM, asked, learner, written

from opstap.engine.shared import Period, Refused
from opstap.foundation import clock
from opstap.foundation.outbox.models import Message
from opstap.journey.evaluations.assembly import Milestone, milestones
from opstap.journey.evaluations.enums import CallOutcome, CloseReason, EvaluationState, Occasion
from opstap.journey.evaluations.jobs import after_days
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.evaluations.operations import ask_due, ask_evaluation, note_call, remind_or_call
from opstap.journey.evaluations.queries import to_call, to_write

FIRST, HALF, END = Occasion.FIRST_MONTH, Occasion.HALF, Occasion.END


@pytest.mark.parametrize(
    ("start", "until", "expected"),
    [
        (date(2023, 9, 4), date(2024, 3, 4), [(FIRST, date(2023, 10, 4)), (HALF, date(2023, 12, 4)), (END, date(2024, 2, 22))]),
        (date(2023, 9, 4), date(2023, 12, 4), [(HALF, date(2023, 10, 19)), (END, date(2023, 11, 23))]),
        (date(2023, 9, 4), date(2023, 10, 16), [(END, date(2023, 10, 5))]),
        (date(2023, 9, 4), date(2023, 9, 9), [(END, date(2023, 9, 4))]),
        (date(2023, 9, 4), None, [(FIRST, date(2023, 10, 4))]),
    ],
)
def test_milestones_of_a_period(start: date, until: date | None, expected: list[tuple[Occasion, date]]) -> None:
    """First month, half-way, and the end while the person is still there; of two that are too close only the later."""
    assert milestones(Period(start, until)) == [Milestone(*each) for each in expected]


def test_due_evaluation_is_asked_once(floor: Floor) -> None:
    """The day before the milestone nothing is asked; on the day it is, with ten days to write it; again asks nothing more."""
    placement = learner(floor)
    assert ask_due(by=SYSTEM, at=NOW - timedelta(days=1)) == []
    found = [ask_due(by=SYSTEM, at=NOW), ask_due(by=SYSTEM, at=NOW + timedelta(days=1))]
    assert [[(row.placement_id, row.occasion, row.due_on) for row in rows] for rows in found] == [
        [(placement.pk, "first_month", date(2023, 10, 14))],
        [],
    ]
    message = Message.objects.get(code="message.evaluation_ask")
    assert (message.user_id, message.facts) == (floor.mentor.user_id, {"name": "Noor", "until": "2023-10-14"})


def test_later_milestone_overtakes_one_that_waits(floor: Floor) -> None:
    """Nobody writes two: at half-way the evaluation of the first month is closed."""
    learner(floor)
    ask_due(by=SYSTEM, at=NOW)
    ask_due(by=SYSTEM, at=at(date(2023, 12, 4)))
    rows = Evaluation.objects.order_by("asked_at").values_list("occasion", "state", "close_reason")
    assert list(rows) == [("first_month", EvaluationState.CLOSED, CloseReason.OVERTAKEN), ("half", EvaluationState.ASKED, "")]


def test_milestone_long_ago_is_not_asked(floor: Floor) -> None:
    """A placement that was there before the product is not asked for months that nobody remembers."""
    learner(floor)
    assert ask_due(by=SYSTEM, at=at(date(2023, 11, 20))) == []


def test_work_that_ended_early_is_evaluated(floor: Floor) -> None:
    """The end is the end that came: the period is shorter, so the last evaluation is asked now."""
    placement = learner(floor)
    placement.period, placement.state = DateRange(date(2023, 9, 4), date(2023, 10, 2)), "ended"
    placement.ended_on, placement.end_reason_code = date(2023, 10, 2), "found_work"
    placement.save()
    assert [row.occasion for row in ask_due(by=SYSTEM, at=NOW)] == ["end"]


def test_last_tick_asks_in_the_month_of_a_milestone(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """October's last agreed day is noted: its milestone is asked now, by a job that the tick leaves behind."""
    placement = learner(floor)
    mondays = [date(2023, 10, day) for day in (2, 9, 16, 23, 30)]
    floor.note(placement, *mondays[:4])
    tasks = ProcrastinateJob.objects.filter(task_name="evaluations.after_days")
    before = tasks.count()
    floor.note(placement, mondays[4])
    left = tasks.get()
    monkeypatch.setattr(clock, "now", lambda: at(mondays[4], 18))
    after_days(**left.args)
    assert (before, [row.occasion for row in Evaluation.objects.all()]) == (0, ["first_month"])


def test_last_tick_of_another_month_asks_nothing(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """September has no milestone: it is done, and nobody is asked anything."""
    placement = learner(floor)
    monkeypatch.setattr(clock, "now", lambda: at(MONDAYS[-1], 18))
    floor.note(placement, *MONDAYS)
    after_days([str(placement.pk)], "2023-09-01")
    assert not Evaluation.objects.exists()


def test_half_done_month_asks_nothing(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that finds a month without its last tick leaves it to the night."""
    placement = learner(floor)
    monkeypatch.setattr(clock, "now", lambda: at(date(2023, 10, 2), 18))
    floor.note(placement, date(2023, 10, 2))
    after_days([str(placement.pk)], "2023-10-01")
    assert not Evaluation.objects.exists()


def test_second_evaluation_is_not_asked_beside_one_that_waits(floor: Floor) -> None:
    """Who asks again is told until when the first can be written; who does not follow the person cannot ask."""
    first = asked(floor)
    with pytest.raises(Refused) as again:
        ask_evaluation(placement=first.placement, by=floor.counsellor, at=NOW)
    with pytest.raises(Refused) as other:
        ask_evaluation(placement=first.placement, by=floor.mentor, at=NOW)
    assert [caught.value.reason.code for caught in (again, other)] == ["evaluations.already_asked", "evaluations.may_not_ask"]


def test_one_programme_alone_is_asked_and_reminded(floor: Floor) -> None:
    """The night of another programme asks nothing and reminds nobody; that of its own does."""
    placement = learner(floor)
    programmes = (make_programme("Elders"), placement.referral.programme)
    asked_of = [len(ask_due(programme=programme, by=SYSTEM, at=NOW)) for programme in programmes]
    then = NOW + timedelta(days=7)
    reminded = [remind_or_call(programme=programme, by=SYSTEM, at=then) for programme in programmes]
    assert (asked_of, reminded) == ([0, 1], [0, 1])


def test_reminder_goes_once(floor: Floor) -> None:
    """Four days before the due day nothing; three days before one reminder; later never a second."""
    row = asked(floor)
    counts = [remind_or_call(by=SYSTEM, at=NOW + timedelta(days=days)) for days in (6, 7, 8, 20)]
    messages = Message.objects.filter(subject_id=row.pk).order_by("queued_at").values_list("code", flat=True)
    assert (counts, list(messages)) == ([0, 1, 0, 0], ["message.evaluation_ask", "message.evaluation_reminder"])


def test_overdue_evaluation_is_a_call(floor: Floor) -> None:
    """After the due day it stands on the counsellor's list; a call takes it off for five days; another counsellor never sees it."""
    row = asked(floor)
    lists = [list(to_call(floor.counsellor, on)) for on in (row.due_on, row.due_on + timedelta(days=1))]
    called = note_call(evaluation=row, outcome=CallOutcome.WILL_COME, by=floor.counsellor, at=NOW + timedelta(days=11))
    later = [list(to_call(floor.counsellor, date(2023, 10, 15) + timedelta(days=days))) for days in (4, 5)]
    assert lists + later == [[], [row], [], [row]]
    assert (called.state, list(to_call(floor.coordinator, date(2023, 10, 30)))) == ("asked", [])


def test_evaluation_that_will_not_come_is_closed(floor: Floor) -> None:
    """The call says so: it waits for nobody any more, and its messages are cancelled."""
    row = note_call(evaluation=asked(floor), outcome=CallOutcome.NOT_COMING, by=floor.counsellor, at=NOW + timedelta(days=11))
    states = set(Message.objects.filter(subject_id=row.pk).values_list("state", flat=True))
    assert (row.state, row.close_reason, states) == ("closed", "not_coming", {"cancelled"})
    with pytest.raises(Refused):
        note_call(evaluation=row, outcome=CallOutcome.WILL_COME, by=floor.counsellor, at=NOW + timedelta(days=12))


def test_waiting_list_of_the_floor(floor: Floor) -> None:
    """Mentor and host see what they can write, the soonest due first; a coordinator has no floor; what is written waits no more."""
    written(floor, learner(floor, "Ali Idrissi"))
    row = asked(floor)
    lists = [list(to_write(actor, NOW.date())) for actor in (floor.mentor, floor.contact, floor.coordinator)]
    assert lists == [[row], [row], []]
