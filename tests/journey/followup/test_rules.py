"""Each rule opens one task when its cause is there, keeps it right, and closes it by itself when the cause is gone."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import make_mentor, make_organisation, make_person, make_programme, make_referral
from tests.journey.attendance.floor import MONDAYS, Floor, at, make_floor
from tests.journey.plans.cases import make_desk, make_shared

from opstap.engine.shared import Refused
from opstap.foundation.actor import system_actor
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.organisations.models import MentorAbsence
from opstap.journey.attendance.enums import DayState
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.followup.enums import EndReason, Rule, RuleError, TaskState, read_rules, rules_on
from opstap.journey.followup.models import Task
from opstap.journey.followup.operations import Closing, close_task, close_tasks, open_tasks, settle_ending
from opstap.journey.mentoring.models import BackUp
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import end_placement
from opstap.journey.plans.models import Goal
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.operations import Aside, record_contacts, snooze_many

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")


def night(day: date) -> tuple[int, int]:
    """Return how many tasks the night before this day opened and closed."""
    done = open_tasks(by=SYSTEM, at=at(day, 3))
    return done.opened, done.closed


def spoken_with(placement: Placement, moment: datetime) -> None:
    """Have had contact with the person, so that only the rule under test speaks."""
    Referral.objects.filter(pk=placement.referral_id).update(last_contact_at=moment)


@pytest.fixture
def floor() -> Floor:
    """Return a floor without learners."""
    return make_floor()


def test_one_programme_alone_opens_and_closes(floor: Floor) -> None:
    """The night of another programme opens nothing, and closes nothing of this one; its own does."""
    learner = floor.learner()
    spoken_with(learner, at(date(2023, 9, 20)))
    floor.note(learner, *MONDAYS[:3], state=DayState.ABSENT)
    programmes = (make_programme("Elders"), learner.referral.programme)
    opened = [open_tasks(programme=programme, by=SYSTEM, at=at(date(2023, 9, 19), 3)).opened for programme in programmes]
    floor.note(learner, MONDAYS[3], state=DayState.HERE)
    closed = [open_tasks(programme=programme, by=SYSTEM, at=at(date(2023, 9, 26), 3)).closed for programme in programmes]
    assert (opened, closed) == ([0, 1], [0, 1])


def test_absences_in_row_open_one_task_that_closes_when_the_person_comes(floor: Floor) -> None:
    """Three days absent is a call within two days; the next absence changes its facts; being there again closes it."""
    learner = floor.learner()
    spoken_with(learner, at(date(2023, 9, 20)))
    floor.note(learner, *MONDAYS[:2], state=DayState.ABSENT)
    assert night(date(2023, 9, 12)) == (0, 0)
    floor.note(learner, MONDAYS[2], state=DayState.ABSENT)
    assert (night(date(2023, 9, 19)), night(date(2023, 9, 19))) == ((1, 0), (0, 0))
    task = Task.objects.get()
    facts = {"count": 3, "from": "2023-09-04", "last": "2023-09-18"}
    assert (task.rule, task.owner, task.due_on, task.facts) == ("absences_in_row", floor.counsellor_user, date(2023, 9, 21), facts)
    floor.note(learner, MONDAYS[3], state=DayState.ABSENT)
    assert night(date(2023, 9, 26)) == (0, 0)
    task.refresh_from_db()
    assert (task.facts["count"], task.due_on) == (4, date(2023, 9, 21))
    floor.note(learner, date(2023, 10, 2))
    assert night(date(2023, 10, 3)) == (0, 1)
    task.refresh_from_db()
    assert (task.state, task.end_reason, task.closed_by) == (TaskState.DONE, EndReason.CAUSE_GONE, "test")


def test_leave_that_was_asked_is_no_absence(floor: Floor) -> None:
    """Excused days neither count nor break a row."""
    learner = floor.learner()
    spoken_with(learner, at(date(2023, 9, 20)))
    floor.note(learner, *MONDAYS[:2], state=DayState.ABSENT)
    floor.note(learner, MONDAYS[2], state=DayState.EXCUSED)
    assert night(date(2023, 9, 19)) == (0, 0)
    floor.note(learner, MONDAYS[3], state=DayState.ABSENT)
    assert night(date(2023, 9, 26)) == (1, 0)


def test_no_contact_opens_again_only_after_as_long_once_more(floor: Floor) -> None:
    """A task that was seen to counts as attention: the same silence is a new task only as many days later."""
    learner = floor.learner()
    spoken_with(learner, at(date(2023, 9, 4)))
    assert (night(date(2023, 10, 15)), night(date(2023, 10, 16))) == ((0, 0), (1, 0))
    close_task(task=Task.objects.get(), is_done=True, note="Bericht ingesproken.", by=floor.counsellor, at=at(date(2023, 10, 17)))
    assert (night(date(2023, 10, 18)), night(date(2023, 11, 28))) == ((0, 0), (1, 0))
    assert Task.objects.filter(rule=Rule.NO_CONTACT).count() == 2
    spoken_with(learner, at(date(2023, 11, 29)))
    assert night(date(2023, 11, 30)) == (0, 1)


def test_who_was_never_spoken_to_is_called_once_work_is_agreed(floor: Floor) -> None:
    """Before that the invitations to a first talk see to it; from then on the silence counts from that day."""
    floor.learner()
    Referral.objects.update(last_contact_at=None, stage="open", stage_since=at(date(2023, 9, 4)))
    assert night(date(2023, 12, 1)) == (0, 0)
    Referral.objects.update(stage="placed")
    assert night(date(2023, 12, 1)) == (1, 0)


def test_person_who_is_put_aside_is_not_called_for_silence(floor: Floor) -> None:
    """Somebody put aside with a reason until a day is not a warning before that day."""
    learner = floor.learner()
    spoken_with(learner, at(date(2023, 9, 4)))
    Referral.objects.update(snoozed_until=date(2023, 11, 1))
    assert (night(date(2023, 10, 31)), night(date(2023, 11, 1))) == ((0, 0), (1, 0))


def test_goal_not_moved_opens_one_task_for_all_goals_of_a_person() -> None:
    """Eight weeks without anything happening to a goal is one task; when it moves the task closes."""
    plan = make_shared(make_desk())
    Goal.objects.update(moved_at=at(date(2023, 9, 4)))
    Referral.objects.update(last_contact_at=at(date(2023, 10, 29)))
    assert plan.state in {"shared", "agreed"}
    assert (night(date(2023, 10, 29)), night(date(2023, 10, 30))) == ((0, 0), (1, 0))
    task = Task.objects.get()
    assert (task.rule, task.facts) == ("goal_not_moved", {"goals": plan.goals.count(), "since": "2023-09-04"})
    first = plan.goals.order_by("position").first()
    assert task.once.split(":")[1] == str(first.pk if first else "")
    Goal.objects.update(moved_at=at(date(2023, 10, 30)))
    assert night(date(2023, 10, 31)) == (0, 1)


def test_agreement_that_ends_without_next_step_opens_a_task(floor: Floor) -> None:
    """Thirty days before the last day; a known next step closes it, and it does not come back."""
    learner = floor.learner()
    spoken_with(learner, at(date(2024, 2, 2)))
    assert (night(date(2024, 2, 2)), night(date(2024, 2, 3))) == ((0, 0), (1, 0))
    task = Task.objects.get()
    assert (task.rule, task.facts) == ("agreement_ending", {"last": "2024-03-03", "place": floor.place.title})
    settle_ending(placement=learner, note="VDAB neemt over.", by=floor.counsellor, at=at(date(2024, 2, 4)))
    assert night(date(2024, 2, 5)) == (0, 0)
    task.refresh_from_db()
    assert (task.state, task.end_reason, task.note) == (TaskState.DONE, EndReason.HANDLED, "VDAB neemt over.")


def test_work_whose_agreed_days_are_over_is_a_task_until_it_ends(floor: Floor) -> None:
    """On the day after the last one the warning gives way to a task to end it, though the next step was known; nothing is noted after."""
    learner = floor.learner()
    spoken_with(learner, at(date(2024, 3, 1)))
    settle_ending(placement=learner, note="VDAB neemt over.", by=floor.counsellor, at=at(date(2024, 2, 4)))
    assert (night(date(2024, 3, 3)), night(date(2024, 3, 4))) == ((0, 0), (1, 0))
    task = Task.objects.get(state=TaskState.OPEN)
    assert (task.rule, task.facts["last"], task.placement_id) == ("work_over", "2024-03-03", learner.pk)
    with pytest.raises(Refused) as caught:
        floor.note(learner, date(2024, 3, 4))
    assert caught.value.reason.code == "attendance.outside_period"
    work = Placement.objects.select_related("seat").get(pk=learner.pk)
    end_placement(placement=work, on=date(2024, 3, 4), reason_code="completed", by=SYSTEM, at=at(date(2024, 3, 5)))
    assert night(date(2024, 3, 6)) == (0, 1)


def test_next_step_known_beforehand_opens_no_task(floor: Floor) -> None:
    """Who is handed over before the last month begins is never a warning."""
    learner = floor.learner()
    spoken_with(learner, at(date(2024, 2, 2)))
    settle_ending(placement=learner, note="VDAB neemt over.", by=floor.counsellor, at=at(date(2024, 1, 4)))
    assert night(date(2024, 2, 5)) == (0, 0)


def test_evaluation_overdue_opens_a_call_to_the_floor(floor: Floor) -> None:
    """Three days after the due day the counsellor calls; a written evaluation closes the task."""
    learner = floor.learner()
    spoken_with(learner, at(date(2023, 10, 2)))
    Evaluation.objects.create(
        placement=learner, occasion="first_month", asked_at=at(date(2023, 10, 1)), asked_by="test", due_on=date(2023, 10, 8)
    )
    assert (night(date(2023, 10, 10)), night(date(2023, 10, 11))) == ((0, 0), (1, 0))
    task = Task.objects.get()
    facts = {"due": "2023-10-08", "place": floor.place.title, "mentor": "Mia Mentor"}
    assert (task.rule, task.mentor, task.facts) == ("evaluation_overdue", floor.guide, facts)
    Evaluation.objects.update(state="closed", closed_at=at(date(2023, 10, 11)), close_reason="not_coming")
    assert night(date(2023, 10, 12)) == (0, 1)


def test_mentor_away_is_the_coordinators_until_somebody_stands_in(floor: Floor) -> None:
    """A place with learners whose only mentor will be away is the coordinator's task; a back-up closes it."""
    learner = floor.learner()
    spoken_with(learner, at(date(2023, 9, 4)))
    away = date(2023, 9, 25), date(2023, 10, 2)
    MentorAbsence.objects.create(mentor=floor.guide, starts_on=away[0], until_on=away[1])
    assert (night(date(2023, 9, 10)), night(date(2023, 9, 11))) == ((0, 0), (1, 0))
    task = Task.objects.get()
    facts = {"from": "2023-09-25", "last": "2023-10-01", "mentor": "Mia Mentor", "place": floor.place.title, "learners": 1}
    assert (task.rule, str(task.owner_id) in {floor.coordinator.id, floor.second.id}, task.facts) == ("mentor_away", True, facts)
    other = make_mentor(make_organisation(), "Nele Neemtover")
    BackUp.objects.create(
        mentor=floor.guide, stands_in=other, from_on=away[0], until_on=away[1], named_by="test", named_at=at(date(2023, 9, 11))
    )
    assert night(date(2023, 9, 12)) == (0, 1)


