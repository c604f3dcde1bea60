"""What changes days, signs months and pays them."""

from opstap.journey.attendance.operations.closures import add_closure, end_closure
from opstap.journey.attendance.operations.corrections import add_day, correct_day
from opstap.journey.attendance.operations.days import DayNote, record_day, record_days
from opstap.journey.attendance.operations.months import Closed, close_month, close_months, reopen_month
from opstap.journey.attendance.operations.payments import (
    approve_payment_run,
    discard_payment_run,
    export_payment_run,
    give_bank_account,
    make_payment_run,
    set_paying_account,
)
from opstap.journey.attendance.operations.person import confirm_days, contest_day

__all__ = [
    "Closed",
    "DayNote",
    "add_closure",
    "add_day",
    "approve_payment_run",
    "close_month",
    "close_months",
    "confirm_days",
    "contest_day",
    "correct_day",
    "discard_payment_run",
    "end_closure",
    "export_payment_run",
    "give_bank_account",
    "make_payment_run",
    "record_day",
    "record_days",
    "reopen_month",
    "set_paying_account",
]
