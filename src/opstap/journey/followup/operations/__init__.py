"""What changes tasks: the rules at night, and people who see to them."""

from opstap.journey.followup.operations.asking import open_task, settle_task
from opstap.journey.followup.operations.closing import Closing, close_task, close_tasks, put_off_task, settle_ending
from opstap.journey.followup.operations.nightly import open_tasks
from opstap.journey.followup.operations.setting import set_rule_numbers

__all__ = [
    "Closing",
    "close_task",
    "close_tasks",
    "open_task",
    "open_tasks",
    "put_off_task",
    "set_rule_numbers",
    "settle_ending",
    "settle_task",
]
