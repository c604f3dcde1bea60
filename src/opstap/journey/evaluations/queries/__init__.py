"""What the evaluations room lets others read."""

from opstap.journey.evaluations.queries.competences import Development, competency_list
from opstap.journey.evaluations.queries.evaluations import (
    evaluation_for,
    evaluations_of,
    placement_to_ask,
    to_answer,
    to_call,
    to_write,
    visible_evaluations,
    written_by_floor,
)

__all__ = [
    "Development",
    "competency_list",
    "evaluation_for",
    "evaluations_of",
    "placement_to_ask",
    "to_answer",
    "to_call",
    "to_write",
    "visible_evaluations",
    "written_by_floor",
]