def test_cause_that_comes_back_opens_the_same_task_again(floor: Floor) -> None:
    """What closed by itself opens again with a new day, in the same row: nothing is there twice."""
    learner = floor.learner()
    spoken_with(learner, at(date(2024, 2, 2)))
    night(date(2024, 2, 3))
    period = learner.period
    Placement.objects.filter(pk=learner.pk).update(state="ended", ended_on=date(2024, 2, 4), end_reason_code="other")
    assert night(date(2024, 2, 5)) == (0, 1)
    Placement.objects.filter(pk=learner.pk).update(state="running", ended_on=None, end_reason_code="", period=period)
    assert night(date(2024, 2, 6)) == (1, 0)
    task = Task.objects.get()
    assert (task.state, task.due_on, task.closed_at) == (TaskState.OPEN, date(2024, 2, 13), None)


def test_owner_follows_the_counsellor(floor: Floor) -> None:
    """When somebody else follows the person, the open task is theirs the next morning."""
    learner = floor.learner()
    spoken_with(learner, at(date(2023, 9, 4)))
    night(date(2023, 10, 16))
    Referral.objects.update(counsellor=None)
    assert night(date(2023, 10, 17)) == (0, 0)
    assert Task.objects.get().owner is None


def test_night_writes_what_it_did_in_the_log(floor: Floor) -> None:
    """Each task that opens is a row about the person, and the night itself is one."""
    learner = floor.learner()
    spoken_with(learner, at(date(2023, 9, 4)))
    night(date(2023, 10, 16))
    rows = AuditEntry.objects.filter(action__in=["open_task", "open_tasks"]).order_by("action")
    found = [(row.action, row.person_id, row.facts) for row in rows]
    assert found == [("open_task", learner.person_id, {}), ("open_tasks", None, {"opened": 1, "closed": 0})]


