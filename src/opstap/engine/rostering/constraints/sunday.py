"""On Sunday only shops at the coast work, in season or on the Sundays they chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from datetime import date

    from opstap.engine.rostering.problem import Cell, Problem, Site, Worker

NAME = "sunday"
_SUNDAY = 6


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether work is allowed on that day; every other day than Sunday is."""
    del worker
    if cell.day.weekday() != _SUNDAY:
        return True
    site = problem.site_by[cell.demand.site]
    if not site.is_seaside_shop:
        return False
    in_season = any(cell.day in period for period in problem.rules.seaside_periods)
    return in_season or cell.day in _chosen(site, cell.day.year, problem)


def _chosen(site: Site, year: int, problem: Problem) -> list[date]:
    """Return the extra Sundays that count: the first so many of the year."""
    return sorted(day for day in site.extra_sundays if day.year == year)[: problem.rules.extra_sundays]


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return why this Sunday is not allowed."""
    del worker
    code = "rostering.sunday_out_of_season" if problem.site_by[cell.demand.site].is_seaside_shop else "rostering.sunday"
    return Reason(code, {"day": cell.day.isoformat()}, "Labour Act of 16 March 1971, art. 11 and 14")
