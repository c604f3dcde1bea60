"""Evaluations of how somebody's work goes, what was seen, what the person says of it, and the evidence that stays.

What was written is never changed: a correction is a row of its own that `corrects` the earlier one. Nothing here adds levels up.
"""

from __future__ import annotations

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.journey.evaluations.enums import WRITTEN, CloseReason, EvaluationState, EvidenceSource, Occasion, PersonAnswer, Strength
from opstap.journey.placements.models import Placement
from opstap.journey.plans.enums import Level
from opstap.journey.plans.models import Competence
from opstap.journey.referrals.models import Referral

_INTERNAL, _PERSONAL, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE
_LEVELS = [(level.value, level.name.lower()) for level in Level]


class Evaluation(Classified):
    """One evaluation of one placement: asked of the work floor, due on a day, written, and answered by the person.

    `went_well` and `next_step` are words of the writer, `strengths` what was chosen in one tap. `called_at` is when somebody last
    telephoned about it, `call_again_on` the day from which that is asked again. `number` counts the versions of one evaluation; a
    later version `corrects` the earlier.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Occasion])
    number = models.PositiveSmallIntegerField(default=1)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by")
    correction_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in EvaluationState], default=EvaluationState.ASKED.value
    )
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    call_again_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=12, blank=True, choices=[(each.value, each.value) for each in CloseReason])
    strengths = ArrayField(
        models.CharField(max_length=12, choices=[(each.value, each.value) for each in Strength]), default=list, blank=True
    )
    went_well = SealedField(null=True, blank=True)
    next_step = SealedField(null=True, blank=True)
    written_user = models.UUIDField(null=True, blank=True)
    written_by = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    person_answer = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in PersonAnswer], default=PersonAnswer.NONE.value
    )
    person_words = SealedField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=10, blank=True)

    privacy = {
        "id": _INTERNAL,
        "placement": _PERSONAL,
        "occasion": _PERSONAL,
        "number": _INTERNAL,
        "corrects": _INTERNAL,
        "correction_reason": _PERSONAL,
        "state": _PERSONAL,
        "asked_at": _INTERNAL,
        "asked_by": _PERSONAL,
        "due_on": _INTERNAL,
        "reminded_at": _INTERNAL,
        "called_at": _INTERNAL,
        "call_again_on": _INTERNAL,
        "closed_at": _INTERNAL,
        "close_reason": _INTERNAL,
        "strengths": _PERSONAL,
        "went_well": _SENSITIVE,
        "next_step": _SENSITIVE,
        "written_user": _PERSONAL,
        "written_by": _PERSONAL,
        "written_at": _INTERNAL,
        "person_answer": _PERSONAL,
        "person_words": _SENSITIVE,
        "answered_at": _INTERNAL,
        "channel": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-asked_at", "-number", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["placement", "occasion"],
                condition=Q(corrects__isnull=True) & ~Q(occasion=Occasion.ASKED.value),
                name="milestone_asked_once",
            ),
            models.UniqueConstraint(
                fields=["placement"], condition=Q(state=EvaluationState.ASKED.value), name="one_evaluation_asked_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[state.value for state in WRITTEN]) | Q(written_at__isnull=False),
                name="written_evaluation_has_a_writer",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, person_answer=PersonAnswer.NONE.value)
                | (Q(answered_at__isnull=False) & ~Q(person_answer=PersonAnswer.NONE.value)),
                name="answer_has_a_moment",
            ),
        )
        indexes = (
            models.Index(fields=["state", "due_on"], name="evaluation_by_due_day"),
            models.Index(fields=["placement", "-asked_at"], name="evaluation_by_placement"),
        )
        triggers = (
            pgtrigger.Protect(
                name="written_evaluation_stays",
                operation=pgtrigger.Delete
                | pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # the library leaves it untyped
                    "placement_id", "occasion", "number", "corrects_id", "correction_reason", "asked_at", "asked_by",
                    "strengths", "went_well", "next_step", "written_user", "written_by", "written_at",
                ),
                condition=pgtrigger.Q(old__written_at__isnull=False),
            ),
            pgtrigger.Protect(
                name="answer_of_the_person_stays",
                operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # the library leaves it untyped
                    "state", "person_answer", "person_words", "answered_at", "channel"
                ),
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.occasion} #{self.number} of {self.placement_id}: {self.state}"


class Observation(Classified):
    """What was seen of one competence: one of four levels in words, and what the writer adds. Append-only."""

    id = models.BigAutoField(primary_key=True)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="observations")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=_LEVELS)
    words = models.CharField(max_length=300, blank=True)

    privacy = {"id": _INTERNAL, "evaluation": _PERSONAL, "competence": _PERSONAL, "level": _PERSONAL, "words": _PERSONAL}
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("evaluation", "id")
        constraints = (
            models.UniqueConstraint(fields=["evaluation", "competence"], name="competence_seen_once_per_evaluation"),
            models.CheckConstraint(condition=Q(level__lte=Level.ALONE.value), name="observation_is_one_of_four"),
        )
        triggers = (pgtrigger.Protect(name="observations_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.competence_id}: {self.level}"


class EvidenceLine(Classified):
    """One line on somebody's competency list: what was seen, how far, on which day, and where it was seen. Append-only."""

    id = models.BigAutoField(primary_key=True)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    source_kind = models.CharField(max_length=12, choices=[(each.value, each.value) for each in EvidenceSource])
    source_id = models.UUIDField()
    level = models.PositiveSmallIntegerField(choices=_LEVELS)
    on = models.DateField()
    text = models.CharField(max_length=300, blank=True)

    privacy = {
        "id": _INTERNAL,
        "referral": _PERSONAL,
        "competence": _PERSONAL,
        "source_kind": _INTERNAL,
        "source_id": _INTERNAL,
        "level": _PERSONAL,
        "on": _PERSONAL,
        "text": _PERSONAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("referral", "competence", "on", "id")
        constraints = (
            models.UniqueConstraint(fields=["source_kind", "source_id", "competence"], name="evidence_once_per_source"),
            models.CheckConstraint(condition=Q(level__lte=Level.ALONE.value), name="evidence_is_one_of_four"),
        )
        indexes = (models.Index(fields=["referral", "competence", "on"], name="evidence_by_referral"),)
        triggers = (pgtrigger.Protect(name="evidence_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.competence_id} of {self.referral_id} on {self.on}: {self.level}"
