"""What stands in somebody's way most, as the class of the rule: fit for lists and filters, and silent about health."""

from __future__ import annotations

from opstap.engine.matching.explain.data import PersonExplanation

CLASSES: dict[str, str] = {
    "matching.half_days": "matching.rule_half_days",
    "matching.dutch": "matching.rule_dutch_level",
    "matching.licence": "matching.rule_licence",
    "matching.limits": "matching.rule_physical_limits",
    "matching.travel": "matching.rule_travel_time",
    "matching.home": "matching.rule_travel_time",
    "matching.place_not": "matching.rule_travel_time",
    "matching.place_ended": "matching.rule_place_period",
    "matching.no_decision": "matching.rule_eligible_instrument",
    "matching.decision": "matching.rule_eligible_instrument",
    "matching.months_used_up": "matching.rule_eligible_instrument",
    "matching.few_days_left": "matching.rule_eligible_instrument",
    "matching.mentor": "matching.rule_mentor",
    "matching.person_veto": "matching.rule_veto",
    "matching.host_refusal": "matching.rule_host_refusal",
    "matching.ruled_out": "matching.rule_ruled_out",
}
"""By which rule an obstacle arises: the beginning of its code, and the name of the rule."""


def obstacle_class(code: str) -> str:
    """Return the rule behind an obstacle's code: whether a limit clashes or was only never asked cannot be told from it."""
    return next((rule for start, rule in CLASSES.items() if code.startswith(start)), code)


def main_obstacle(person: PersonExplanation) -> str:
    """Return the class of what most stands in the way of somebody who was not placed, "" for somebody who was."""
    if person.place is not None:
        return ""
    if person.possible:
        return "matching.places_taken"
    reasons = person.misses[0].reasons if person.misses else ()
    return obstacle_class(reasons[0].code) if reasons else "matching.no_places"
