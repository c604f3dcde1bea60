"""A worker's month day by day: what was told, what was noted (every version), what counts, and the corrections of a closed month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from opstap.foundation.actor import Actor
from opstap.journey.associations.models import Contract
from opstap.journey.associations.queries import contract_with_absences
from opstap.journey.rosters.assembly.worked import Time, Told, after_month, worked_in
from opstap.journey.rosters.enums import PresenceState, Verdict
from opstap.journey.rosters.models import DayCorrection, Presence, RosterShift
from opstap.journey.rosters.queries import day_corrections, is_month_closed, notes_of, published_shifts


@dataclass(frozen=True)
class WorkerDay:
    """A day with a shift, or on which somebody noted something. `away`: the code of the words of an absence, "" for none."""

    on: date
    shift: RosterShift | None
    notes: tuple[Presence, ...]
    away: str
    corrections: tuple[DayCorrection, ...]
    is_over: bool

    @property
    def noted(self) -> Presence | None:
        """What was noted last."""
        return self.notes[-1] if self.notes else None

    @property
    def is_waiting(self) -> bool:
        """Whether a correction of it waits for an answer."""
        return any(row.verdict == Verdict.WAITING for row in self.corrections)

    @property
    def state(self) -> str:
        """The code of the words of how the day counts."""
        if self.noted is not None:
            return f"attendance.day.{self.noted.state}"
        return self.away or "rosters.as_told"

    @property
    def minutes(self) -> int:
        """The minutes of work that count."""
        if self.noted is not None:
            return self.noted.minutes
        return 0 if self.away or self.shift is None else self.shift.minutes

    @property
    def may_change(self) -> bool:
        """Whether it can be noted or corrected."""
        return self.shift is not None and self.is_over and not self.is_waiting

    @property
    def suggested(self) -> PresenceState:
        """The state that a form begins with."""
        return PresenceState(self.noted.state) if self.noted is not None else PresenceState.HERE


@dataclass(frozen=True)
class WorkerHours:
    """A worker's month, and whether it is closed for pay."""

    contract: Contract
    month: date
    days: tuple[WorkerDay, ...]
    total: Time
    is_closed: bool

    @property
    def key(self) -> str:
        """The month as an address names it: "2023-09"."""
        return f"{self.month:%Y-%m}"

    @property
    def before(self) -> date:
        """The month before."""
        return (self.month - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The month after."""
        return after_month(self.month)

    def day(self, on: date) -> WorkerDay | None:
        """Return a day with a shift of which no correction waits, or None."""
        return next((each for each in self.days if each.on == on and each.shift and not each.is_waiting), None)


def worker_hours(actor: Actor, contract_id: UUID, month: date, today: date) -> WorkerHours | None:
    """Return the month that begins on `month` of a worker; None without the right to plan."""
    contract = contract_with_absences(actor, contract_id)
    if contract is None:
        return None
    association, until = contract.association, after_month(month)
    notes = notes_of(contract, month, until)
    shifts = {row.on: row for row in published_shifts(association, month, until, with_people=True) if row.contract_id == contract_id}
    told = Told({contract_id: shifts}, {contract_id: {row.on: row for row in notes}})
    corrected = [row for row in day_corrections(actor, association, month, until) if row.contract_id == contract_id]
    days = []
    for on in sorted({*shifts, *(row.on for row in notes)}):
        own = tuple(row for row in corrected if row.on == on)
        seen = tuple(row for row in notes if row.on == on)
        days.append(WorkerDay(on, shifts.get(on), seen, _away(contract, on), own, on <= today))
    worked = worked_in(association, month, [contract], told)
    total = sum((time for place, time in worked.items() if place.member_id), Time())
    return WorkerHours(contract, month, tuple(days), total, is_month_closed(actor, association, month))


def _away(contract: Contract, on: date) -> str:
    kind = next((absence.kind for absence in contract.absences.all() if on in absence.period), None)
    return f"rosters.away.{kind}" if kind else ""
