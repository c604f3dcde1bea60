"""The funnel: how many people stand at each stage from referral to start, for how long, and what they wait for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Aggregate, Count, Min, Q, QuerySet

from opstap.foundation.actor import Actor
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral, StageMove
from opstap.steering.overviews.permissions import may_steer

FUNNEL = (Stage.OPEN, Stage.FACTS_MISSING, Stage.NOT_ELIGIBLE, Stage.ELIGIBLE, Stage.PROPOSED, Stage.TO_BE_AGREED, Stage.PLACED)
REACHED: dict[str, tuple[Stage, ...]] = {
    "decided": tuple(stage for stage in Stage if stage is not Stage.OPEN),
    "eligible": (Stage.ELIGIBLE, Stage.PROPOSED, Stage.TO_BE_AGREED, Stage.PLACED),
    "proposed": (Stage.PROPOSED, Stage.TO_BE_AGREED, Stage.PLACED),
    "to_be_agreed": (Stage.TO_BE_AGREED, Stage.PLACED),
    "placed": (Stage.PLACED,),
}
"""Steps of the funnel after the referral itself, and the stages that somebody who ever reached the step has been in."""

PAGE = 50


@dataclass(frozen=True, slots=True)
class Step:
    """How many people ever reached a step."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How many people stand at a stage now, and for how many days in the median and at most."""

    stage: Stage
    count: int
    median_days: int
    longest_days: int


@dataclass(frozen=True, slots=True)
class Cause:
    """How many people wait for one cause, at one stage, for how long."""

    cause: str
    stage: Stage
    count: int
    median_days: int
    longest_days: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """Steps reached, where people stand now, and the causes of waiting, most people first."""

    steps: tuple[Step, ...]
    standing: tuple[Standing, ...]
    causes: tuple[Cause, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person in a drill-down: name, stage, cause and days; nothing of the case file."""

    referral_id: UUID
    name: str
    stage: Stage
    cause: str
    days: int
    counsellor: str
    referred_on: date


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """One page of people, with the page itself for its numbers."""

    page: Page[Referral]
    people: tuple[Waiting, ...]


class Middle(Aggregate):
    """The middle value of a group (an existing value, so it works on moments too)."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def _own(actor: Actor, programme: Programme) -> QuerySet[Referral] | None:
    """Return the programme's referrals for its coordinator, or None."""
    return Referral.objects.filter(programme=programme) if may_steer(actor, programme) else None


def funnel(actor: Actor, programme: Programme, now: datetime, *, with_steps: bool = True) -> Funnel | None:
    """Return the funnel of a programme that the actor coordinates, or None.

    Four queries, whatever the number of people; two without the steps (who ever got how far).
    """
    if not may_steer(actor, programme):
        return None
    by_stage = {row["stage"]: row for row in _BY_STAGE(programme=programme)}
    return Funnel(
        steps=_steps(programme) if with_steps else (),
        standing=tuple(_standing(stage, by_stage.get(stage.value), now) for stage in FUNNEL),
        causes=_causes(_BY_CAUSE(programme=programme), now),
        people=sum(row["people"] for row in by_stage.values()),
    )


def _grouped(programme: Programme, *names: str) -> QuerySet[Referral, dict[str, Any]]:
    """Return how many people are on the way, and since when: per stage, or per stage and cause."""
    waiting = Referral.objects.filter(programme=programme).exclude(stage=Stage.CLOSED).values("stage", *names)
    figures = {"people": Count("id"), "middle": Middle("stage_since"), "oldest": Min("stage_since")}
    counted: QuerySet[Referral, dict[str, Any]] = waiting.annotate(**figures).order_by()
    return counted


_BY_STAGE: Prepared[dict[str, Any]] = Prepared(_grouped)
_BY_CAUSE: Prepared[dict[str, Any]] = Prepared(lambda programme: _grouped(programme, "waiting_cause").exclude(waiting_cause="none"))


def _steps(programme: Programme) -> tuple[Step, ...]:
    """Count who ever reached each step, by moves: somebody who came back still counts for where they have been."""
    reached = _REACHED.first(programme=programme) or (0,) * len(REACHED)
    counts = (_REFERRED.first(programme=programme) or 0, *reached)
    return tuple(Step(name, number) for name, number in zip(("referred", *REACHED), counts, strict=True))


def _reached(programme: Programme) -> QuerySet[StageMove, tuple[int, ...]]:
    """Return one row: how many people ever reached each of the steps; none without a move."""
    tallies = {
        f"n_{name}": Count("referral", filter=Q(to_stage__in=[stage.value for stage in stages]), distinct=True)
        for name, stages in REACHED.items()
    }
    moves = StageMove.objects.filter(referral__programme=programme).order_by().values("referral__programme")
    return moves.annotate(**tallies).values_list(*tallies)


def _referred(programme: Programme) -> QuerySet[Referral, int]:
    own = Referral.objects.filter(programme=programme).order_by().values("programme")
    return own.annotate(n=Count("pk")).values_list("n", flat=True)


_REACHED, _REFERRED = Prepared(_reached), Prepared(_referred)


def _days(moment: datetime, now: datetime) -> int:
    return max((now - moment) // timedelta(days=1), 0)


def _standing(stage: Stage, row: dict[str, Any] | None, now: datetime) -> Standing:
    if row is None:
        return Standing(stage, 0, 0, 0)
    return Standing(stage, row["people"], _days(row["middle"], now), _days(row["oldest"], now))


def _causes(rows: Iterable[dict[str, Any]], now: datetime) -> tuple[Cause, ...]:
    causes = [
        Cause(row["waiting_cause"], Stage(row["stage"]), row["people"], _days(row["middle"], now), _days(row["oldest"], now))
        for row in rows
    ]
    return tuple(sorted(causes, key=lambda cause: (-cause.count, cause.cause, cause.stage)))


def waiting_people(
    actor: Actor, programme: Programme, now: datetime, *, stage: str = "", cause: str = "", page: int = 1
) -> WaitingPage | None:
    """Return one page of the people behind a number, longest waiting first, or None when the actor may not see them."""
    chosen = _chosen(actor, programme, stage, cause)
    if chosen is None:
        return None
    found = Paginator(chosen, PAGE).get_page(page)
    return WaitingPage(found, tuple(_waiting(row, now) for row in found.object_list))


def waiting_list(actor: Actor, programme: Programme, now: datetime, *, stage: str = "", cause: str = "") -> tuple[Waiting, ...]:
    """Return everybody behind a number, longest waiting first; nobody when the actor may not see them."""
    chosen = _chosen(actor, programme, stage, cause)
    return () if chosen is None else tuple(_waiting(row, now) for row in chosen)


def _chosen(actor: Actor, programme: Programme, stage: str, cause: str) -> QuerySet[Referral] | None:
    referrals = _own(actor, programme)
    if referrals is None:
        return None
    chosen = referrals.exclude(stage=Stage.CLOSED).select_related("person", "counsellor").order_by("stage_since", "id")
    if stage:
        chosen = chosen.filter(stage=stage)
    return chosen.filter(waiting_cause=cause) if cause else chosen


def _waiting(row: Referral, now: datetime) -> Waiting:
    name = f"{row.person.first_name} {row.person.last_name}".strip()
    counsellor = row.counsellor.name if row.counsellor else ""
    return Waiting(row.pk, name, Stage(row.stage), row.waiting_cause, _days(row.stage_since, now), counsellor, row.referred_on)
