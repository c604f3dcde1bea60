"""Evaluations within reach: those to write, to call about, to read and to answer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from opstap.foundation.actor import Actor, ActorKind
from opstap.foundation.prepared import Prepared
from opstap.journey.attendance.queries.reach import on_floor
from opstap.journey.evaluations.enums import WRITTEN, EvaluationState
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.queries import followed_referrals

_RELATED = ("placement__person", "placement__referral", "placement__seat__place__mentor", "placement__seat__place__organisation")

_LATELY = 20


def visible_evaluations(actor: Actor, on: date) -> QuerySet[Evaluation]:
    """Return the evaluations of the own floor, of followed people, and as a person the own ones that are written."""
    rows = Evaluation.objects.select_related(*_RELATED)
    if actor.kind is ActorKind.SYSTEM:
        return rows
    if actor.person_id is not None:
        own = Q(placement__person_id=actor.person_id, state__in=WRITTEN)
        return rows.filter(own & Q(placement__referral_id=actor.only_id)) if actor.only_id else rows.filter(own)
    floor = Placement.objects.filter(on_floor(actor, on)).order_by().values("pk")
    return rows.filter(Q(placement__in=floor) | Q(placement__referral__in=followed_referrals(actor)))


def evaluation_for(actor: Actor, evaluation_id: UUID, on: date) -> Evaluation | None:
    """Return one evaluation within reach, or None."""
    return _ONE.first(actor=actor, on=on, key=evaluation_id)


def _one(actor: Actor, on: date, key: UUID) -> QuerySet[Evaluation]:
    return visible_evaluations(actor, on).prefetch_related("observations__competence").filter(pk=key)


_ONE = Prepared(_one, at_times=("on",))


def evaluations_of(actor: Actor, referral_id: UUID, on: date) -> QuerySet[Evaluation]:
    """Return every version of the evaluations of one referral within reach, newest first, with what was seen."""
    rows = visible_evaluations(actor, on).filter(placement__referral_id=referral_id)
    return rows.prefetch_related("observations__competence").order_by("-asked_at", "-number")


def to_write(actor: Actor, on: date, limit: int | None = None) -> list[Evaluation]:
    """Return what waits for the own floor to be written, the soonest due first; not more than the limit."""
    return _TO_WRITE(actor=actor, on=on, limit=limit)


def _to_write(actor: Actor, on: date) -> QuerySet[Evaluation]:
    floor = Placement.objects.filter(on_floor(actor, on)).order_by().values("pk")
    rows = Evaluation.objects.filter(placement__in=floor, state=EvaluationState.ASKED).select_related(*_RELATED)
    return rows.order_by("due_on", "placement__person__folded_name", "id")


_TO_WRITE = Prepared(_to_write, at_times=("on",))


def written_by_floor(actor: Actor, on: date) -> QuerySet[Evaluation]:
    """Return what the own floor wrote of late, the latest first: those that no later version replaced."""
    floor = Placement.objects.filter(on_floor(actor, on)).order_by().values("pk")
    rows = Evaluation.objects.filter(placement__in=floor, state__in=WRITTEN).select_related(*_RELATED)
    return rows.filter(~Exists(Evaluation.objects.filter(corrects=OuterRef("pk")))).order_by("-written_at", "id")[:_LATELY]


def to_call(actor: Actor, on: date) -> QuerySet[Evaluation]:
    """Return the evaluations of followed people that did not come by their due day and of which nobody called lately."""
    rows = Evaluation.objects.filter(state=EvaluationState.ASKED, due_on__lt=on, placement__referral__in=followed_referrals(actor))
    return rows.exclude(call_again_on__gt=on).select_related(*_RELATED).order_by("due_on", "id")


def placement_to_ask(actor: Actor, referral_id: UUID) -> Placement | None:
    """Return where a followed person works, when no evaluation of it waits; else None."""
    waiting = Evaluation.objects.filter(placement=OuterRef("pk"), state=EvaluationState.ASKED)
    followed = followed_referrals(actor).filter(pk=referral_id)
    running = Placement.objects.filter(~Exists(waiting), referral__in=followed, state=PlacementState.RUNNING)
    return running.order_by("created_at").first() if actor.person_id is None else None


def to_answer(actor: Actor, referral_id: UUID, on: date) -> Evaluation | None:
    """Return what is written and waits for what the person says of it, the latest first; else None."""
    written = visible_evaluations(actor, on).filter(placement__referral_id=referral_id, state=EvaluationState.WRITTEN)
    return written.filter(~Exists(Evaluation.objects.filter(corrects=OuterRef("pk")))).order_by("-asked_at", "-number").first()
