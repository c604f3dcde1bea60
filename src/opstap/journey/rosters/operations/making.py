"""A roster: asked for, started, made in a killable child process, checked, stored, or failed with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate
from procrastinate.contrib.django import app as jobs

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.journey.associations.models import Association
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.assembly import CRITERIA, Found, find, newcomers_in, notice_ends, read_input
from opstap.journey.rosters.enums import UNDER_WAY, RosterKind, RosterState
from opstap.journey.rosters.models import Roster, RosterPin, RosterShift
from opstap.journey.rosters.queries import is_being_made, stale_rosters

_WEEK = timedelta(weeks=1)
_LONGEST = 52


@dataclass(frozen=True, slots=True)
class Wanted:
    """What roster is asked for: from which Monday, how many weeks, the order of what counts, the lot, how many seconds to search."""

    start: date
    weeks: int
    order: Sequence[str] = CRITERIA
    seed: int = 0
    seconds: int = 60
    title: str = ""


@operation
def ask_roster(
    *,
    association: Association,
    wanted: Wanted,
    kind: RosterKind = RosterKind.NEW,
    based_on: Roster | None = None,
    in_background: bool = True,
    by: Actor,
    at: datetime,
) -> Roster:
    """Return a roster that waits to be made; a worker makes it as soon as this transaction ends. What was pinned in `based_on` stays so.

    Raises `Refused` for who may not, for weeks that do not begin on a Monday, and while another roster is under way.
    """
    _check(association, wanted, based_on, by)
    lock_in_order(f"rosters:{association.pk}")
    for left in stale_rosters(at).filter(association=association):
        fail_roster(roster=left, reason=Reason("rosters.solver_stopped"), by=by, at=at)
    if is_being_made(association):
        raise Refused(Reason("rosters.under_way"))
    roster = Roster.objects.create(
        association=association,
        kind=kind.value,
        title=wanted.title,
        start=wanted.start,
        weeks=wanted.weeks,
        state=RosterState.DRAFT,
        seed=wanted.seed,
        order=list(wanted.order),
        seconds=wanted.seconds,
        based_on=based_on,
        made_by_id=by.user_id,
        made_by_label=by.label,
        made_at=at,
    )
    if based_on is not None:
        copy_pins(based_on, roster)
    if in_background:
        jobs.configure_task("rosters.make_roster").defer(roster_id=str(roster.pk))
    facts = {"kind": kind.value, "weeks": wanted.weeks}
    record(by=by, at=at, action="ask_roster", subject_kind="roster", subject_id=roster.pk, facts=facts)
    return roster


def _check(association: Association, wanted: Wanted, based_on: Roster | None, by: Actor) -> None:
    if not may_plan(by, association):
        raise Refused(Reason("rosters.may_not_plan"))
    if wanted.start.weekday():
        raise Refused(Reason("rostering.not_a_monday", {"found": wanted.start.isoformat()}))
    if not 1 <= wanted.weeks <= _LONGEST:
        raise Refused(Reason("rostering.weeks_range", {"found": wanted.weeks}))
    if based_on is not None and based_on.suppositions:
        raise Refused(Reason("rosters.is_supposition"))
    if set(wanted.order) - set(CRITERIA) or len(set(wanted.order)) != len(wanted.order):
        raise Refused(Reason("rosters.order_unknown"))


def copy_pins(old: Roster, new: Roster) -> None:
    """Keep what the planner decided in another roster, as far as it lies in these weeks."""
    kept = old.pins.filter(on__gte=new.start, on__lt=new.start + new.weeks * _WEEK)
    RosterPin.objects.bulk_create(
        RosterPin(roster=new, contract_id=pin.contract_id, on=pin.on, site_id=pin.site_id, function_id=pin.function_id, starts=pin.starts)
        for pin in kept
    )


@operation
def start_roster(*, roster: Roster, by: Actor, at: datetime) -> Roster:
    """Mark a roster as being made; one that a killed worker left behind is started afresh. Raises `Refused` when it is over."""
    if not _is_under_way(roster):
        raise Refused(Reason("rosters.is_done"))
    roster.state, roster.progress = RosterState.SOLVING, 0
    roster.save(update_fields=["state", "progress"])
    record(by=by, at=at, action="start_roster", subject_kind="roster", subject_id=roster.pk)
    return roster


@operation
def finish_roster(*, roster: Roster, found: Found, by: Actor, at: datetime) -> Roster:
    """Store the shifts, their cost and its proof. Raises `Refused` when the roster ended meanwhile."""
    if not _is_under_way(roster):
        raise Refused(Reason("rosters.is_done"))
    problem, result = found.given.problem, found.result
    rows, only_supposed = [], newcomers_in(roster)
    roster.newcomers = []
    for shift in result.shifts:
        demand = problem.cell_by[shift.cell].demand
        is_learner = problem.worker_by[shift.worker].is_learning(shift.function)
        hours = {"starts": demand.starts, "ends": demand.ends, "pause": demand.pause}
        if shift.worker in only_supposed:
            told = {"worker": shift.worker, "on": shift.day.isoformat(), "site": shift.site, "function": shift.function}
            roster.newcomers.append({**told, **hours, "is_learner": is_learner})
            continue
        keys = {"contract_id": shift.worker, "site_id": shift.site, "function_id": shift.function}
        rows.append(RosterShift(roster=roster, on=shift.day, is_learner=is_learner, **hours, **keys))
    RosterShift.objects.bulk_create(rows, batch_size=1000)
    roster.state, roster.finished_at, roster.progress = RosterState.READY, at, 100
    roster.status, roster.cost, roster.bound, roster.unavoidable = result.status.value, result.cost, result.bound, result.unavoidable
    roster.parts, roster.scarce = dict(result.parts), found.scarce
    roster.input_digest, roster.versions = result.digest, dict(result.versions)
    roster.save()
    facts = {"shifts": len(rows), "cost": result.cost, "bound": result.bound}
    record(by=by, at=at, action="finish_roster", subject_kind="roster", subject_id=roster.pk, facts=facts)
    return roster


@operation
def fail_roster(*, roster: Roster, reason: Reason, by: Actor, at: datetime) -> Roster:
    """Keep why a roster could not be made; one that has ended stays so, and what is published stays as it is."""
    if _is_under_way(roster):
        roster.state, roster.failure, roster.finished_at = RosterState.FAILED, reason.as_json(), at
        roster.save(update_fields=["state", "failure", "finished_at"])
    record(by=by, at=at, action="fail_roster", subject_kind="roster", subject_id=roster.pk, facts={"code": reason.code})
    return roster


def run_roster(*, roster: Roster, by: Actor, clock: Callable[[], datetime]) -> Roster:
    """Make a roster from start to end, in three transactions, so that its progress can be followed meanwhile."""
    start_roster(roster=roster, by=by, at=clock())
    is_repair = roster.kind == RosterKind.REPAIR
    try:
        given = read_input(roster, notice_ends(roster.association, localdate(clock())))
        found = find(given, roster.seconds, lambda share: _note_progress(roster, share), is_repair=is_repair)
        return finish_roster(roster=roster, found=found, by=by, at=clock())
    except Refused as refused:
        return fail_roster(roster=roster, reason=refused.reason, by=by, at=clock())
    except Exception:
        fail_roster(roster=roster, reason=Reason("rosters.solver_stopped"), by=by, at=clock())
        raise


def _is_under_way(roster: Roster) -> bool:
    """Lock the roster and tell whether it still waits for its outcome; the given row learns how it stands."""
    held = Roster.objects.select_for_update(of=("self",)).get(pk=roster.pk)
    roster.state, roster.failure, roster.finished_at = held.state, held.failure, held.finished_at
    return held.state in UNDER_WAY


def _note_progress(roster: Roster, share: float) -> None:
    """Show how far the search is; progress is not part of the record, so it needs no audit row."""
    Roster.objects.filter(pk=roster.pk).update(progress=min(99, round(share * 100)))
