"""The terms of a contract, and why they cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from opstap.engine.costing import load_premiums
from opstap.engine.shared import Reason
from opstap.journey.associations.enums import SupportStatus
from opstap.journey.associations.models import Contract, Support

_MOST_HOURS, _FEWEST_HOURS = Decimal(38), Decimal(1)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract says: hours a week, half-days (mask), `[from_on, until_on)`, whether the hours vary, and the wage support.

    `is_listed`: it stands so in a list; a support that could not begin on its day is then kept and told, not refused.
    """

    from_on: date
    weekly_hours: Decimal
    half_days: int
    support: Support
    until_on: date | None = None
    is_variable: bool = False
    number: str = ""
    age_told: int | None = None
    age_told_on: date | None = None
    is_listed: bool = False


def terms_refused(terms: Terms, was: Contract | None = None) -> Reason | None:
    """Return why these terms cannot be: hours, days, the period or the support; None when they can."""
    if not _FEWEST_HOURS <= terms.weekly_hours <= _MOST_HOURS:
        return Reason("associations.hours_range", {"most": int(_MOST_HOURS), "found": float(terms.weekly_hours)})
    if terms.half_days < 1:
        return Reason("associations.no_days")
    if terms.until_on is not None and terms.until_on <= terms.from_on:
        return Reason("associations.period_falls")
    return None if terms.is_listed else support_refused(terms.support, terms.from_on, was)


def support_refused(support: Support, from_on: date, was: Contract | None = None) -> Reason | None:
    """Return why a support cannot begin on its day: VOP was closed to new starts; who had it keeps it."""
    if support.status is not SupportStatus.VOP or (was is not None and was.supported.status is SupportStatus.VOP):
        return None
    starts = support.from_on or from_on
    if any(series.status == support.status.value and starts in series.starts for series in load_premiums().series):
        return None
    closed = max(series.starts.until for series in load_premiums().series if series.starts.until)
    return Reason("associations.vop_closed", {"day": closed.isoformat()})
