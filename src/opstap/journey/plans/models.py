"""The catalogue of competences, plans with their goals and actions, and what somebody can do over time."""

from __future__ import annotations

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.foundation.programmes.models import Programme
from opstap.journey.plans.enums import (
    IN_FORCE,
    ActionOwner,
    CommentSide,
    CompetenceKind,
    Focus,
    GoalState,
    Level,
    LevelKind,
    LevelSource,
    PlanKind,
    PlanState,
)
from opstap.journey.referrals.models import Referral

_INTERNAL, _PERSONAL, _PUBLIC, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.PUBLIC, Privacy.SENSITIVE

_STANDS = "IF EXISTS (SELECT 1 FROM plans_supportplan WHERE id = {plan} AND state = 'superseded') THEN RAISE EXCEPTION '{what}'; END IF;"
_OF_GOAL = "(SELECT plan_id FROM plans_goal WHERE id = COALESCE(NEW.goal_id, OLD.goal_id))"
_OLD_GOAL = _STANDS.format(plan="COALESCE(NEW.plan_id, OLD.plan_id)", what="a goal of an earlier version of a plan stays as it is")
_OLD_ACTION = _STANDS.format(plan=_OF_GOAL, what="an action of an earlier version of a plan stays as it is")


class TaskGroup(Classified):
    """A group of competences that belong to a kind of work; `occupations` are the ESCO codes for which it is offered first."""

    code = models.CharField(primary_key=True, max_length=40)
    label = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in CompetenceKind])
    occupations = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    position = models.PositiveSmallIntegerField()

    privacy = {"code": _PUBLIC, "label": _PUBLIC, "kind": _PUBLIC, "occupations": _PUBLIC, "position": _PUBLIC}
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.label


