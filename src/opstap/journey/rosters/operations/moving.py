"""The planner's hand: move, add, remove and pin shifts of a draft, each judged by the checker; and undo, the last first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.journey.associations.models import Contract
from opstap.journey.rosters.assembly import Board, as_assignment, board_of
from opstap.journey.rosters.enums import ChangeKind, RosterState
from opstap.journey.rosters.models import Roster, RosterChange, RosterPin, RosterShift
from opstap.journey.rosters.permissions import may_change_roster


@dataclass(frozen=True, slots=True)
class Target:
    """Where a shift goes: to whom, on which day, to which work of which site, from when (minutes after midnight)."""

    contract_id: UUID
    on: date
    site_id: UUID
    function_id: UUID
    starts: int


@operation
def move_shift(*, shift: RosterShift, to: Target, why: str = "", by: Actor, at: datetime) -> RosterChange:
    """Give a shift to another person, day or place; who was busy there leaves that shift. Returns the change, to be undone.

    Raises `Refused` with the first rule that forbids it, for a roster that is no draft, and for a shift that is pinned or gone.
    """
    roster = _hold(shift.roster, by)
    row = _still_there(roster, shift)
    _must_be_loose(roster, row.contract_id, row.on)
    return _act(roster, row, to, ChangeKind.MOVE, _Note(why, by, at))


@operation
def add_shift(*, roster: Roster, to: Target, why: str = "", by: Actor, at: datetime) -> RosterChange:
    """Give somebody a shift that nobody has; their other shift of that day is left. Refuses as `move_shift` does."""
    return _act(_hold(roster, by), None, to, ChangeKind.ADD, _Note(why, by, at))


@operation
def remove_shift(*, shift: RosterShift, why: str = "", by: Actor, at: datetime) -> RosterChange:
    """Take a shift away, so that the person is free that day. Refuses as `move_shift` does."""
    roster = _hold(shift.roster, by)
    row = _still_there(roster, shift)
    _must_be_loose(roster, row.contract_id, row.on)
    return _act(roster, row, None, ChangeKind.REMOVE, _Note(why, by, at))


@operation
def lose_shift(*, shift: RosterShift, by: Actor, at: datetime) -> RosterChange:
    """Take a shift away because the person cannot come: no rule can forbid that. What it breaks stands in the way of publishing.

    Raises `Refused` for who may not and for a roster that is no draft.
    """
    roster = _hold(shift.roster, by)
    row = _still_there(roster, shift)
    _replace(roster, [row], [])
    before, after = roster.cost or 0, count_again(roster)
    return _keep(roster, _Done(ChangeKind.REMOVE, [_write(row)], [], after - before), _Note("", by, at))


@operation
def pin_day(*, roster: Roster, contract: Contract, on: date, why: str = "", by: Actor, at: datetime) -> RosterChange:
    """Decide that somebody's day stays as it is now, a shift or free, in every search and move to come.

    Raises `Refused` when it is pinned already, or the roster is no draft.
    """
    held = _hold(roster, by)
    _must_be_loose(held, contract.pk, on)
    row = RosterShift.objects.filter(roster=held, contract=contract, on=on).first()
    place = {"site_id": row.site_id, "function_id": row.function_id, "starts": row.starts} if row else {}
    RosterPin.objects.create(roster=held, contract=contract, on=on, **place)
    return _keep(held, _Done(ChangeKind.PIN, [], [_key(contract.pk, on)]), _Note(why, by, at))


@operation
def unpin_day(*, roster: Roster, contract: Contract, on: date, why: str = "", by: Actor, at: datetime) -> RosterChange:
    """Let somebody's day change again. Raises `Refused` when it was not pinned, or the roster is no draft."""
    held = _hold(roster, by)
    removed, _ = RosterPin.objects.filter(roster=held, contract=contract, on=on).delete()
    if not removed:
        raise Refused(Reason("rosters.not_pinned"))
    return _keep(held, _Done(ChangeKind.UNPIN, [_key(contract.pk, on)], []), _Note(why, by, at))


@operation
def undo_change(*, roster: Roster, by: Actor, at: datetime) -> RosterChange:
    """Undo the last change by hand that was not undone yet, and return it. Raises `Refused` when there is none, or it is no draft."""
    held = _hold(roster, by)
    change = held.changes.filter(undone_at__isnull=True).first()
    if change is None:
        raise Refused(Reason("rosters.nothing_to_undo"))
    if change.kind in {ChangeKind.PIN, ChangeKind.UNPIN}:
        _undo_pin(held, change)
    else:
        _replace(held, [_read(row) for row in change.after], [_read(row) for row in change.before])
    change.undone_at = at
    change.save(update_fields=["undone_at"])
    count_again(held)
    record(by=by, at=at, action="undo_change", subject_kind="roster", subject_id=held.pk, facts={"number": change.number})
    return change


@dataclass(frozen=True, slots=True)
class _Done:
    """What was done: the shifts (or keys of pins) before and after as JSON, and the points that it costs."""

    kind: ChangeKind
    before: list[dict[str, Any]]
    after: list[dict[str, Any]]
    points: int = 0


@dataclass(frozen=True, slots=True)
class _Note:
    """Why, by whom and when something is changed."""

    why: str
    by: Actor
    at: datetime


