"""Tasks that an actor may see, and what the person is told of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.followup.enums import Rule, RuleTerms, TaskState, rules_on
from opstap.journey.followup.models import Task
from opstap.journey.followup.queries.numbers import rules_for, with_numbers
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_follow
from opstap.journey.referrals.queries import followed_referrals, visible_referrals

_WITH = ("referral__person", "place", "mentor", "owner")


def visible_tasks(actor: Actor) -> QuerySet[Task]:
    """Return the tasks about followed people; and for coordinators those about places, their own, and those nobody has."""
    tasks = Task.objects.select_related(*_WITH)
    if actor.kind is ActorKind.SYSTEM:
        return tasks
    reach = Q(referral__in=followed_referrals(actor))
    if programmes := actor.programme_ids(Role.COORDINATOR):
        reach |= Q(programme_id__in=programmes) & (Q(referral__isnull=True) | Q(owner__isnull=True) | Q(owner_id=actor.user_id))
    return tasks.filter(reach)


def open_tasks_of(actor: Actor, on: date) -> QuerySet[Task]:
    """Return the visible tasks that wait on a day: open, not put off until later, not about who stopped; the most pressing first."""
    return visible_tasks(actor).filter(state=TaskState.OPEN).exclude(snoozed_until__gt=on).exclude(referral__stage=Stage.CLOSED)


def task_for(actor: Actor, task_id: UUID) -> Task | None:
    """Return one visible task, or None."""
    return visible_tasks(actor).filter(pk=task_id).first()


def tasks_about(actor: Actor, referral: Referral) -> list[Task]:
    """Return the tasks about one person whom the actor follows: the open ones first, then the latest; `rules_of` each says its rules."""
    if not may_follow(actor, referral):
        return []
    rows = with_numbers(Task.objects.filter(referral_id=referral.pk).select_related("owner").order_by("-opened_at", "id"))
    if referral.stage == Stage.CLOSED:  # the night closes them; until then they ask nothing
        rows = rows.exclude(state=TaskState.OPEN)
    return sorted(rows, key=lambda task: task.state != TaskState.OPEN)


def told_to_person(actor: Actor, referral_id: UUID, on: date) -> list[Reason]:
    """Return why somebody will call the person, in the rules' own words; nothing when no task is open, or it is another's referral."""
    if actor.only_id not in {None, referral_id}:
        return []
    own = visible_referrals(actor).filter(pk=referral_id).exclude(stage=Stage.CLOSED)
    rows = Task.objects.filter(referral__in=own, state=TaskState.OPEN, rule__in=rules_on(on)).order_by("due_on", "id")
    told = list(rows.values_list("rule", "facts", "programme_id"))
    rules = rules_for(told[0][2], on) if told else {}
    return [Reason(f"followup.person.{rule}", facts | rules[Rule(rule)].facts) for rule, facts, _ in told]


def rules_in_words(programme_id: UUID, on: date) -> list[tuple[RuleTerms, Reason, Reason]]:
    """Return every rule as it holds in a programme on a day: its terms, what staff read, and what the person reads."""
    return [
        (terms, Reason(f"followup.rule.{rule.value}", terms.facts), Reason(f"followup.rule_for_person.{rule.value}", terms.facts))
        for rule, terms in rules_for(programme_id, on).items()
    ]