class Competence(Classified):
    """A task or a way of working in plain Dutch, with its skill in ESCO; `programme` is set for one that a programme added itself.

    One that is no longer offered stays (`is_active` false) for what was said of it.
    """

    code = models.CharField(primary_key=True, max_length=60)
    group = models.ForeignKey(TaskGroup, on_delete=models.PROTECT, related_name="competences")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in CompetenceKind])
    label = models.CharField(max_length=100)
    plain = models.CharField(max_length=200)
    esco_uri = models.URLField(max_length=200, blank=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    privacy = {
        "code": _PUBLIC,
        "group": _PUBLIC,
        "kind": _PUBLIC,
        "label": _PUBLIC,
        "plain": _PUBLIC,
        "esco_uri": _PUBLIC,
        "programme": _PUBLIC,
        "position": _PUBLIC,
        "is_active": _PUBLIC,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("group__position", "position", "label")

    def __str__(self) -> str:
        return self.label


class SupportPlan(Classified):
    """One version of somebody's plan: where they want to go (`aim`), with goals. `state` follows `enums.PLAN_TRANSITIONS`.

    A version that was followed by a later one is never changed again. `shared_on` is the day it counts from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in PlanKind])
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in PlanState])
    aim = SealedField(null=True, blank=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_on = models.DateField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_channel = models.CharField(max_length=10, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "referral": _PERSONAL,
        "kind": _PERSONAL,
        "version": _INTERNAL,
        "state": _PERSONAL,
        "aim": _SENSITIVE,
        "made_by": _PERSONAL,
        "made_at": _INTERNAL,
        "shared_at": _INTERNAL,
        "shared_on": _PERSONAL,
        "agreed_at": _PERSONAL,
        "agreed_channel": _INTERNAL,
        "superseded_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("referral", "-version")
        constraints = (
            models.UniqueConstraint(fields=["referral", "version"], name="plan_version_once"),
            models.UniqueConstraint(fields=["referral"], condition=Q(state="draft"), name="one_draft_of_a_plan"),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(state__in=[state.value for state in IN_FORCE]), name="one_plan_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(shared_at__isnull=False, shared_on__isnull=False), name="plan_in_force_was_shared"
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="earlier_versions_stay",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=PlanState.SUPERSEDED.value),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} version {self.version} of {self.referral_id}: {self.state}"


class Goal(Classified):
    """What somebody wants to reach, by when; `moved_at` is when something last happened to it, `copied_from` the goal it continues."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(SupportPlan, on_delete=models.CASCADE, related_name="goals")
    focus = models.CharField(max_length=15, choices=[(focus.value, focus.value) for focus in Focus])
    text = SealedField()
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    target_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in GoalState], default=GoalState.OPEN.value)
    moved_at = models.DateTimeField()
    position = models.PositiveSmallIntegerField()
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies")

    privacy = {
        "id": _INTERNAL,
        "plan": _PERSONAL,
        "focus": _PERSONAL,
        "text": _SENSITIVE,
        "competence": _PERSONAL,
        "target_on": _PERSONAL,
        "state": _PERSONAL,
        "moved_at": _INTERNAL,
        "position": _INTERNAL,
        "copied_from": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("plan", "position", "id")
        indexes = (models.Index(fields=["state", "moved_at"], name="goal_by_movement"),)
        triggers = (
            pgtrigger.Trigger(
                name="earlier_goals_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"{_OLD_GOAL} RETURN COALESCE(NEW, OLD);",
            ),
        )

    def __str__(self) -> str:
        return f"{self.focus} of {self.plan_id}: {self.state}"


class Action(Classified):
    """What somebody does for a goal: who (`owner`, with a name for others), by when, and when it was done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="actions")
    text = SealedField()
    owner = models.CharField(max_length=12, choices=[(owner.value, owner.value) for owner in ActionOwner])
    owner_name = models.CharField(max_length=100, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies")

    privacy = {
        "id": _INTERNAL,
        "goal": _PERSONAL,
        "text": _SENSITIVE,
        "owner": _PERSONAL,
        "owner_name": _PERSONAL,
        "due_on": _PERSONAL,
        "done_on": _PERSONAL,
        "done_by": _PERSONAL,
        "position": _INTERNAL,
        "copied_from": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("goal", "position", "id")
        constraints = (models.CheckConstraint(condition=~Q(owner="other") | ~Q(owner_name=""), name="another_owner_has_a_name"),)
        indexes = (models.Index(fields=["due_on"], condition=Q(done_on__isnull=True), name="action_by_due_day"),)
        triggers = (
            pgtrigger.Trigger(
                name="earlier_actions_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"{_OLD_ACTION} RETURN COALESCE(NEW, OLD);",
            ),
        )

    def __str__(self) -> str:
        return f"{self.owner} for {self.goal_id}"


class CompetenceLevel(Classified):
    """What somebody could do, or wanted to be able to do, from a day on: append-only, the latest row counts.

    `source_id` is the evaluation or plan it comes from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in LevelKind])
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.name.lower()) for level in Level])
    source = models.CharField(max_length=12, choices=[(source.value, source.value) for source in LevelSource])
    source_id = models.UUIDField(null=True, blank=True)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "referral": _PERSONAL,
        "competence": _PERSONAL,
        "kind": _INTERNAL,
        "level": _PERSONAL,
        "source": _INTERNAL,
        "source_id": _INTERNAL,
        "by_label": _PERSONAL,
        "at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-at", "id")
        constraints = (models.CheckConstraint(condition=Q(level__lte=Level.ALONE.value), name="level_is_one_of_four"),)
        indexes = (models.Index(fields=["referral", "competence", "kind", "-at"], name="level_by_referral"),)
        triggers = (pgtrigger.Protect(name="levels_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.competence_id} of {self.referral_id}: {self.kind} {self.level}"


class PlanComment(Classified):
    """What the person, or staff, says about a version of the plan in own words: append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(SupportPlan, on_delete=models.PROTECT, related_name="comments")
    text = SealedField()
    by_side = models.CharField(max_length=10, choices=[(side.value, side.value) for side in CommentSide])
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy = {"id": _INTERNAL, "plan": _PERSONAL, "text": _SENSITIVE, "by_side": _INTERNAL, "by_label": _PERSONAL, "at": _INTERNAL}
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("at", "id")
        triggers = (pgtrigger.Protect(name="comments_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.by_side} about {self.plan_id}"
