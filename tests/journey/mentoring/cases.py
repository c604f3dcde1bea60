"""Trainings of the floor's programme, two weeks ahead or given already."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.journey.attendance.floor import Floor

from opstap.journey.mentoring.enums import Topic
from opstap.journey.mentoring.models import Enrolment, TrainingSession
from opstap.journey.mentoring.operations import Outline, enrol_mentor, offer_training, record_training_attendance

NOW = datetime(2023, 9, 4, 8, 0, tzinfo=UTC)
TODAY = date(2023, 9, 4)


def outline(starts_at: datetime = NOW + timedelta(days=14), **terms: Any) -> Outline:  # noqa: ANN401 - any field of an outline
    """Return what a training of seven hours is."""
    given = {"topics": tuple(Topic), "ends_at": starts_at + timedelta(hours=7), "where": "Stadhuis", "places": 2} | terms
    return Outline(title="Mentoropleiding", starts_at=starts_at, **given)


def training(floor: Floor, **terms: Any) -> TrainingSession:  # noqa: ANN401 - any field of an outline
    """Return a training that comes."""
    return offer_training(programme=floor.programme, outline=outline(**terms), by=floor.coordinator, at=NOW)


def attended(floor: Floor, starts_at: datetime = NOW - timedelta(days=3)) -> Enrolment:
    """Return the seat of the floor's mentor at a training where they were noted as there."""
    before = starts_at - timedelta(days=1)
    session = offer_training(programme=floor.programme, outline=outline(starts_at), by=floor.coordinator, at=before)
    seat = enrol_mentor(session=session, mentor=floor.guide, by=floor.contact, at=before)
    return record_training_attendance(enrolment=seat, was_there=True, by=floor.coordinator, at=NOW)
