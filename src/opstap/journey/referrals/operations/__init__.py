"""What changes a referral: opening, advancing, assigning, sharing, putting aside, reading."""

from opstap.journey.referrals.operations.assigning import assign, assign_counsellor, end_assignment
from opstap.journey.referrals.operations.moving import (
    Aside,
    Opening,
    Step,
    advance,
    advance_many,
    close_referral,
    export_case_files,
    open_case_file,
    open_referral,
    open_referrals,
    record_contact,
    record_contacts,
    snooze,
    snooze_many,
)

__all__ = [
    "Aside",
    "Opening",
    "Step",
    "advance",
    "advance_many",
    "assign",
    "assign_counsellor",
    "close_referral",
    "end_assignment",
    "export_case_files",
    "open_case_file",
    "open_referral",
    "open_referrals",
    "record_contact",
    "record_contacts",
    "snooze",
    "snooze_many",
]
