"""What changes evaluations: asking, reminding and calling, writing, correcting, and what the person says of it."""

from opstap.journey.evaluations.operations.answering import answer_evaluation
from opstap.journey.evaluations.operations.asking import ask_due, ask_evaluation
from opstap.journey.evaluations.operations.closing import close_at_end
from opstap.journey.evaluations.operations.reminding import note_call, remind_or_call
from opstap.journey.evaluations.operations.writing import Seen, correct_evaluation, write_evaluation

__all__ = [
    "Seen",
    "answer_evaluation",
    "ask_due",
    "ask_evaluation",
    "close_at_end",
    "correct_evaluation",
    "note_call",
    "remind_or_call",
    "write_evaluation",
]