def test_queries_of_a_night_do_not_grow_with_people(floor: Floor) -> None:
    """A night with eight people costs as many questions as a night with two."""

    def cost(people: int, day: date) -> int:
        for _ in range(people):
            spoken_with(floor.learner(), at(date(2023, 1, 4)))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert night(day) == (people, 0)
        return len(queries)

    assert cost(2, date(2023, 9, 4)) == cost(8, date(2023, 9, 5))


def test_only_the_product_runs_the_rules(floor: Floor) -> None:
    """Nobody opens tasks by hand."""
    with pytest.raises(Refused) as refused:
        open_tasks(by=floor.coordinator, at=at(date(2023, 9, 4)))
    assert refused.value.reason.code == "followup.only_the_product"


def test_rules_come_with_unit_source_and_confidence() -> None:
    """Every number says what it counts, where it comes from and how sure it is; before its first day there is no rule."""
    rules = rules_on(date(2023, 9, 1))
    assert set(rules) == set(Rule)
    numbers = [number for terms in rules.values() for number in terms.parameters.values()]
    assert all(number.unit and number.source and number.confidence in "CSDM" for number in numbers)
    assert rules_on(date(2022, 12, 31)) == {}


@pytest.mark.parametrize(
    "body",
    [
        "rules: {strange: {owner: counsellor, numbers: {}}}",
        "rules: {no_contact: {numbers: {}}}",
        "rules: {no_contact: {owner: counsellor, numbers: {due: {unit: days, values: [{from: 2023-01-01, value: 3}]}}}}",
    ],
)
def test_rule_that_is_not_complete_is_named(tmp_path: Path, body: str) -> None:
    """An unknown rule, one without owner, a number without source: the message names the rule."""
    path = tmp_path / "rules.yaml"
    path.write_text(body)
    with pytest.raises(RuleError, match=r"^rule (strange|no_contact): "):
        read_rules(path, date(2023, 9, 1))


