"""Shifts grouped by the demand that they fill, or by site and day."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import TypeVar

from opstap.engine.rostering.assignment import Assignment

Key = TypeVar("Key", bound=Hashable)


def by_cell(shifts: Iterable[Assignment]) -> dict[tuple[str, str, date, int], tuple[Assignment, ...]]:
    """Return the shifts of each demand."""
    return _grouped(shifts, lambda shift: shift.cell)


def by_site_and_day(shifts: Iterable[Assignment]) -> dict[tuple[str, date], tuple[Assignment, ...]]:
    """Return the shifts of each site on each day."""
    return _grouped(shifts, lambda shift: (shift.site, shift.day))


def by_worker(shifts: Iterable[Assignment]) -> dict[str, tuple[Assignment, ...]]:
    """Return the shifts of each worker, in the order of days."""
    return _grouped(sorted(shifts), lambda shift: shift.worker)


def _grouped(shifts: Iterable[Assignment], key: Callable[[Assignment], Key]) -> dict[Key, tuple[Assignment, ...]]:
    found: dict[Key, list[Assignment]] = {}
    for shift in shifts:
        found.setdefault(key(shift), []).append(shift)
    return {name: tuple(group) for name, group in found.items()}
