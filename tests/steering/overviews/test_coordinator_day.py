"""A coordinator's day: what nobody has, what breaks soon, what stands still."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories import make_actor, make_programme
from tests.journey.agreements.signed import counsellor_of
from tests.journey.attendance.floor import at, make_floor
from tests.journey.outcomes.ended import THEN, end, make_running, make_written

from opstap.foundation.actor import Role, system_actor
from opstap.foundation.organisations.models import MentorAbsence
from opstap.foundation.programmes.models import Programme
from opstap.journey.followup.operations import open_tasks
from opstap.journey.outcomes.operations import Outside, escalate_relays, offer_relay
from opstap.journey.outcomes.queries import unasked_of_programmes
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.models import Referral
from opstap.steering.overviews.queries.coordinator_day import coordinator_day

pytestmark = pytest.mark.django_db
DAY = date(2023, 10, 16)


def test_day_holds_what_waits_in_the_own_programme() -> None:
    """A mentor away, a task of nobody, a yes that stands still and a month that is not signed; a host sees none of it."""
    floor = make_floor()
    learner, other = floor.learner("Nele Nobody"), floor.learner()
    Referral.objects.filter(pk=other.referral_id).update(last_contact_at=at(DAY))
    Referral.objects.filter(pk=learner.referral_id).update(last_contact_at=at(date(2023, 9, 4)), counsellor=None)
    Placement.objects.filter(pk=other.pk).update(state="to_be_agreed", created_at=at(DAY - timedelta(days=8)))
    MentorAbsence.objects.create(mentor=floor.guide, starts_on=DAY, until_on=DAY + timedelta(days=7))
    open_tasks(by=system_actor("test"), at=at(DAY, 3))
    found = coordinator_day(floor.coordinator, at(DAY))
    assert found is not None
    assert [(task.place_id, task.what[0].code, task.name) for task in found.of_places] == [
        (floor.place.pk, "followup.task.mentor_away", "")
    ]
    assert [(task.what[0].code, task.name) for task in found.of_nobody] == [("followup.task.no_contact", str(learner.person))]
    assert [(row.place_id, row.waits_for.code, row.name, row.whom) for row in found.stuck] == [
        (floor.place.pk, "agreements.day.to_make", str(other.person), "")
    ]
    assert (found.open_month, found.not_closed, found.is_empty) == (date(2023, 9, 1), 1, False)
    assert coordinator_day(floor.contact, at(DAY)) is None


def test_day_of_another_programme_is_empty() -> None:
    """Nothing of somebody else's programme is counted or named."""
    floor = make_floor()
    floor.learner()
    MentorAbsence.objects.create(mentor=floor.guide, starts_on=DAY, until_on=DAY + timedelta(days=7))
    open_tasks(by=system_actor("test"), at=at(DAY, 3))
    elsewhere = coordinator_day(make_actor(Role.COORDINATOR, programme=make_programme()), at(DAY))
    assert elsewhere is not None
    assert elsewhere.is_empty


def test_relay_that_nobody_answered_is_on_the_day_of_its_programme() -> None:
    """The coordinator reads who was asked, and how to reach them; one of another programme reads nothing."""
    ending = end(make_running())
    offer_relay(relay=make_written(ending), to=Outside("Els", "VDAB", "els@example.be"), by=counsellor_of(ending.placement), at=THEN)
    escalate_relays(by=system_actor("test"), at=THEN + timedelta(days=11))
    programme = Programme.objects.get(pk=ending.referral.programme_id)
    days = [
        coordinator_day(make_actor(Role.COORDINATOR, programme=each), THEN + timedelta(days=11)) for each in (programme, make_programme())
    ]
    found = [[(row.recipient, row.email, row.counsellor) for row in day.late_relays] for day in days if day]
    assert found == [[("Els", "els@example.be", "Sofie")], []]


def test_moments_that_nobody_asks_are_counted_per_counsellor() -> None:
    """Two weeks after a moment was due it is counted for who follows the person, without a name of the person; a day before it is not."""
    ending = end(make_running())
    programme = Programme.objects.get(pk=ending.referral.programme_id)
    coordinator = make_actor(Role.COORDINATOR, programme=programme)
    lines = [unasked_of_programmes(coordinator, ending.on + timedelta(days=days)) for days in (13, 14)]
    assert [[(line.counsellor, line.count, line.since) for line in found] for found in lines] == [[], [("Sofie", 1, ending.on)]]
    assert unasked_of_programmes(make_actor(Role.COORDINATOR, programme=make_programme()), ending.on + timedelta(days=99)) == []
