"""The milestones of a placement: worked out from its period, asked on their day or at the last tick of their month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from opstap.engine.eligibility.months import add_months
from opstap.engine.shared import Period
from opstap.journey.evaluations.enums import Occasion
from opstap.journey.plans.assembly import Duties
from opstap.journey.plans.assembly.duties import read_duties

_FILE = Path(__file__).resolve().parents[1] / "duties.yaml"


@cache
def _duties() -> Duties:
    return read_duties(_FILE)


def days_of(name: str, on: date) -> int:
    """Return a parameter of `duties.yaml`, in days, as it holds on a day. Raises KeyError for a name that is not there."""
    return _duties().on(name, on)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A moment at which a placement is evaluated."""

    occasion: Occasion
    on: date


def milestones(period: Period) -> list[Milestone]:
    """Return the milestones of a placement's period, the earliest first.

    The first month, half-way, and the end. The end is asked so long before the last day that it is back while the person is there.
    Of two that are too close to each other the later counts: a placement of six weeks is evaluated once.
    """
    if period.until is None:
        return [Milestone(Occasion.FIRST_MONTH, add_months(period.start, 1))]
    last = period.until - timedelta(days=1)
    end = Milestone(Occasion.END, max(last - timedelta(days=days_of("evaluation_days", last)), period.start))
    half = Milestone(Occasion.HALF, period.start + (period.until - period.start) / 2)
    first = Milestone(Occasion.FIRST_MONTH, add_months(period.start, 1))
    kept = [end]
    for each in (half, first):
        if (kept[0].on - each.on).days >= days_of("least_days_between", each.on):
            kept.insert(0, each)
    return kept


def milestone_due(period: Period, on: date, asked: Sequence[Occasion]) -> Milestone | None:
    """Return the latest milestone that has come by a day, or None when it was asked, or when it is too long ago to ask for."""
    come = [each for each in milestones(period) if each.on <= on]
    if not come or come[-1].occasion in asked or (on - come[-1].on).days > days_of("longest_ago", on):
        return None
    return come[-1]
