"""What a side has of mentors: a training that comes with a seat, one that was given with a certificate, an absence and who stands in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tests.journey.eligibility.cases import AT
from tests.journey.matching.rounds import SYSTEM

from opstap.foundation.organisations.models import Mentor
from opstap.journey.mentoring.enums import Topic
from opstap.journey.mentoring.operations import (
    Outline,
    enrol_mentor,
    issue_certificate,
    offer_training,
    plan_absence,
    record_training_attendance,
)
from opstap.journey.mentoring.queries import back_ups_of

if TYPE_CHECKING:
    from tests.house.access.world import Side

    from opstap.journey.mentoring.models import TrainingSession

AWAY = (date(2023, 11, 6), date(2023, 11, 11))
SOON = (date(2023, 9, 11), date(2023, 9, 16))
"""A week nearby in which nobody stands in: the places with learners are at risk."""


def teach(side: Side) -> None:
    """Give the side's mentor a certificate, a seat at the next training, a week away with somebody who stands in and one without."""
    mentor = side.hosting[2]
    past, coming = _training(side, AT - timedelta(days=30)), _training(side, AT + timedelta(days=14))
    _training(side, AT + timedelta(days=28))
    seat = enrol_mentor(session=past, mentor=mentor, by=SYSTEM, at=AT - timedelta(days=40))
    record_training_attendance(enrolment=seat, was_there=True, by=SYSTEM, at=AT)
    certificate = issue_certificate(session=past, mentor=mentor, issued_on=date(2023, 8, 31), by=SYSTEM, at=AT)
    booked = enrol_mentor(session=coming, mentor=mentor, by=SYSTEM, at=AT)
    other = Mentor.objects.create(organisation=side.hosting[0], name=f"Vervanger {side.name}", certified_on=date(2023, 1, 1))
    absence = plan_absence(mentor=mentor, starts_on=AWAY[0], until_on=AWAY[1], stands_in=other, by=SYSTEM, at=AT)
    plan_absence(mentor=mentor, starts_on=SOON[0], until_on=SOON[1], by=SYSTEM, at=AT)
    side.parts |= {
        "mentor_id": mentor.pk,
        "session_id": coming.pk,
        "enrolment_id": booked.pk,
        "certificate_id": certificate.pk,
        "absence_id": absence.pk,
        "back_up_id": back_ups_of(SYSTEM, AWAY[0]).get(mentor=mentor).pk,
    }


def _training(side: Side, starts_at: datetime) -> TrainingSession:
    ends_at = starts_at + timedelta(hours=6)
    outline = Outline(f"Opleiding {side.name}", tuple(Topic), starts_at, ends_at, "Stadhuis", 12, "Trainer")
    return offer_training(programme=side.programme, outline=outline, by=SYSTEM, at=AT - timedelta(days=60))
