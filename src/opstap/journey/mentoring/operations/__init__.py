"""What changes mentoring: trainings, seats at them, certificates, absences, who stands in, the file of the package."""

from opstap.journey.mentoring.operations.absences import end_absence, end_back_up, name_back_up, plan_absence
from opstap.journey.mentoring.operations.certificates import issue_certificate, recognise_certificate
from opstap.journey.mentoring.operations.files import (
    ask_audit_file,
    fail_audit_file,
    forget_audit_files,
    keep_audit_file,
    note_list,
    take_audit_file,
)
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
    "ask_audit_file",
    "cancel_enrolment",
    "cancel_training",
    "end_absence",
    "end_back_up",
    "enrol_mentor",
    "fail_audit_file",
    "forget_audit_files",
    "issue_certificate",
    "keep_audit_file",
    "name_back_up",
    "note_list",
    "offer_training",
    "plan_absence",
    "recognise_certificate",
    "record_training_attendance",
    "take_audit_file",
]
