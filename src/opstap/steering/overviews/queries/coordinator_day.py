"""A coordinator's day: what nobody has, what breaks soon, and what stands still; no health and no contents of plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.timezone import localdate

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor, Role
from opstap.journey.agreements.enums import AgreementKind, AgreementState
from opstap.journey.agreements.models import Agreement
from opstap.journey.appointments.queries import Shortage, slot_shortage
from opstap.journey.attendance.enums import ClosingState
from opstap.journey.attendance.models import MonthClosing
from opstap.journey.followup.models import Task
from opstap.journey.followup.queries import open_tasks_of
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement

STUCK_AFTER = timedelta(days=7)
"""A yes of both without signatures stands still after this long."""
SHOWN = 50


@dataclass(frozen=True, slots=True)
class DayTask:
    """A task about a place, or one that nobody has: what, whom it is about ("" for a place), by when."""

    what: Reason
    name: str
    place_id: UUID | None
    due_on: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class Stuck:
    """A yes of both that waits for an agreement or its signatures: where, since when, and for what."""

    place_id: UUID
    place: str
    host: str
    since: date
    waits_for: Reason


@dataclass(frozen=True, slots=True)
class CoordinatorDay:
    """Everything that waits; `not_closed`: placements of which the month before (`open_month`, its first day) is not closed."""

    of_places: tuple[DayTask, ...]
    of_nobody: tuple[DayTask, ...]
    shortages: tuple[Shortage, ...]
    stuck: tuple[Stuck, ...]
    open_month: date
    not_closed: int

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing waits."""
        return not (self.of_places or self.of_nobody or self.shortages or self.stuck or self.not_closed)


def coordinator_day(actor: Actor, at: datetime) -> CoordinatorDay | None:
    """Return what waits in the actor's own programmes, or None for who coordinates none; six queries."""
    programmes = actor.programme_ids(Role.COORDINATOR)
    if not programmes:
        return None
    on = localdate(at)
    tasks = [(task.owner_id, _task(task, on)) for task in open_tasks_of(actor, on)[:SHOWN]]
    month = (on.replace(day=1) - timedelta(days=1)).replace(day=1)
    return CoordinatorDay(
        of_places=tuple(task for _, task in tasks if not task.name),
        of_nobody=tuple(task for owner, task in tasks if task.name and owner is None),
        shortages=tuple(slot_shortage(actor, at)),
        stuck=_stuck(programmes, at),
        open_month=month,
        not_closed=_not_closed(programmes, month, on.replace(day=1)),
    )


def _task(task: Task, on: date) -> DayTask:
    name = str(task.referral.person) if task.referral is not None else ""
    return DayTask(Reason(f"followup.task.{task.rule}", task.facts), name, task.place_id, task.due_on, task.due_on < on)


def _stuck(programmes: frozenset[UUID], at: datetime) -> tuple[Stuck, ...]:
    own = Placement.objects.filter(
        referral__programme_id__in=programmes, state=PlacementState.TO_BE_AGREED, created_at__lt=at - STUCK_AFTER
    )
    sent = Agreement.objects.filter(placement=OuterRef("pk"), kind=AgreementKind.AGREEMENT, state=AgreementState.OUT_FOR_SIGNATURE)
    signed = Agreement.objects.filter(placement=OuterRef("pk"), state=AgreementState.SIGNED)
    rows = own.annotate(is_sent=Exists(sent)).filter(~Exists(signed)).select_related("seat__place__organisation").order_by("created_at")
    return tuple(
        Stuck(
            place_id=row.seat.place_id,
            place=row.seat.place.title,
            host=row.seat.place.organisation.name,
            since=localdate(row.created_at),
            waits_for=Reason("agreements.day.waiting" if row.is_sent else "agreements.day.to_make"),
        )
        for row in rows[:SHOWN]
    )


def _not_closed(programmes: frozenset[UUID], month: date, until: date) -> int:
    """Return how many placements worked in the month and have no closed month yet."""
    closed = MonthClosing.objects.filter(placement=OuterRef("pk"), month=month, state=ClosingState.CLOSED)
    worked = Placement.objects.filter(
        Q(state__in=[PlacementState.RUNNING, PlacementState.ENDED]), seat__place__programme_id__in=programmes,
        period__startswith__lt=until, period__endswith__gt=month,
    )  # fmt: skip
    return int(worked.filter(~Exists(closed)).aggregate(number=Count("pk"))["number"])
