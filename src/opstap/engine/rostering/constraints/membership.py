"""The user of the work is a member of the association on that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "membership"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether the site's organisation is a member that day."""
    del worker
    member = problem.member_by[problem.site_by[cell.demand.site].member]
    return any(cell.day in period for period in member.periods)


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return that it is not a member."""
    del worker
    member = problem.site_by[cell.demand.site].member
    return Reason("rostering.not_a_member", {"member": member, "day": cell.day.isoformat()}, "Act of 12 August 2000, art. 186-193")
