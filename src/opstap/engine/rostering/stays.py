"""Stays: the weeks in a row that a worker spends at one site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.calendar import quotas
from opstap.engine.rostering.people import Worker
from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.weeks import site_of_weeks


@dataclass(frozen=True, slots=True)
class Stay:
    """A site ("" for weeks without work) and its weeks in a row, from 0; `before`: weeks there before the roster begins."""

    site: str
    weeks: tuple[int, ...]
    before: int
    too_long: int
    too_short: int


def stays_of(worker: Worker, shifts: Sequence[Assignment], problem: Problem) -> tuple[Stay, ...]:
    """Return the stays of a worker in order.

    Weeks in which the worker is away altogether neither count nor break a stay. The last stay may still grow, so it is never too
    short. Weeks spent at the site before the roster count for the first.
    """
    sites = site_of_weeks(shifts, problem)
    working = [week for week, minutes in enumerate(quotas(worker, problem)) if minutes]
    grouped: list[tuple[str, list[int]]] = []
    for week in working:
        site = sites.get(week, "")
        if grouped and grouped[-1][0] == site:
            grouped[-1][1].append(week)
        else:
            grouped.append((site, [week]))
    return tuple(_stay(worker, index, grouped, problem) for index in range(len(grouped)))


def _stay(worker: Worker, index: int, grouped: Sequence[tuple[str, list[int]]], problem: Problem) -> Stay:
    site, weeks = grouped[index]
    before = worker.stay[1] if index == 0 and worker.stay and worker.stay[0] == site else 0
    if not site:
        return Stay(site, tuple(weeks), 0, 0, 0)
    length = before + len(weeks)
    most = problem.rules.longest_stay
    too_long = max(0, length - max(most, before))
    too_short = 0 if index == len(grouped) - 1 else max(0, problem.rules.shortest_stay - length)
    return Stay(site, tuple(weeks), before, too_long, too_short)
