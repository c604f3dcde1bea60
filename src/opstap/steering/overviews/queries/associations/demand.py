"""What a site asks, as a week: a line per function and start, a cell per weekday, and the dated exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.models import Association, Function, SiteDemand
from opstap.journey.associations.queries import demands_of

_DAYS = 7


@dataclass(frozen=True, slots=True)
class DemandLine:
    """A function from one start: what is asked on each weekday (None: nobody)."""

    function: Function
    starts: int
    ends: int
    days: tuple[SiteDemand | None, ...]


@dataclass(frozen=True, slots=True)
class SiteAsks:
    """A site with its week, and the days that differ from it (`past` ones are left out)."""

    site: Site
    lines: tuple[DemandLine, ...]
    exceptions: tuple[SiteDemand, ...]


def site_asks(actor: Actor, association: Association, on: date) -> tuple[SiteAsks, ...]:
    """Return every site that asks for somebody, with its week."""
    by_site: dict[Site, list[SiteDemand]] = {}
    for row in demands_of(actor, association):
        by_site.setdefault(row.site, []).append(row)
    return tuple(SiteAsks(site, _week(rows), _exceptions(rows, on)) for site, rows in by_site.items())


def _week(rows: list[SiteDemand]) -> tuple[DemandLine, ...]:
    lines: dict[tuple[Function, int, int], dict[int, SiteDemand]] = {}
    for row in rows:
        if row.weekday is not None:
            lines.setdefault((row.function, row.starts, row.ends), {})[row.weekday] = row
    return tuple(
        DemandLine(function, starts, ends, tuple(days.get(day) for day in range(_DAYS))) for (function, starts, ends), days in lines.items()
    )


def _exceptions(rows: list[SiteDemand], on: date) -> tuple[SiteDemand, ...]:
    return tuple(row for row in rows if row.on is not None and row.on >= on)
