"""What changes appointments: opening and closing moments, inviting, choosing, noting what came, and trial days."""

from opstap.journey.appointments.operations.asking import ask_for_moments
from opstap.journey.appointments.operations.choosing import book_slot, cancel_booking, record_outcome
from opstap.journey.appointments.operations.inviting import invite, remind_and_expire, withdraw_invitation
from opstap.journey.appointments.operations.slots import close_slot, open_slots
from opstap.journey.appointments.operations.trials import cancel_trial, give_trial_verdict, plan_trial

__all__ = [
    "ask_for_moments",
    "book_slot",
    "cancel_booking",
    "cancel_trial",
    "close_slot",
    "give_trial_verdict",
    "invite",
    "open_slots",
    "plan_trial",
    "record_outcome",
    "remind_and_expire",
    "withdraw_invitation",
]
