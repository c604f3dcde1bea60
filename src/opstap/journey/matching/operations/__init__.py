"""What changes rounds, proposals and directives."""

from opstap.journey.matching.operations.directives import end_directive, give_directive
from opstap.journey.matching.operations.proposals import (
    decline_proposal,
    lapse_proposal,
    propose_by_hand,
    record_host_answer,
    record_person_answer,
    send_proposal,
    set_aside,
    settle_proposal,
    withdraw_proposal,
)
from opstap.journey.matching.operations.rounds import fail_round, finish_round, request_round, run_round, start_round

__all__ = [
    "decline_proposal",
    "end_directive",
    "fail_round",
    "finish_round",
    "give_directive",
    "lapse_proposal",
    "propose_by_hand",
    "record_host_answer",
    "record_person_answer",
    "request_round",
    "run_round",
    "send_proposal",
    "set_aside",
    "settle_proposal",
    "start_round",
    "withdraw_proposal",
]
