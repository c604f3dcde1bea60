"""What changes rounds, proposals and directives."""

from opstap.journey.matching.operations.closing import stop_journey
from opstap.journey.matching.operations.directives import end_directive, give_directive
from opstap.journey.matching.operations.letters import (
    IssuedLetter,
    issue_letter,
    issue_news,
    note_letter_sent,
    queue_paper_letter,
    renew_letter_link,
)
from opstap.journey.matching.operations.merging import hand_over
from opstap.journey.matching.operations.paper import note_letter_posted, print_letter_again, print_news, queue_paper_news
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
from opstap.journey.matching.operations.turning import withdraw_turned

__all__ = [
    "IssuedLetter",
    "decline_proposal",
    "end_directive",
    "fail_round",
    "finish_round",
    "give_directive",
    "hand_over",
    "issue_letter",
    "issue_news",
    "lapse_proposal",
    "note_letter_posted",
    "note_letter_sent",
    "print_letter_again",
    "print_news",
    "propose_by_hand",
    "queue_paper_letter",
    "queue_paper_news",
    "record_host_answer",
    "record_person_answer",
    "renew_letter_link",
    "request_round",
    "run_round",
    "send_proposal",
    "set_aside",
    "settle_proposal",
    "start_round",
    "stop_journey",
    "withdraw_proposal",
    "withdraw_turned",
]