def _hold(roster: Roster, by: Actor) -> Roster:
    """Lock the roster and return it as it is now; raises `Refused` for who may not and for a roster that is no draft."""
    if not may_change_roster(by, roster):
        raise Refused(Reason("rosters.may_not_plan"))
    lock_in_order(f"roster:{roster.pk}")
    held = Roster.objects.select_related("association").get(pk=roster.pk)
    if held.state != RosterState.READY:
        raise Refused(Reason("rosters.no_draft"))
    return held


def _still_there(roster: Roster, shift: RosterShift) -> RosterShift:
    row = RosterShift.objects.filter(pk=shift.pk, roster=roster).first()
    if row is None:
        raise Refused(Reason("rosters.shift_gone"))
    return row


def _must_be_loose(roster: Roster, contract_id: UUID, on: date) -> None:
    if RosterPin.objects.filter(roster=roster, contract_id=contract_id, on=on).exists():
        raise Refused(Reason("rosters.is_pinned"))


def _act(roster: Roster, row: RosterShift | None, to: Target | None, kind: ChangeKind, note: _Note) -> RosterChange:
    """Judge a move on the facts of this moment, and do it."""
    board = board_of(roster)
    new = _row(roster, board, to) if to else None
    moved = board.judge(as_assignment(row) if row else None, as_assignment(new) if new else None)
    if not moved.verdict.is_allowed:
        raise Refused(board.names.said(moved.verdict.reasons[0]))
    if to is not None:
        _must_be_loose(roster, to.contract_id, to.on)
    gone = [row] if row else []
    if to is not None:  # also one that nobody asks for any more: it is not among the facts, and nobody works twice a day
        there = RosterShift.objects.filter(roster=roster, contract_id=to.contract_id, on=to.on)
        gone += there.exclude(pk__in=[each.pk for each in gone])
    for shift in moved.gone:
        _must_be_loose(roster, UUID(shift.worker), shift.day)
        gone += RosterShift.objects.filter(roster=roster, contract_id=shift.worker, on=shift.day).exclude(pk__in=[each.pk for each in gone])
    _replace(roster, gone, [new] if new else [])
    count_again(roster)
    return _keep(roster, _Done(kind, [_write(each) for each in gone], [_write(new)] if new else [], moved.verdict.cost), note)


def _row(roster: Roster, board: Board, to: Target) -> RosterShift:
    """Return the new shift as a row, not stored; one that nobody asks for has no hours and is refused by the verdict."""
    new = RosterShift(
        roster=roster, contract_id=to.contract_id, on=to.on, site_id=to.site_id, function_id=to.function_id, starts=to.starts,
        ends=to.starts, pause=0, is_learner=False,
    )  # fmt: skip
    shift = as_assignment(new)
    if shift.worker not in board.problem.worker_by:
        raise Refused(Reason("rosters.not_a_worker"))
    cell = board.cell_of(shift)
    if cell is not None:
        new.ends, new.pause = cell.demand.ends, cell.demand.pause
        new.is_learner = board.is_learning(shift.worker, shift.function)
    return new


def _replace(roster: Roster, gone: Iterable[RosterShift], new: Iterable[RosterShift]) -> None:
    for row in gone:
        RosterShift.objects.filter(roster=roster, contract_id=row.contract_id, on=row.on).delete()
    for row in new:
        row.roster = roster
        row.save(force_insert=True)


def count_again(roster: Roster) -> int:
    """Keep and return what the roster costs now; a bound that was proven for other facts and is no bound any more goes."""
    board = board_of(roster)
    cost = sum(board.parts.values())
    roster.parts, roster.cost = board.parts, cost
    if roster.bound is not None and roster.bound > cost:
        roster.bound = None
    roster.revision += 1
    roster.save(update_fields=["parts", "cost", "bound", "revision"])
    return cost


def _keep(roster: Roster, done: _Done, note: _Note) -> RosterChange:
    """Write the change down; the number goes up within a roster."""
    last = roster.changes.order_by("-number").values_list("number", flat=True).first() or 0
    change = RosterChange.objects.create(
        roster=roster, number=last + 1, kind=done.kind.value, before=done.before, after=done.after, points=done.points, why=note.why[:300],
        by_label=note.by.label[:200], at=note.at,
    )  # fmt: skip
    facts = {"kind": done.kind.value, "number": change.number, "points": done.points}
    record(by=note.by, at=note.at, action="change_roster", subject_kind="roster", subject_id=roster.pk, facts=facts)
    return change


def _undo_pin(roster: Roster, change: RosterChange) -> None:
    for key in change.after:
        RosterPin.objects.filter(roster=roster, contract_id=key["contract_id"], on=key["on"]).delete()
    for key in change.before:
        row = RosterShift.objects.filter(roster=roster, contract_id=key["contract_id"], on=key["on"]).first()
        place = {"site_id": row.site_id, "function_id": row.function_id, "starts": row.starts} if row else {}
        RosterPin.objects.create(roster=roster, contract_id=key["contract_id"], on=key["on"], **place)


def _key(contract_id: UUID, on: date) -> dict[str, str]:
    return {"contract_id": str(contract_id), "on": on.isoformat()}


def _write(row: RosterShift) -> dict[str, Any]:
    ids = {name: str(getattr(row, name)) for name in ("id", "contract_id", "site_id", "function_id")}
    return ids | {"on": row.on.isoformat()} | {name: getattr(row, name) for name in ("starts", "ends", "pause", "is_learner")}


def _read(kept: dict[str, Any]) -> RosterShift:
    return RosterShift(**kept | {"on": date.fromisoformat(kept["on"])})
