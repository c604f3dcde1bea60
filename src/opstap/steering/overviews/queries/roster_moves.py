"""Where a shift could go, and who could take over what nobody has: allowed at what cost in words, or forbidden because."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.assembly import Board, Moved, as_assignment, notice_ends, recent_board
from opstap.journey.rosters.enums import ChangeKind, RosterState
from opstap.journey.rosters.models import Roster, RosterPin, RosterShift
from opstap.journey.rosters.operations import Target
from opstap.steering.overviews.queries.roster_week import clock


@dataclass(frozen=True, slots=True)
class Place:
    """A person, day and work where a shift could go, and what it would do. `reasons`: what forbids it, else what gets worse.

    `leaves`: what the person does that day and would leave. `is_late`: within the notice of somebody whose hours vary.
    """

    target: Target
    person: str
    site: str
    function: str
    ends: int
    is_allowed: bool
    points: int
    reasons: tuple[Reason, ...]
    leaves: str = ""
    is_same_person: bool = False

    @property
    def gain(self) -> int:
        """The points that it gains."""
        return -self.points

    @property
    def hours(self) -> str:
        """From when until when."""
        return f"{clock(self.target.starts)}-{clock(self.ends)}"

    @property
    def key(self) -> str:
        """What a form posts to choose this place."""
        to = self.target
        return f"{to.contract_id}_{to.on.isoformat()}_{to.site_id}_{to.function_id}_{to.starts}"


def target_of(key: str) -> Target | None:
    """Return the place that a form posted, or None for something else."""
    try:
        contract, on, site, function, starts = key.split("_")
        return Target(UUID(contract), date.fromisoformat(on), UUID(site), UUID(function), int(starts))
    except ValueError:
        return None


@dataclass(frozen=True)
class ShiftPage:
    """A shift with why it is so, and every place where it could go, the best first; and apart what cannot be."""

    shift: RosterShift
    is_draft: bool
    is_pinned: bool
    why: tuple[Reason, ...]
    elsewhere: tuple[tuple[str, str, tuple[Reason, ...]], ...]
    others: tuple[Place, ...]
    others_not: tuple[Place, ...]
    own: tuple[Place, ...]
    own_not: tuple[Place, ...]
    removal: Place | None
    late_until: date | None


def shift_page(actor: Actor, shift: RosterShift, at: datetime) -> ShiftPage | None:
    """Return everything about a shift; None without the right. Raises `Refused` when the association has no demand any more."""
    if not may_plan(actor, shift.roster.association):
        return None
    board, roster = recent_board(shift.roster, at), shift.roster
    own = as_assignment(shift)
    is_known = own not in board.strays and own in board.scene.shifts
    places = _places(board, shift) if is_known else []
    late = notice_ends(roster.association, at.date())
    return ShiftPage(
        shift=shift,
        is_draft=roster.state == RosterState.READY,
        is_pinned=RosterPin.objects.filter(roster=roster, contract_id=shift.contract_id, on=shift.on).exists(),
        why=board.why(own) if is_known else (),
        elsewhere=_elsewhere(board, shift) if is_known else (),
        others=_best_first(place for place in places if place.is_allowed and not place.is_same_person),
        others_not=_best_first(place for place in places if not place.is_allowed and not place.is_same_person),
        own=_best_first(place for place in places if place.is_allowed and place.is_same_person),
        own_not=_best_first(place for place in places if not place.is_allowed and place.is_same_person),
        removal=_removal(board, shift) if is_known else None,
        late_until=late if shift.contract.is_variable and shift.on < late else None,
    )


def verdicts(actor: Actor, shift: RosterShift, at: datetime) -> dict[str, tuple[bool, int, tuple[Reason, ...]]] | None:
    """Return the verdict on every place where a shift could go within its week: by the key that a form posts; None without the right."""
    if not may_plan(actor, shift.roster.association):
        return None
    board = recent_board(shift.roster, at)
    return {place.key: (place.is_allowed, place.points, place.reasons) for place in _places(board, shift)}


@dataclass(frozen=True)
class NeedPage:
    """What a site asks on a day, and who could come, the best first."""

    roster: Roster
    site: str
    function: str
    on: date
    starts: int
    ends: int
    minimum: int
    wanted: int
    people: int
    skilled: int
    takers: tuple[Place, ...]
    nearest: tuple[Place, ...]


def need_page(actor: Actor, roster: Roster, target: Target, at: datetime) -> NeedPage | None:
    """Return who could fill what is asked (the contract of the target does not count); None without the right, or when nothing is asked."""
    if not may_plan(actor, roster.association):
        return None
    board = recent_board(roster, at)
    key = (str(target.site_id), str(target.function_id), target.on, target.starts)
    cell = board.problem.cell_by.get(key)
    if cell is None:
        return None
    found = _best_first(_givings(board, target))
    demand = cell.demand
    return NeedPage(
        roster, board.names[key[0]], board.names[key[1]], target.on, demand.starts, demand.ends, demand.minimum, demand.wanted,
        board.scene.skilled[key] + board.scene.learners[key], board.scene.skilled[key],
        tuple(place for place in found if place.is_allowed), tuple(place for place in found if not place.is_allowed),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LostShift:
    """A shift that fell out of a draft because somebody cannot come, and who could take it over, best first; `work`: for its address."""

    site: str
    function: str
    on: date
    starts: int
    person: str
    takers: tuple[Place, ...]
    work: str


_MOST_TAKERS = 5


def lost_shifts(actor: Actor, draft: Roster, at: datetime) -> tuple[LostShift, ...]:
    """Return what fell out of a draft and was not filled again, the first day first; nothing without the right."""
    if not may_plan(actor, draft.association):
        return ()
    board, found = recent_board(draft, at), []
    removed = draft.changes.filter(kind=ChangeKind.REMOVE.value, undone_at__isnull=True, why="").order_by("number")
    rows = sorted((row for change in removed for row in change.before), key=lambda row: (row["on"], row["starts"], row["id"]))
    for row in rows:
        on = date.fromisoformat(row["on"])
        target = Target(UUID(row["contract_id"]), on, UUID(row["site_id"]), UUID(row["function_id"]), row["starts"])
        key = (row["site_id"], row["function_id"], on, target.starts)
        cell = board.problem.cell_by.get(key)
        if cell is None or not board.is_away(row["contract_id"], on):
            continue
        work = f"{row['on']}_{row['site_id']}_{row['function_id']}_{row['starts']}"
        takers = _best_first(place for place in _givings(board, target) if place.is_allowed)[:_MOST_TAKERS]
        skilled, names = board.scene.skilled[key], board.names
        if skilled < cell.demand.minimum or skilled + board.scene.learners[key] < cell.demand.wanted:
            found.append(LostShift(names[key[0]], names[key[1]], on, target.starts, names[row["contract_id"]], takers, work))
    return tuple(found)


def _places(board: Board, shift: RosterShift) -> list[Place]:
    """Return the same work that day for everybody else, and every work of the week for the person."""
    own = as_assignment(shift)
    monday = shift.on - timedelta(days=shift.on.weekday())
    news = {board.as_shift(own.worker, cell) for cell in board.cells_on(monday + timedelta(days=number) for number in range(7))}
    cell = board.cell_of(own)
    there = {other.worker for other in board.scene.shifts if other.cell == own.cell}
    news |= {board.as_shift(worker.key, cell) for worker in board.problem.workers if cell is not None and worker.key not in there}
    news.discard(own)
    return [_place(board, moved, own.worker) for moved in board.judge_all(own, sorted(news)).values()]


def _givings(board: Board, target: Target) -> list[Place]:
    """Return the verdict on everybody for work that nobody moves away from."""
    cell = board.problem.cell_by[str(target.site_id), str(target.function_id), target.on, target.starts]
    there = {shift.worker for shift in board.scene.shifts if shift.cell == cell.key}
    news = (board.as_shift(worker.key, cell) for worker in board.problem.workers if worker.key not in there)
    return [_place(board, board.judge(None, new), "") for new in news]


def _place(board: Board, moved: Moved, owner: str) -> Place:
    new = moved.new
    assert new is not None  # noqa: S101 - for the type checker: only moves to somewhere come here
    target = Target(UUID(new.worker), new.day, UUID(new.site), UUID(new.function), new.starts)
    left = [shift for shift in moved.gone if shift.worker == new.worker and (new.worker != owner or shift.day == new.day)]
    cell = board.cell_of(new)
    return Place(
        target, board.names[new.worker], board.names[new.site], board.names[new.function], cell.demand.ends if cell else new.starts,
        moved.verdict.is_allowed, moved.verdict.cost, board.said(moved.verdict),
        f"{board.names[left[0].site]}, {board.names[left[0].function]}" if left and new.worker != owner else "", new.worker == owner,
    )  # fmt: skip


def _removal(board: Board, shift: RosterShift) -> Place:
    """Return what it would do to let the person be free that day."""
    own = as_assignment(shift)
    moved = board.judge(own, None)
    here = Target(shift.contract_id, shift.on, shift.site_id, shift.function_id, shift.starts)
    names = board.names
    verdict = moved.verdict
    return Place(
        here, names[own.worker], names[own.site], names[own.function], shift.ends, verdict.is_allowed, verdict.cost, board.said(verdict)
    )


def _elsewhere(board: Board, shift: RosterShift) -> tuple[tuple[str, str, tuple[Reason, ...]], ...]:
    """Return for all other work that day why the person does not do that."""
    own = as_assignment(shift)
    found = []
    for cell in board.cells_on([shift.on]):
        if cell.key != own.cell:
            why = board.why_not(own.worker, cell)
            found.append((board.names[cell.demand.site], board.names[cell.demand.function], why))
    return tuple(found)


def _best_first(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places with the cheapest first, who is free before who leaves something; what is forbidden last."""
    return tuple(sorted(places, key=lambda each: (not each.is_allowed, each.points, bool(each.leaves), each.target.on, each.person)))
