"""What changes an agreement: made, changed, sent, signed, in force, added to, ended."""

from opstap.journey.agreements.operations.addenda import add_addendum
from opstap.journey.agreements.operations.changing import change_field
from opstap.journey.agreements.operations.force import (
    end_agreement,
    put_due_in_force,
    put_in_force,
    withdraw_agreement,
    withdraw_called_off,
)
from opstap.journey.agreements.operations.handing import give_link
from opstap.journey.agreements.operations.making import make_agreement, read_agreement
from opstap.journey.agreements.operations.sending import ask_again, send_for_signature
from opstap.journey.agreements.operations.signing import Scan, refuse_to_sign, sign, sign_on_paper

__all__ = [
    "Scan",
    "add_addendum",
    "ask_again",
    "change_field",
    "end_agreement",
    "give_link",
    "make_agreement",
    "put_due_in_force",
    "put_in_force",
    "read_agreement",
    "refuse_to_sign",
    "send_for_signature",
    "sign",
    "sign_on_paper",
    "withdraw_agreement",
    "withdraw_called_off",
]
