"""What keeps an agreement from going out: each with the dated number behind it and what would help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from opstap.engine.costing import HoursLimits, hours_limits, load_rates, months_used_up
from opstap.engine.shared import Reason
from opstap.journey.agreements.enums import FIELDS
from opstap.journey.agreements.enums.fields import OPTIONAL
from opstap.journey.placements.models import Placement
from opstap.journey.placements.queries import other_periods

_WHO_GIVES = frozenset({"mentor_name", "partner_name"})
"""Fields that somebody outside the agreement can give too; the others are filled in on the agreement."""


def missing_in(fields: Mapping[str, Any]) -> list[str]:
    """Return the fields that an agreement needs and that are empty."""
    return [key for key in FIELDS if key not in OPTIONAL and not fields.get(key)]


def field_missing(key: str) -> Reason:
    """Return that a field is empty, where it is filled in and who can give it."""
    who = key if key in _WHO_GIVES else "other"
    return Reason("agreements.field_missing", {"field": f"agreements.field.{key}", "who": f"agreements.gives.{who}"})


def problems(fields: Mapping[str, Any], placement: Placement) -> tuple[Reason, ...]:
    """Return why these terms cannot be agreed on, none when they can: what is missing, and the limits on the first day.

    The months of an instrument count per person: what they worked under it elsewhere counts too.
    """
    if missing := missing_in(fields):
        return tuple(field_missing(key) for key in missing)
    starts_on, last_on = (date.fromisoformat(fields[key]) for key in ("starts_on", "last_on"))
    instrument = placement.instrument
    limits = hours_limits(instrument, starts_on, load_rates())
    until = months_used_up(starts_on, limits.months, other_periods([placement])[placement.pk])
    if until is not None and until <= starts_on:
        return (Reason("agreements.months_used_up", {"months": limits.months, "instrument": instrument}),)
    if last_on < starts_on:
        return (Reason("agreements.ends_before_it_starts", {"from": fields["starts_on"], "last": fields["last_on"]}),)
    return (*_hours(fields["hours_month"], instrument, limits), *_period(last_on, until, instrument, limits))


def days_are_over(fields: Mapping[str, Any], on: date) -> Reason | None:
    """Return that the last agreed day lies before a day, so that the work cannot start any more; None when it does not."""
    last = str(fields.get("last_on") or "")
    return Reason("agreements.days_are_over", {"last": last}) if last and date.fromisoformat(last) < on else None


def _hours(hours: int, instrument: str, limits: HoursLimits) -> tuple[Reason, ...]:
    if limits.least is not None and hours < limits.least:
        return (Reason("agreements.too_few_hours", {"hours": hours, "least": int(limits.least), "instrument": instrument}),)
    if limits.most is not None and hours > limits.most:
        return (Reason("agreements.too_many_hours", {"hours": hours, "most": int(limits.most), "instrument": instrument}),)
    return ()


def _period(last_on: date, until: date | None, instrument: str, limits: HoursLimits) -> tuple[Reason, ...]:
    if until is None or last_on < until:
        return ()
    latest = (until - timedelta(days=1)).isoformat()
    return (Reason("agreements.too_long", {"months": limits.months, "latest": latest, "instrument": instrument}),)
