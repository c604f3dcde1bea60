"""Mentors within reach, trainings, certificates, and when nobody guides a mentor's learners."""

from opstap.journey.mentoring.queries.cover import CoverBook, Gap, book_of, gaps_of, without_guide
from opstap.journey.mentoring.queries.mentors import absence_for, back_up_for, back_ups_of, mentor_for, stood_in_for, visible_mentors
from opstap.journey.mentoring.queries.trainings import (
    certificate_for,
    coming_trainings,
    enrolment_for,
    session_for,
    sessions_of,
    visible_certificates,
)

__all__ = [
    "CoverBook",
    "Gap",
    "absence_for",
    "back_up_for",
    "back_ups_of",
    "book_of",
    "certificate_for",
    "coming_trainings",
    "enrolment_for",
    "gaps_of",
    "mentor_for",
    "session_for",
    "sessions_of",
    "stood_in_for",
    "visible_certificates",
    "visible_mentors",
    "without_guide",
]
