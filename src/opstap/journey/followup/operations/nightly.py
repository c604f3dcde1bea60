"""Every night: open a task where a cause is there, once; close it by itself when the cause is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import Entry, lock_in_order, operation, record_many
from opstap.foundation.programmes.models import Programme
from opstap.journey.followup.enums import RuleTerms, rules_on
from opstap.journey.followup.permissions import may_run_rules
from opstap.journey.followup.queries import CAUSES, COLUMNS, own_rules, values_of
from opstap.journey.followup.queries.numbers import Own

_RUN = """
WITH cause ({columns}) AS (SELECT * FROM ({cause}) AS every ({columns}) WHERE {among}),
opened AS (
    INSERT INTO followup_task ({columns}, id, rule, due_on, opened_at, state, end_reason, closed_by, note)
    SELECT {columns}, gen_random_uuid(), %(rule)s, %(day)s::date + %(due)s::int, %(at)s, 'open', '', '', '' FROM cause
    ON CONFLICT (once) DO UPDATE SET
        opened_at = CASE followup_task.state WHEN 'open' THEN followup_task.opened_at ELSE excluded.opened_at END,
        due_on = CASE followup_task.state WHEN 'open' THEN followup_task.due_on ELSE excluded.due_on END,
        state = 'open', end_reason = '', closed_at = NULL, closed_by = '', facts = excluded.facts,
        owner_id = excluded.owner_id, organisation_id = excluded.organisation_id, mentor_id = excluded.mentor_id
    WHERE followup_task.end_reason = 'cause_gone' OR followup_task.state = 'open' AND (
        (followup_task.owner_id, followup_task.organisation_id, followup_task.facts)
        IS DISTINCT FROM (excluded.owner_id, excluded.organisation_id, excluded.facts))
    RETURNING id, referral_id, opened_at
),
closed AS (
    UPDATE followup_task SET state = 'done', end_reason = 'cause_gone', closed_at = %(at)s, closed_by = %(label)s, snoozed_until = NULL
    WHERE rule = %(rule)s AND state = 'open' AND {among} AND NOT EXISTS (SELECT FROM cause WHERE cause.once = followup_task.once)
    RETURNING id, referral_id
)
SELECT 'open_task', task.id, referral.person_id FROM opened AS task
    LEFT JOIN referrals_referral AS referral ON referral.id = task.referral_id
    WHERE task.opened_at = %(at)s
UNION ALL
SELECT 'cause_gone', task.id, referral.person_id FROM closed AS task
    LEFT JOIN referrals_referral AS referral ON referral.id = task.referral_id
"""
"""One rule in one statement: the causes, the tasks they open or keep right, the tasks whose cause is gone."""


@dataclass(frozen=True, slots=True)
class Gone:
    """How many tasks a night opened, and how many it closed because their cause was gone."""

    opened: int
    closed: int


@operation
def open_tasks(*, programme: Programme | None = None, by: Actor, at: datetime) -> Gone:
    """Go through the rules that hold today: a statement per rule, however many people there are; twice does nothing more.

    In a programme, or in all of them.
    Raises `Refused` for anybody but the product itself.
    """
    if not may_run_rules(by):
        raise Refused(Reason("followup.only_the_product"))
    lock_in_order("followup:rules")
    on = localdate(at)
    rules, own = rules_on(on), own_rules(on)
    done = [row for rule in CAUSES if rule in rules for group in _groups(rules[rule], own, programme) for row in _run(group, by, at)]
    entries = [Entry(action, "task", key, person_id) for action, key, person_id in done]
    opened = sum(action == "open_task" for action, _, _ in done)
    facts = {"opened": opened, "closed": len(done) - opened}
    record_many(by=by, at=at, entries=[Entry("open_tasks", "rules", "", None, facts), *entries])
    return Gone(opened, len(done) - opened)


@dataclass(frozen=True, slots=True)
class _Group:
    """The programmes in which a rule has the same terms: these alone, or (`is_rest`) all but these."""

    terms: RuleTerms
    programmes: tuple[UUID, ...]
    is_rest: bool

    @property
    def among(self) -> str:
        """The condition that leaves in the programmes of this group."""
        return "programme_id <> ALL(%(programmes)s::uuid[])" if self.is_rest else "programme_id = ANY(%(programmes)s::uuid[])"


def _groups(terms: RuleTerms, own: Own, programme: Programme | None) -> list[_Group]:
    """Return the programmes that go by the product's own numbers of a rule, then each that set its own; or the one that is given."""
    if programme is not None:
        return [_Group(own.get(programme.pk, {}).get(terms.rule, terms), (programme.pk,), is_rest=False)]
    changed = {programme: rules[terms.rule] for programme, rules in own.items() if terms.rule in rules}
    return [_Group(terms, tuple(changed), is_rest=True), *(_Group(each, (key,), is_rest=False) for key, each in changed.items())]


def _run(group: _Group, by: Actor, at: datetime) -> list[tuple[str, UUID, UUID | None]]:
    """Return what one rule opened and closed in a group of programmes: action, task, person."""
    terms = group.terms
    sql = _RUN.format(columns=COLUMNS, cause=CAUSES[terms.rule], among=group.among)
    values = values_of(terms, at) | {"label": by.label[:200], "due": terms["due"], "programmes": list(group.programmes)}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[str, UUID, UUID | None]] = cursor.fetchall()
    return rows
