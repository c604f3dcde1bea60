"""The end of somebody's work: one day for seat and agreement, two views, and back on the caseload."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journey.agreements.signed import counsellor_of, host_of, make_sent, states_of
from tests.journey.eligibility.cases import AT
from tests.journey.outcomes.ended import LAST, START, THEN, end, make_running

from opstap.engine.shared import Refused
from opstap.foundation.actor import person_actor
from opstap.foundation.outbox.models import Message
from opstap.foundation.outbox.operations import Content, Recipient, queue_message
from opstap.journey.agreements.models import Agreement
from opstap.journey.appointments.enums import Side
from opstap.journey.appointments.models import TrialDay
from opstap.journey.appointments.operations import plan_trial
from opstap.journey.attendance.enums import DayState
from opstap.journey.attendance.operations import record_day
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.evaluations.operations import close_at_end
from opstap.journey.matching.operations import stop_journey
from opstap.journey.outcomes.models import Ending
from opstap.journey.outcomes.operations import Views, add_view, call_off, end_journey_placement, return_to_caseload
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.enums import ClosingReason
from opstap.journey.referrals.models import Referral

pytestmark = pytest.mark.django_db


def test_end_frees_seat_and_ends_agreement_on_its_day() -> None:
    """Seat, half-days and agreement end on the same day, and the person is back on the caseload."""
    ending = end(make_running())
    placement = Placement.objects.get(pk=ending.placement_id)
    agreement = Agreement.objects.get(placement=placement)
    stage = Referral.objects.get(pk=ending.referral_id).stage
    assert (placement.state, placement.period.upper, agreement.state, agreement.ended_on, stage) == (
        "ended", LAST, "ended", LAST, "eligible",
    )  # fmt: skip


def test_end_keeps_both_views_sealed() -> None:
    """Each side's words are read back by who follows the person, and lie unreadable in the database."""
    ending = Ending.objects.get(pk=end(make_running()).pk)
    raw = Ending.objects.filter(pk=ending.pk).extra(select={"raw": "encode(person_view, 'escape')"}).values_list("raw", flat=True)
    assert (ending.person_view, ending.host_view, "leerde" in raw[0]) == ("Ik leerde veel.", "Een fijne collega.", False)


def test_end_cancels_messages_about_the_work() -> None:
    """What still waited to be said about the work is not said any more."""
    placement = make_running()
    by = counsellor_of(placement)
    queue_message(
        content=Content("message.hours", {"month": "2023-11-01"}),
        recipient=Recipient(person_id=placement.person_id, email="noor@example.be"),
        subject_kind="placement",
        subject_id=placement.pk,
        by=by,
        at=THEN,
    )
    end(placement)
    assert list(Message.objects.filter(subject_id=placement.pk).values_list("state", flat=True)) == ["cancelled"]


def test_end_by_host_is_refused() -> None:
    """The host says how it looks back; who follows the person ends the work."""
    placement = make_running()
    with pytest.raises(Refused) as refused:
        end_journey_placement(
            placement=placement, on=LAST, reason_code="completed", views=Views(), wants_relay=True,
            by=host_of(placement.seat.place), at=THEN,
        )  # fmt: skip
    assert refused.value.reason.code == "outcomes.may_not_end"


def test_view_comes_later_once() -> None:
    """The person tells later by link; a second time is refused and what was said stays."""
    placement = make_running()
    by = counsellor_of(placement)
    ending = end_journey_placement(placement=placement, on=LAST, reason_code="completed", views=Views(), wants_relay=False, by=by, at=THEN)
    me = person_actor(placement.person_id, only_id=placement.referral_id)
    add_view(ending=ending, side=Side.PERSON, words="Fijn werk.", by=me, at=THEN)
    with pytest.raises(Refused) as refused:
        add_view(ending=ending, side=Side.PERSON, words="Toch niet.", by=me, at=THEN)
    found = Ending.objects.get(pk=ending.pk).person_view
    assert (refused.value.reason.code, found) == ("outcomes.view_is_there", "Fijn werk.")


