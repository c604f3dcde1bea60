"""One evaluation with everything it is prefilled with: what to look at, how it was before, and how often somebody was there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Sum

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.attendance.queries.days import counting_days
from opstap.journey.attendance.queries.reach import floor_placements
from opstap.journey.evaluations.assembly import asked_competences
from opstap.journey.evaluations.enums import WRITTEN, EvaluationState
from opstap.journey.evaluations.models import Evaluation, Observation
from opstap.journey.evaluations.permissions import may_write
from opstap.journey.evaluations.queries import evaluation_for
from opstap.journey.plans.enums import Level
from opstap.journey.plans.models import Competence
from opstap.journey.plans.queries import offered_competences
from opstap.journey.referrals.permissions import may_follow


@dataclass(frozen=True, slots=True)
class AskedTask:
    """One competence to look at; `before` is what was seen at this place the last time, None when it was not."""

    code: str
    label: str
    before: Level | None


@dataclass(frozen=True, slots=True)
class TaskChoices:
    """A group of the catalogue to choose another task from."""

    label: str
    competences: tuple[Competence, ...]


@dataclass(frozen=True, slots=True)
class SeenTask:
    """What was seen of one competence."""

    code: str
    label: str
    plain: str
    level: Level
    words: str


@dataclass(frozen=True, slots=True)
class Attended:
    """How somebody's days went since the start: days by their state (here, late, excused, absent), and hours worked."""

    days: dict[str, int]
    hours: Decimal


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    """An evaluation as who writes it, and who reads it, sees it. `shows_words`: the person's own words are for who follows them."""

    evaluation: Evaluation
    name: str
    place: str
    tasks: tuple[AskedTask, ...]
    seen: tuple[SeenTask, ...]
    others: tuple[TaskChoices, ...]
    attended: Attended
    may_write: bool
    may_correct: bool
    shows_words: bool
    later_id: UUID | None

    @property
    def is_written(self) -> bool:
        """Whether there is something to read."""
        return self.evaluation.state in WRITTEN

    @property
    def strengths(self) -> tuple[Reason, ...]:
        """What went well, in the words of a tap."""
        return tuple(Reason(f"evaluations.strength.{code}") for code in self.evaluation.strengths)


def evaluation_page(actor: Actor, evaluation_id: UUID, on: date) -> EvaluationPage | None:
    """Return one evaluation of the own floor or of a followed person, or None."""
    row = evaluation_for(actor, evaluation_id, on)
    if row is None or actor.person_id is not None:
        return None
    placement = row.placement
    is_on_floor = floor_placements(actor, on).filter(pk=placement.pk).exists()
    may = may_write(actor, placement, is_on_floor=is_on_floor)
    is_written = row.state in WRITTEN
    later = Evaluation.objects.filter(corrects=row).values_list("pk", flat=True).first() if is_written else None
    seen = seen_tasks(row) if is_written else ()
    offered = offered_competences(placement.referral) if may and later is None else {}
    return EvaluationPage(
        evaluation=row,
        name=str(placement.person),
        place=placement.seat.place.title,
        tasks=tuple(AskedTask(task.code, task.label, None) for task in seen) if is_written else _asked(row, offered),
        seen=seen,
        others=_grouped(offered.values()),
        attended=attended_since(placement.pk, placement.period.lower, on),
        may_write=may and row.state == EvaluationState.ASKED,
        may_correct=may and is_written and later is None,
        shows_words=may_follow(actor, placement.referral),
        later_id=later,
    )


def seen_tasks(row: Evaluation) -> tuple[SeenTask, ...]:
    """Return what was seen in one evaluation, in the order in which it was asked."""
    rows = row.observations.all()
    return tuple(SeenTask(one.competence_id, one.competence.label, one.competence.plain, Level(one.level), one.words) for one in rows)


def _asked(row: Evaluation, offered: Mapping[str, Competence]) -> tuple[AskedTask, ...]:
    before = _before(row)
    return tuple(AskedTask(each.pk, each.label, before.get(each.pk)) for each in asked_competences(row.placement, offered))


def _grouped(competences: Iterable[Competence]) -> tuple[TaskChoices, ...]:
    """Return the competences by their group, both in the order of the catalogue."""
    groups: dict[str, list[Competence]] = {}
    for each in sorted(competences, key=lambda one: (one.group.position, one.position, one.label)):
        groups.setdefault(each.group.label, []).append(each)
    return tuple(TaskChoices(label, tuple(rows)) for label, rows in groups.items())


def _before(row: Evaluation) -> dict[str, Level]:
    """Return what was seen last of each competence, in the earlier evaluations of this placement."""
    earlier = Observation.objects.filter(evaluation__placement_id=row.placement_id).exclude(evaluation=row)
    latest = earlier.order_by("evaluation__written_at").values_list("competence_id", "level")
    return {code: Level(level) for code, level in latest}


def attended_since(placement_id: UUID, first: date, on: date) -> Attended:
    """Return how the days went from the first one until and with a day."""
    days = counting_days([placement_id], first, on + timedelta(days=1)).order_by()
    rows = list(days.values("state").annotate(count=Count("on", distinct=True), hours=Sum("hours")))
    return Attended({row["state"]: row["count"] for row in rows}, sum((row["hours"] for row in rows), Decimal(0)))
