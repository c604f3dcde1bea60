"""A coordinator's day: what nobody has, what breaks soon, and what stands still; no health and no contents of plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.timezone import localdate

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor, Role
from opstap.journey.agreements.enums import AgreementKind, AgreementState, SignatureState
from opstap.journey.agreements.models import Agreement, Signature
from opstap.journey.appointments.queries import Shortage, slot_shortage
from opstap.journey.attendance.enums import ClosingState
from opstap.journey.attendance.models import Day, MonthClosing
from opstap.journey.followup.enums import Rule
from opstap.journey.followup.models import Task
from opstap.journey.followup.queries import open_tasks_of
from opstap.journey.outcomes.models import Relay
from opstap.journey.outcomes.queries import Unasked, relays_not_taken_on, unasked_of_programmes
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement

STUCK_AFTER = timedelta(days=7)
"""A yes of both without signatures stands still after this long."""
_WEEK = timedelta(days=7)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class DayTask:
    """What is to be done about a place, or about somebody whom nobody has: what, whom it is about ("" for a place), by when."""

    what: tuple[Reason, ...]
    name: str
    place_id: UUID | None
    due_on: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class Stuck:
    """A yes of both that waits for an agreement or its signatures: of whom, where, since when, for what, and for whom by name."""

    name: str
    place_id: UUID
    place: str
    host: str
    since: date
    waits_for: Reason
    whom: str


@dataclass(frozen=True, slots=True)
class LateRelay:
    """Somebody whom nobody took on: who was asked, how to reach them, since when, and whether they said no or nothing."""

    name: str
    recipient: str
    email: str
    counsellor: str
    since: date
    state: Reason


@dataclass(frozen=True, slots=True)
class CoordinatorDay:
    """Everything that waits; `not_closed`: placements of which the month before (`open_month`, its first day) is not closed."""

    of_places: tuple[DayTask, ...]
    of_nobody: tuple[DayTask, ...]
    shortages: tuple[Shortage, ...]
    stuck: tuple[Stuck, ...]
    open_month: date
    not_closed: int
    late_relays: tuple[LateRelay, ...]
    unasked: tuple[Unasked, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing waits."""
        return not (self.of_places or self.of_nobody or self.shortages or self.stuck or self.not_closed or self.late_relays or self.unasked)


def coordinator_day(actor: Actor, at: datetime) -> CoordinatorDay | None:
    """Return what waits in the actor's own programmes, or None for who coordinates none; eight queries."""
    programmes = actor.programme_ids(Role.COORDINATOR)
    if not programmes:
        return None
    on = localdate(at)
    tasks = list(open_tasks_of(actor, on).exclude(rule=Rule.RELAY_LATE)[:SHOWN])
    month = (on.replace(day=1) - timedelta(days=1)).replace(day=1)
    return CoordinatorDay(
        of_places=tuple(_task([task], on) for task in tasks if task.referral is None),
        of_nobody=_by_person([task for task in tasks if task.referral is not None and task.owner_id is None], on),
        shortages=tuple(slot_shortage(actor, at)),
        stuck=_stuck(programmes, at),
        open_month=month,
        not_closed=_not_closed(programmes, month, on.replace(day=1)),
        late_relays=tuple(_late_relay(row) for row in relays_not_taken_on(actor)),
        unasked=tuple(unasked_of_programmes(actor, on)),
    )


def _task(tasks: Sequence[Task], on: date) -> DayTask:
    """Return one line for the tasks about one person or place, the most pressing first."""
    first = tasks[0]
    name = str(first.referral.person) if first.referral is not None else ""
    what = tuple(Reason(f"followup.task.{task.rule}", task.facts) for task in tasks)
    return DayTask(what, name, first.place_id, first.due_on, first.due_on < on)


def _by_person(tasks: Sequence[Task], on: date) -> tuple[DayTask, ...]:
    found: dict[UUID | None, list[Task]] = {}
    for task in tasks:
        found.setdefault(task.referral_id, []).append(task)
    return tuple(_task(rows, on) for rows in found.values())


def _late_relay(row: Relay) -> LateRelay:
    counsellor = row.referral.counsellor.name if row.referral.counsellor else ""
    since = row.answered_at or row.escalated_at or row.made_at
    state = Reason(f"outcomes.relay.{row.state}")
    return LateRelay(str(row.referral.person), row.to_name, row.to_email or "", counsellor, localdate(since), state)


def _stuck(programmes: frozenset[UUID], at: datetime) -> tuple[Stuck, ...]:
    own = Placement.objects.filter(
        referral__programme_id__in=programmes, state=PlacementState.TO_BE_AGREED, created_at__lt=at - STUCK_AFTER
    )
    sent = Agreement.objects.filter(placement=OuterRef("pk"), kind=AgreementKind.AGREEMENT, state=AgreementState.OUT_FOR_SIGNATURE)
    signed = Agreement.objects.filter(placement=OuterRef("pk"), state=AgreementState.SIGNED)
    waiting = Signature.objects.filter(agreement__placement=OuterRef("pk"), agreement__in=sent, state=SignatureState.WAITING)
    names = ArraySubquery(waiting.order_by("name").values("name"))
    rows = own.annotate(is_sent=Exists(sent), whom=names).filter(~Exists(signed)).select_related("seat__place__organisation", "person")
    return tuple(
        Stuck(
            name=str(row.person),
            place_id=row.seat.place_id,
            place=row.seat.place.title,
            host=row.seat.place.organisation.name,
            since=localdate(row.created_at),
            waits_for=Reason(f"agreements.day.{_waits_for(row)}"),
            whom=", ".join(row.whom),
        )
        for row in rows.order_by("created_at", "pk")[:SHOWN]
    )


def _waits_for(row: Placement) -> str:
    """Return what a placement to be agreed waits for; `is_sent` is read with it."""
    if vars(row)["is_sent"]:
        return "waiting"
    return "to_make" if row.seat.place.mentor_id else "make_and_name"


def _not_closed(programmes: frozenset[UUID], month: date, until: date) -> int:
    """Return how many placements worked in the month and have no closed month yet.

    Worked is a note of a day, or a week of the month within the placement: who ended on its first, a holiday, has nothing to sign.
    """
    closed = MonthClosing.objects.filter(placement=OuterRef("pk"), month=month, state=ClosingState.CLOSED)
    noted = Day.objects.filter(placement=OuterRef("pk"), on__gte=month, on__lt=until)
    a_week = Q(period__startswith__lte=until - _WEEK, period__endswith__gte=month + _WEEK)
    worked = Placement.objects.filter(
        Q(state__in=[PlacementState.RUNNING, PlacementState.ENDED]), seat__place__programme_id__in=programmes,
        period__startswith__lt=until, period__endswith__gt=month,
    )  # fmt: skip
    return int(worked.filter(~Exists(closed)).filter(a_week | Exists(noted)).aggregate(number=Count("pk"))["number"])
