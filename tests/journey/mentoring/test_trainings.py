"""Trainings and certificates: seats, who was there, what a certificate changes for the mentor."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest
from tests.factories import make_mentor, make_organisation
from tests.journey.attendance.floor import Floor
from tests.journey.mentoring.cases import NOW, TODAY, attended, outline, training

from opstap.engine.shared import Refused
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.outbox.models import Message
from opstap.journey.mentoring.assembly import CertificateRule, certificate_paper
from opstap.journey.mentoring.assembly.numbers import certificate_rule_among, ends_under
from opstap.journey.mentoring.models import Certificate, Enrolment, TrainingSession
from opstap.journey.mentoring.operations import (
    Outline,
    cancel_enrolment,
    cancel_training,
    enrol_mentor,
    issue_certificate,
    offer_training,
    recognise_certificate,
    record_training_attendance,
)

OLD = date(2022, 1, 10)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (outline(NOW), "training_in_the_past"),
        (outline(ends_at=NOW), "training_ends_before_it_starts"),
        (outline(topics=()), "training_about_nothing"),
    ],
)
def test_training_that_cannot_be_is_refused(floor: Floor, given: Outline, code: str) -> None:
    """A training lies ahead, ends after it starts and is about something."""
    with pytest.raises(Refused) as refused:
        offer_training(programme=floor.programme, outline=given, by=floor.coordinator, at=NOW)
    assert (refused.value.reason.code, TrainingSession.objects.count()) == (f"mentoring.{code}", 0)


def test_enrolment_tells_the_mentor_once_and_keeps_the_seat(floor: Floor) -> None:
    """Enrolling twice gives one seat and one message with day, hour and place."""
    Mentor.objects.filter(pk=floor.guide.pk).update(email="mia@example.be")
    session, guide = training(floor), Mentor.objects.get(pk=floor.guide.pk)
    seats = {enrol_mentor(session=session, mentor=guide, by=by, at=NOW).pk for by in (floor.contact, floor.mentor)}
    message = Message.objects.get()
    told = {"title": "Mentoropleiding", "where": "Stadhuis", "on": "2023-09-18", "time": "10:00"}
    assert (len(seats), message.code, message.facts) == (1, "message.training", told)


def test_enrolment_beyond_the_seats_is_refused_until_one_is_freed(floor: Floor) -> None:
    """A full training takes nobody more; a cancelled seat is free again."""
    session = training(floor, places=1)
    first, second = floor.guide, make_mentor(floor.host, "Bert")
    seat = enrol_mentor(session=session, mentor=first, by=floor.contact, at=NOW)
    with pytest.raises(Refused) as refused:
        enrol_mentor(session=session, mentor=second, by=floor.contact, at=NOW)
    assert refused.value.reason.code == "mentoring.training_full"
    cancel_enrolment(enrolment=seat, by=floor.contact, at=NOW)
    assert enrol_mentor(session=session, mentor=second, by=floor.contact, at=NOW).state == "enrolled"


def test_enrolment_of_somebody_elses_mentor_is_refused(floor: Floor) -> None:
    """A host enrols its own mentors only."""
    other = make_mentor(make_organisation(), "Vreemd")
    with pytest.raises(Refused) as refused:
        enrol_mentor(session=training(floor), mentor=other, by=floor.contact, at=NOW)
    assert (refused.value.reason.code, Enrolment.objects.count()) == ("mentoring.may_not_enrol", 0)


def test_cancelled_training_frees_its_seats_and_says_no_more(floor: Floor) -> None:
    """Every seat ends with the training, and the message that waits is not sent."""
    Mentor.objects.filter(pk=floor.guide.pk).update(email="mia@example.be")
    session = training(floor)
    enrol_mentor(session=session, mentor=Mentor.objects.get(pk=floor.guide.pk), by=floor.contact, at=NOW)
    cancel_training(session=session, by=floor.coordinator, at=NOW)
    assert (Enrolment.objects.get().state, Message.objects.get().state) == ("cancelled", "cancelled")


def test_attendance_is_noted_from_the_training_on(floor: Floor) -> None:
    """Before it begins nothing is noted; afterwards a wrong tap is put right by the other one."""
    session = training(floor)
    seat = enrol_mentor(session=session, mentor=floor.guide, by=floor.contact, at=NOW)
    with pytest.raises(Refused) as refused:
        record_training_attendance(enrolment=seat, was_there=True, by=floor.coordinator, at=NOW)
    later = session.starts_at + timedelta(hours=1)
    states = [record_training_attendance(enrolment=seat, was_there=was, by=floor.coordinator, at=later).state for was in (False, True)]
    assert (refused.value.reason.code, states) == ("mentoring.training_not_yet", ["missed", "attended"])


def test_certificate_is_numbered_printed_and_counts_for_the_mentor(floor: Floor) -> None:
    """A first certificate makes the mentor a trained one; its paper is kept with its digest, and giving it again changes nothing."""
    Mentor.objects.filter(pk=floor.guide.pk).update(certified_on=None)
    seat = attended(floor)
    given = [issue_certificate(session=seat.session, mentor=floor.guide, issued_on=TODAY, by=floor.coordinator, at=NOW) for _ in range(2)]
    row, mentor = Certificate.objects.get(), Mentor.objects.get(pk=floor.guide.pk)
    assert [each.pk for each in given] == [row.pk, row.pk]
    assert (row.number, mentor.certified_on, mentor.certified_until) == ("M2023-0001", TODAY, None)
    assert row.document is not None
    assert (row.digest, bytes(row.document)) == (hashlib.sha256(row.document).hexdigest(), certificate_paper(row))
    with pytest.raises(Refused) as refused:
        record_training_attendance(enrolment=seat, was_there=False, by=floor.coordinator, at=NOW)
    assert refused.value.reason.code == "mentoring.certificate_given"


def test_certificate_needs_somebody_who_was_there(floor: Floor) -> None:
    """Without being noted as there, nobody gets a certificate."""
    session = training(floor)
    with pytest.raises(Refused) as refused:
        issue_certificate(session=session, mentor=floor.guide, issued_on=date(2023, 9, 18), by=floor.coordinator, at=NOW)
    assert (refused.value.reason.code, Certificate.objects.count()) == ("mentoring.was_not_there", 0)


@pytest.mark.parametrize(
    ("before", "since"),
    [((OLD, None), OLD), ((OLD, date(2023, 9, 1)), OLD), ((OLD, date(2023, 8, 1)), date(2023, 9, 1)), ((None, None), date(2023, 9, 1))],
)
def test_certificate_from_elsewhere_goes_on_or_starts_anew(floor: Floor, before: tuple[date | None, date | None], since: date) -> None:
    """The latest certificate says until when; without a gap the mentor stays trained since the first one."""
    Mentor.objects.filter(pk=floor.guide.pk).update(certified_on=before[0], certified_until=before[1])
    ends = date(2025, 9, 1)
    facts = {"issued_on": date(2023, 9, 1), "expires_on": ends, "source": "Syntra"}
    recognise_certificate(mentor=floor.guide, by=floor.coordinator, at=NOW, **facts)  # type: ignore[arg-type]  # the fields of a certificate
    mentor = Mentor.objects.get(pk=floor.guide.pk)
    assert (mentor.certified_on, mentor.certified_until) == (since, ends)


def test_certificate_from_elsewhere_is_the_coordinators(floor: Floor) -> None:
    """A host does not certify its own mentors."""
    with pytest.raises(Refused) as refused:
        recognise_certificate(mentor=floor.guide, issued_on=TODAY, expires_on=None, source="Syntra", by=floor.contact, at=NOW)
    assert refused.value.reason.code == "mentoring.may_not_certify"


def test_certificate_ends_by_the_rule_of_its_day() -> None:
    """The rule that has begun says how long a certificate holds; without months it has no end."""
    rules = [CertificateRule(date(2023, 1, 1), None, "", is_confirmed=False), CertificateRule(date(2024, 1, 1), 36, "", is_confirmed=True)]
    days = (date(2022, 5, 1), date(2023, 12, 31), date(2024, 2, 29))
    ends = [ends_under(certificate_rule_among(rules, day), day) for day in days]
    assert ends == [None, None, date(2027, 2, 28)]
