"""The end of somebody's work: one day for seat and agreement, two views, and back on the caseload."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journey.agreements.signed import counsellor_of, host_of
from tests.journey.outcomes.ended import LAST, THEN, end, make_running

from opstap.engine.shared import Refused
from opstap.foundation.actor import person_actor
from opstap.foundation.outbox.models import Message
from opstap.foundation.outbox.operations import Content, Recipient, queue_message
from opstap.journey.agreements.models import Agreement
from opstap.journey.appointments.enums import Side
from opstap.journey.matching.operations import stop_journey
from opstap.journey.outcomes.models import Ending
from opstap.journey.outcomes.operations import Views, add_view, end_journey_placement, return_to_caseload
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
