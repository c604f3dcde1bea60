"""What changes a placement: the answers that make it, its start, its end."""

from opstap.journey.placements.operations.answers import AnswerResult, Outcome, answer_as_host, answer_as_person, cancel_placement
from opstap.journey.placements.operations.course import change_terms, end_placement, start_placement
from opstap.journey.placements.operations.seats import resize_place

__all__ = [
    "AnswerResult",
    "Outcome",
    "answer_as_host",
    "answer_as_person",
    "cancel_placement",
    "change_terms",
    "end_placement",
    "resize_place",
    "start_placement",
]
