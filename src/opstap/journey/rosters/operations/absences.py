"""After something happened: a draft beside what is published, without the shifts that became impossible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.associations.enums import AbsenceKind
from opstap.journey.associations.models import Contract
from opstap.journey.associations.operations import note_worker_absence
from opstap.journey.rosters.enums import RosterKind, RosterState
from opstap.journey.rosters.models import Roster, RosterShift
from opstap.journey.rosters.operations.making import copy_pins
from opstap.journey.rosters.operations.moving import lose_shift
from opstap.journey.rosters.permissions import may_change_roster
from opstap.journey.rosters.queries import end_of, published_rosters, published_shifts

_UNTIL_FURTHER = timedelta(weeks=52)
"""How far a roster is looked through while no return is known."""


@dataclass(frozen=True, slots=True)
class Away:
    """What an absence did: a draft beside each published roster that it touches, the first weeks first, and how many shifts it lost."""

    drafts: tuple[Roster, ...]
    lost: int


@operation
def copy_roster(*, roster: Roster, kind: RosterKind = RosterKind.COPY, title: str = "", by: Actor, at: datetime) -> Roster:
    """Return a draft with the same shifts and pins, to change by hand beside the roster itself.

    Beside what is published it has what was told last for each day, also where a later publication covers it. Raises `Refused` for who
    may not, and while the roster is being made.
    """
    if not may_change_roster(by, roster):
        raise Refused(Reason("rosters.may_not_plan"))
    if roster.state not in {RosterState.READY, RosterState.PUBLISHED, RosterState.REPLACED}:
        raise Refused(Reason("rosters.no_draft"))
    if roster.suppositions:
        raise Refused(Reason("rosters.is_supposition"))
    kept = ("association_id", "start", "weeks", "seed", "order", "seconds", "cost", "bound", "unavoidable", "parts", "scarce")
    copy = Roster.objects.create(
        kind=kind.value, title=title[:120], state=RosterState.READY, based_on=roster, made_by_id=by.user_id, made_by_label=by.label,
        made_at=at, finished_at=at, progress=100, status=roster.status, **{name: getattr(roster, name) for name in kept},
    )  # fmt: skip
    place = ("contract_id", "on", "starts", "ends", "pause", "site_id", "function_id", "is_learner")
    rows = _as_told(roster) if roster.state == RosterState.PUBLISHED else RosterShift.objects.filter(roster=roster)
    RosterShift.objects.bulk_create(
        [RosterShift(roster=copy, **{name: getattr(row, name) for name in place}) for row in rows], batch_size=1000
    )
    copy_pins(roster, copy)
    record(by=by, at=at, action="copy_roster", subject_kind="roster", subject_id=copy.pk, facts={"from": str(roster.pk)})
    return copy


def _as_told(roster: Roster) -> list[RosterShift]:
    return published_shifts(roster.association, roster.start, end_of(roster))


@operation
def report_absence(*, contract: Contract, from_on: date, until_on: date | None, kind: AbsenceKind, by: Actor, at: datetime) -> Away:
    """Note that somebody is away, and take their shifts out of a draft beside every published roster in which they were told them.

    Who may take over is asked then. Raises `Refused` as `note_worker_absence` does.
    """
    note_worker_absence(contract=contract, from_on=from_on, until_on=until_on, kind=kind, by=by, at=at)
    start = max(from_on, localdate(at))
    until = until_on or start + _UNTIL_FURTHER
    told = [row for row in published_shifts(contract.association, start, until) if row.contract_id == contract.pk]
    touched = {row.roster_id for row in told}
    rosters = [roster for roster in published_rosters(contract.association, start, until) if roster.pk in touched]
    days = [row.on for row in told]
    drafts = [_without(roster, contract, days, by, at) for roster in sorted(rosters, key=lambda row: (row.start, row.published_at))]
    return Away(tuple(drafts), len(days))


def _without(roster: Roster, contract: Contract, days: list[date], by: Actor, at: datetime) -> Roster:
    """Return the open draft beside a published roster, or a new one, without these days of a worker."""
    open_draft = roster.drafts.filter(kind=RosterKind.COPY.value, state=RosterState.READY.value, title="").first()
    draft = open_draft or copy_roster(roster=roster, by=by, at=at)
    draft.pins.filter(contract=contract, on__in=days).delete()
    for row in RosterShift.objects.filter(roster=draft, contract=contract, on__in=days).select_related("roster__association"):
        lose_shift(shift=row, by=by, at=at)
    return draft