def test_tasks_are_closed_all_or_none(floor: Floor) -> None:
    """Several at once are one statement to write them; one that is closed already, and nothing of the list is."""
    for _ in range(3):
        spoken_with(floor.learner(), at(date(2023, 9, 4)))
    night(date(2023, 11, 30))
    first, *others = Task.objects.order_by("pk")
    close_task(task=first, is_done=True, by=SYSTEM, at=at(date(2023, 11, 30)))
    with pytest.raises(Refused) as refused:
        close_tasks(closings=[Closing(task, is_done=True) for task in (*others, first)], by=SYSTEM, at=at(date(2023, 12, 1)))
    assert refused.value.reason.code == "followup.closed_already"
    assert Task.objects.filter(state="open").count() == 2
    closings = [Closing(others[1], is_done=True, note="Gebeld."), Closing(others[0], is_done=False, note="Is verhuisd.")]
    rows = close_tasks(closings=closings, by=SYSTEM, at=at(date(2023, 12, 1)))
    assert [row.pk for row in rows] == [others[1].pk, others[0].pk]
    found = {row.pk: (row.state, row.end_reason, row.note) for row in Task.objects.exclude(pk=first.pk)}
    assert found == {others[1].pk: ("done", "handled", "Gebeld."), others[0].pk: ("dropped", "not_needed", "Is verhuisd.")}
    assert AuditEntry.objects.filter(action="close_task").count() == 3


def test_contacts_and_asides_are_noted_all_or_none(floor: Floor) -> None:
    """Each leaves a row of its own; with somebody whom the actor does not follow, or a day that has passed, nothing is noted."""
    own, other = (floor.learner().referral for _ in range(2))
    stranger = make_referral(make_person(), floor.programme)
    moment = at(date(2023, 9, 20))
    with pytest.raises(Refused):
        record_contacts(contacts=[(own, "by_phone"), (stranger, "by_phone")], by=floor.counsellor, at=moment)
    record_contacts(contacts=[(own, "by_phone"), (other, "at_desk")], by=floor.counsellor, at=moment)
    aside = Aside(own, date(2023, 11, 1), "Volgt een cursus.")
    with pytest.raises(Refused):
        snooze_many(asides=[aside, Aside(other, date(2023, 9, 20), "Te laat.")], by=floor.counsellor, at=moment)
    snooze_many(asides=[aside], by=floor.counsellor, at=moment)
    found = {row.pk: (row.last_contact_at, row.snoozed_until, row.snooze_reason) for row in Referral.objects.all()}
    assert found == {
        own.pk: (moment, date(2023, 11, 1), "Volgt een cursus."),
        other.pk: (moment, None, None),
        stranger.pk: (None, None, None),
    }
    hows = AuditEntry.objects.filter(action="contact").order_by("id").values_list("subject_id", "facts__how")
    assert list(hows) == [(str(own.pk), "by_phone"), (str(other.pk), "at_desk")]
    assert AuditEntry.objects.filter(action="snooze").count() == 1
