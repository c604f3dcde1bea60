"""Asking for evaluations: by hand, on a milestone's day, and at the last tick of its month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from opstap.engine.shared import Period, Reason, Refused
from opstap.foundation.actor import Actor, ActorKind
from opstap.foundation.among import Keys
from opstap.foundation.audit.operations import Entry, lock_in_order, operation, record_many
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.journey.evaluations.assembly import days_of, milestone_due
from opstap.journey.evaluations.enums import CloseReason, EvaluationState, Occasion
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.evaluations.operations.telling import ask_writers
from opstap.journey.evaluations.permissions import may_ask
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement

_RELATED = ("person", "referral", "seat__place__organisation", "seat__place__mentor")
_WORKED = (PlacementState.RUNNING, PlacementState.ENDED)


@operation
def ask_evaluation(*, placement: Placement, by: Actor, at: datetime) -> Evaluation:
    """Ask the work floor how it goes, outside the milestones.

    Raises `Refused` for who may not, when nobody works there, and while another evaluation of this placement waits.
    """
    lock_in_order(f"placement:{placement.pk}")
    row = Placement.objects.select_related(*_RELATED).get(pk=placement.pk)
    if not may_ask(by, row):
        raise Refused(Reason("evaluations.may_not_ask"))
    if row.state not in _WORKED:
        raise Refused(Reason("evaluations.nobody_works"))
    waiting = Evaluation.objects.filter(placement=row, state=EvaluationState.ASKED).first()
    if waiting is not None:
        raise Refused(Reason("evaluations.already_asked", {"until": waiting.due_on.isoformat()}))
    evaluation = _new(row, Occasion.ASKED, by, at)
    evaluation.save()
    _told([evaluation], by, at)
    return evaluation


@operation
def ask_due(
    *,
    programme: Programme | None = None,
    placement_ids: Sequence[UUID] | None = None,
    until: date | None = None,
    by: Actor,
    at: datetime,
) -> list[Evaluation]:
    """Ask every evaluation whose milestone has come by `until` (today when not given); asked again it asks nothing twice.

    All placements, those of a programme, or only `placement_ids`. An earlier evaluation that still waits is closed: it was overtaken,
    nobody writes two. Raises `Refused` for anybody but the product itself.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise Refused(Reason("evaluations.may_not_ask"))
    within: _Within = {"programme": programme, "keys": None if placement_ids is None else Keys(placement_ids)}
    placements = _with_milestone(within, max(until or localdate(at), localdate(at)), localdate(at))
    rows = [_new(placement, occasion, by, at) for placement, occasion in placements]
    waiting = Evaluation.objects.filter(placement__among=Keys(row.placement_id for row in rows), state=EvaluationState.ASKED)
    waiting.update(state=EvaluationState.CLOSED, closed_at=at, close_reason=CloseReason.OVERTAKEN)
    Evaluation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    kept = set(Evaluation.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    asked = [row for row in rows if row.pk in kept]
    _told(asked, by, at)
    return asked


class _Within(TypedDict):
    """Which placements are looked at: of one programme (None: of all), and only these (None: every one)."""

    programme: Programme | None
    keys: Keys | None


def _with_milestone(within: _Within, until: date, today: date) -> Iterable[tuple[Placement, Occasion]]:
    """Yield the placements of which a milestone has come that was not asked, with its occasion."""
    since = today - timedelta(days=days_of("longest_ago", today))
    asked: dict[UUID, list[Occasion]] = defaultdict(list)
    for placement_id, occasion in _KNOWN(**within, since=since, today=today):
        asked[placement_id].append(Occasion(occasion))
    for row in _WORK(**within, since=since, today=today):
        due = milestone_due(Period(row.period.lower, row.period.upper), until, asked[row.pk])
        if due is not None:
            yield row, due.occasion


def _worked(programme: Programme | None, keys: Keys | None, since: date, today: date) -> QuerySet[Placement]:
    recent = Q(period__endswith__isnull=True) | Q(period__endswith__gt=since)
    rows = Placement.objects.filter(recent, state__in=_WORKED, period__startswith__lte=today).order_by()
    rows = rows if programme is None else rows.filter(referral__programme=programme)
    return rows if keys is None else rows.filter(pk__among=keys)


def _known(**which: Any) -> QuerySet[Evaluation, tuple[UUID, str]]:  # noqa: ANN401 - as `_worked`
    known = Evaluation.objects.filter(corrects__isnull=True, placement__in=_worked(**which))
    return known.values_list("placement_id", "occasion")


_WORK: Prepared[Placement] = Prepared(lambda **which: _worked(**which).select_related(*_RELATED).order_by("pk"))
_KNOWN = Prepared(_known)


def _new(placement: Placement, occasion: Occasion, by: Actor, at: datetime) -> Evaluation:
    today = localdate(at)
    due_on = today + timedelta(days=days_of("evaluation_days", today))
    return Evaluation(placement=placement, occasion=occasion.value, asked_at=at, asked_by=by.label[:200], due_on=due_on)


def _told(rows: Sequence[Evaluation], by: Actor, at: datetime) -> None:
    """Write the audit rows, and put a message to each writer in the outbox."""
    entries = [
        Entry("ask_evaluation", "evaluation", row.pk, row.placement.person_id, {"occasion": row.occasion, "due_on": row.due_on.isoformat()})
        for row in rows
    ]
    record_many(by=by, at=at, entries=entries or [Entry("ask_evaluation", "evaluation", "", None, {"asked": 0})])
    ask_writers(rows, "message.evaluation_ask", by, at)
