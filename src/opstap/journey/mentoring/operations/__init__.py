"""What changes mentoring: trainings, seats at them, certificates, absences, who stands in, and what leaves as a file."""

from opstap.journey.mentoring.operations.absences import end_absence, end_back_up, name_back_up, plan_absence
from opstap.journey.mentoring.operations.certificates import issue_certificate, recognise_certificate
from opstap.journey.mentoring.operations.files import note_package, note_register
from opstap.journey.mentoring.operations.trainings import (
    Outline,
    cancel_enrolment,
    cancel_training,
    enrol_mentor,
    offer_training,
    record_training_attendance,
)

__all__ = [
    "Outline",
    "cancel_enrolment",
    "cancel_training",
    "end_absence",
    "end_back_up",
    "enrol_mentor",
    "issue_certificate",
    "name_back_up",
    "note_package",
    "note_register",
    "offer_training",
    "plan_absence",
    "recognise_certificate",
    "record_training_attendance",
]
