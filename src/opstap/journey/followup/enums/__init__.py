"""The rules of follow-up, and the states of the tasks that they open."""

from opstap.journey.followup.enums.rules import RANGES, Parameter, RuleError, RuleTerms, read_rules, rules_on
from opstap.journey.followup.enums.states import TRANSITIONS, EndReason, Rule, TaskOwner, TaskState

__all__ = [
    "RANGES",
    "TRANSITIONS",
    "EndReason",
    "Parameter",
    "Rule",
    "RuleError",
    "RuleTerms",
    "TaskOwner",
    "TaskState",
    "read_rules",
    "rules_on",
]
