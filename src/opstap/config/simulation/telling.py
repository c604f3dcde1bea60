"""Whether a year was lived here, or broken off: the log tells, since every year begins and ends with a row of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.audit.queries import recorded_facts

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor
    from opstap.foundation.programmes.models import Programme

_BEGUN, _ENDED = "begin_simulated_year", "end_simulated_year"


class Stand(StrEnum):
    """How far a year came in a programme."""

    NOT_BEGUN = "not_begun"
    BROKEN_OFF = "broken_off"
    LIVED = "lived"


def begin(programme: Programme, first: date, until: date) -> None:
    """Note that the days `[first, until)` are going to be lived."""
    _note(programme=programme, action=_BEGUN, until=until, by=NIGHT, at=_moment(first))


def end(programme: Programme, until: date) -> None:
    """Note that the days up to `until` were lived, all of them."""
    _note(programme=programme, action=_ENDED, until=until, by=NIGHT, at=_moment(until))


def stand(programme: Programme, until: date) -> Stand:
    """Return how far the year up to `until` came: broken off is what began and did not end, or ended on another day."""
    begun, ended = (recorded_facts(NIGHT, action=each, subject_kind="programme", subject_id=programme.pk) for each in (_BEGUN, _ENDED))
    if {"until": until.isoformat()} in ended:
        return Stand.LIVED
    return Stand.BROKEN_OFF if begun else Stand.NOT_BEGUN


@operation
def _note(*, programme: Programme, action: str, until: date, by: Actor, at: datetime) -> None:
    record(by=by, at=at, action=action, subject_kind="programme", subject_id=programme.pk, facts={"until": until.isoformat()})


def _moment(on: date) -> datetime:
    return datetime.combine(on, time(7), UTC)
