"""What changes a plan: the catalogue, writing it, sharing it, what the person says of it, progress and levels."""

from opstap.journey.plans.operations.catalogue import add_competence, load_catalogue, retire_competence
from opstap.journey.plans.operations.progress import complete_action, move_goal, reopen_action, set_level
from opstap.journey.plans.operations.sharing import agree_plan, comment_plan, read_plan, share_plan
from opstap.journey.plans.operations.starting import drop_draft, new_version, start_plan
from opstap.journey.plans.operations.writing import (
    ActionTerms,
    GoalTerms,
    add_action,
    add_goal,
    change_action,
    change_goal,
    remove_action,
    remove_goal,
    set_aim,
)

__all__ = [
    "ActionTerms",
    "GoalTerms",
    "add_action",
    "add_competence",
    "add_goal",
    "agree_plan",
    "change_action",
    "change_goal",
    "comment_plan",
    "complete_action",
    "drop_draft",
    "load_catalogue",
    "move_goal",
    "new_version",
    "read_plan",
    "remove_action",
    "remove_goal",
    "reopen_action",
    "retire_competence",
    "set_aim",
    "set_level",
    "share_plan",
    "start_plan",
]