def test_closed_journey_opens_again_with_its_facts() -> None:
    """The same referral goes on, with the decision that still holds: nothing is asked or typed again."""
    ending = end(make_running())
    by = counsellor_of(ending.placement)
    referral = Referral.objects.select_related("person").get(pk=ending.referral_id)
    before = referral.person.dutch_level
    stop_journey(referral=referral, why=ClosingReason.NO_CONTACT, words="weg", by=by, at=THEN)
    back = return_to_caseload(referral=referral, words="Belde zelf.", by=by, at=THEN + timedelta(days=3))
    assert (back.pk, back.stage, back.person.dutch_level) == (referral.pk, "eligible", before)


def test_open_journey_does_not_return() -> None:
    """Somebody who is on the caseload cannot come back to it."""
    ending = end(make_running())
    with pytest.raises(Refused) as refused:
        return_to_caseload(referral=ending.referral, words="terug", by=counsellor_of(ending.placement), at=THEN)
    assert refused.value.reason.code == "outcomes.not_closed"


def test_work_does_not_end_before_a_day_that_was_worked() -> None:
    """An hour that was noted, and perhaps paid, never lies outside its placement: that day is corrected first."""
    placement = make_running()
    worked = next(day for day in (LAST + timedelta(days=count) for count in range(7)) if day.weekday() == 0)
    by, evening = counsellor_of(placement), THEN + timedelta(days=7)
    record_day(placement=placement, on=worked, state=DayState.HERE, by=by, at=evening)
    with pytest.raises(Refused) as refused:
        end(placement)
    record_day(placement=placement, on=worked, state=DayState.ABSENT, by=by, at=evening)
    assert refused.value.reason.facts == {"on": LAST.isoformat(), "last": worked.isoformat()}
    assert Placement.objects.get(pk=end(placement).placement_id).period.upper == LAST


def test_calling_off_takes_agreement_and_trial_along() -> None:
    """Before the start one step frees the seat, voids the signatures, calls off the trial day and tells who was asked."""
    sent = make_sent()
    by = counsellor_of(sent.placement)
    trial = plan_trial(placement=sent.placement, starts_at=START, minutes=240, by=by, at=AT)
    row = call_off(placement=sent.placement, reason="De proefdag viel tegen.", by=by, at=AT)
    waits = set(Message.objects.filter(state="queued", person_id=row.person_id).values_list("code", flat=True))
    states = (row.state, Agreement.objects.get(pk=sent.pk).state, TrialDay.objects.get(pk=trial.pk).state, states_of(sent))
    assert states == ("cancelled", "withdrawn", "cancelled", {})
    assert ("message.withdrawn" in waits, {"message.sign", "message.trial"} & waits) == (True, set())
    assert Referral.objects.get(pk=row.referral_id).stage == "eligible"


def test_host_and_person_do_not_call_off_for_the_counsellor() -> None:
    """Who does not follow the person asks the counsellor."""
    sent = make_sent()
    for by in (host_of(sent.placement.seat.place), person_actor(sent.placement.person_id)):
        with pytest.raises(Refused) as refused:
            call_off(placement=sent.placement, reason="toch niet", by=by, at=AT)
        assert refused.value.reason.code == "outcomes.may_not_end"


@pytest.mark.parametrize(
    ("occasion", "expected"),
    [("half", ("closed", "cancelled", "cancelled")), ("asked", ("closed", "cancelled", "cancelled")), ("end", ("asked", "", "queued"))],
)
def test_end_closes_an_evaluation_that_waits(occasion: str, expected: tuple[str, str, str]) -> None:
    """Nobody writes or telephones about half-way once the work has ended, and its message is not sent; the end itself is still asked."""
    placement = make_running()
    waiting = Evaluation.objects.create(
        placement=placement, occasion=occasion, asked_at=THEN, asked_by="test", due_on=LAST + timedelta(days=9)
    )
    message = queue_message(
        content=Content("message.evaluation_reminder", {"name": "Noor", "until": "2023-12-11"}),
        recipient=Recipient(email="mentor@example.be"),
        subject_kind="evaluation",
        subject_id=waiting.pk,
        by=counsellor_of(placement),
        at=THEN,
    )
    assert message is not None
    end(placement)
    waiting.refresh_from_db()
    message.refresh_from_db()
    assert (waiting.state, waiting.close_reason, message.state) == expected


def test_evaluations_are_closed_by_who_follows_the_person() -> None:
    """The host closes none."""
    placement = make_running()
    with pytest.raises(Refused) as refused:
        close_at_end(placement=placement, by=host_of(placement.seat.place), at=THEN)
    assert refused.value.reason.code == "evaluations.may_not_ask"
