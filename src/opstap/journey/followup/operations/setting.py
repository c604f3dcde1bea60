"""A coordinator sets the numbers of the rules for a programme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.programmes.models import Programme
from opstap.journey.followup.enums import RANGES, Rule
from opstap.journey.followup.models import RuleNumber
from opstap.journey.followup.queries import rules_for


@operation
def set_rule_numbers(*, programme: Programme, numbers: Mapping[tuple[Rule, str], int], by: Actor, at: datetime) -> list[RuleNumber]:
    """Set numbers of the rules for one programme, from tonight on; return the rows that are new. What was said before stays in its row.

    Raises `Refused` when the actor does not coordinate the programme, and for a number that no rule has or outside what is sane: then
    nothing is set.
    """
    if by.kind is not ActorKind.SYSTEM and programme.pk not in by.programme_ids(Role.COORDINATOR):
        raise Refused(Reason("followup.may_not_set_numbers"))
    lock_in_order(f"rules:{programme.pk}")
    rules = rules_for(programme.pk, localdate(at))
    made, before = [], {}
    for (rule, name), value in numbers.items():
        least, most = RANGES[rule].get(name, (1, 0))
        if not least <= value <= most:
            raise Refused(Reason("followup.number_out_of_range", {"rule": f"followup.{rule.value}", "least": least, "most": most}))
        if rules[rule][name] != value:
            before[f"{rule.value}.{name}"] = rules[rule][name]
            made.append(RuleNumber(programme=programme, rule=rule.value, name=name, value=value, by_label=by.label[:200], at=at))
    RuleNumber.objects.bulk_create(made)
    facts = {"before": before, "after": {f"{row.rule}.{row.name}": row.value for row in made}}
    record(by=by, at=at, action="set_rule_numbers", subject_kind="programme", subject_id=programme.pk, facts=facts)
    return made
