"""What changes decisions and rules: deciding, overruling and replaying; proposing, rehearsing, approving and withdrawing a change."""

from opstap.journey.eligibility.operations.decisions import Caseload, Replay, decide, decide_all, decide_caseload, overrule, replay_decision
from opstap.journey.eligibility.operations.rule_changes import (
    approve_rule_change,
    propose_rule_change,
    rehearse_rule_change,
    withdraw_rule_change,
)

__all__ = [
    "Caseload",
    "Replay",
    "approve_rule_change",
    "decide",
    "decide_all",
    "decide_caseload",
    "overrule",
    "propose_rule_change",
    "rehearse_rule_change",
    "replay_decision",
    "withdraw_rule_change",
]
