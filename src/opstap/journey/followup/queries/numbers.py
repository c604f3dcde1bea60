"""The rules with the numbers that a programme set itself."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.timezone import localdate

from opstap.journey.followup.enums import Rule, RuleTerms, rules_on
from opstap.journey.followup.models import RuleNumber, Task

Own = dict[UUID, dict[Rule, RuleTerms]]


def own_rules(on: date) -> Own:
    """Return the rules of every programme that set some number itself; every other programme goes by `rules_on`. One query."""
    return _terms(list(RuleNumber.objects.order_by("at", "id")), on)


def rules_for(programme_id: UUID, on: date) -> dict[Rule, RuleTerms]:
    """Return the rules as they hold in one programme. One query."""
    rows = list(RuleNumber.objects.filter(programme_id=programme_id).order_by("at", "id"))
    return rules_on(on) | _terms(rows, on).get(programme_id, {})


def with_numbers(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Let every task bring the numbers that its programme set itself, for `rules_of`: no question of its own."""
    numbers = RuleNumber.objects.filter(programme_id=OuterRef("programme_id")).order_by("at", "id")
    return tasks.annotate(numbers=ArraySubquery(numbers.values(row=JSONObject(rule="rule", name="name", value="value", at="at"))))


def rules_of(task: Task, on: date) -> dict[Rule, RuleTerms]:
    """Return the rules as they hold in the programme of a task that was asked for `with_numbers`."""
    given: list[dict[str, Any]] = task.numbers  # type: ignore[attr-defined]  # annotated by `with_numbers`
    rows = [RuleNumber(programme_id=task.programme_id, **row | {"at": datetime.fromisoformat(row["at"])}) for row in given]
    return rules_on(on) | _terms(rows, on).get(task.programme_id, {})


def _terms(rows: list[RuleNumber], on: date) -> Own:
    """Fold the rows, the oldest first, into the terms of each rule that was changed."""
    numbers: dict[tuple[UUID, Rule], dict[str, int]] = defaultdict(dict)
    since: dict[tuple[UUID, Rule], date] = {}
    for row in rows:
        key = row.programme_id, Rule(row.rule)
        numbers[key][row.name], since[key] = row.value, localdate(row.at)
    rules = rules_on(on)
    found: Own = defaultdict(dict)
    for (programme_id, rule), own in numbers.items():
        if rule in rules:
            found[programme_id][rule] = rules[rule].with_numbers(own, since[programme_id, rule])
    return dict(found)
