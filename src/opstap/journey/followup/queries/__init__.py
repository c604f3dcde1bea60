"""What is there for a task to be open, and the tasks that somebody may see."""

from opstap.journey.followup.queries.causes import CAUSES, COLUMNS, values_of
from opstap.journey.followup.queries.numbers import own_rules, rules_for, rules_of
from opstap.journey.followup.queries.tasks import (
    open_tasks_of,
    rules_in_words,
    task_for,
    tasks_about,
    told_to_person,
    visible_tasks,
)

__all__ = [
    "CAUSES",
    "COLUMNS",
    "open_tasks_of",
    "own_rules",
    "rules_for",
    "rules_in_words",
    "rules_of",
    "task_for",
    "tasks_about",
    "told_to_person",
    "values_of",
    "visible_tasks",
]
