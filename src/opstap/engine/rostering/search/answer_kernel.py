"""A worker's best answer in some weeks in a row, all other weeks being as they are, compiled; and two rosters joined at a week."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opstap.engine.rostering.search.crew_kernel import DAYS, Crew, Roster, Worth, count, leave, priced, unfairness
from opstap.engine.rostering.search.kernel import INFINITE, best_between

Float = NDArray[np.float64]
Int = NDArray[np.int64]
PLAIN, BY_CHANCE, FOR_GUIDES, BY_PRICES = 0, 1, 2, 3
"""Moods of an answer: as it costs, or with something added."""


@njit(cache=True, nogil=True)
def _site_in(crew: Crew, row: int, path: Int, week: int) -> int:
    """Return the local site of a week; behind all of them when there is no shift."""
    for option in path[week * DAYS : (week + 1) * DAYS]:
        if option >= 0:
            return int(crew.place[crew.options_from[row] + option])
    return int(crew.sites[row])


@njit(cache=True, nogil=True)
def _step(crew: Crew, row: int, stay: int, to: int, came: int) -> tuple[int, float]:
    """Return the stay after a week at `to`, and the points of one too long, or left too early when weeks `came` before."""
    longest, shortest, variety, lengths = crew.rules[0], crew.rules[1], crew.points[3], crew.rules[0] + 1
    site, length = stay // lengths, stay % lengths + 1
    if site == to:
        if to == crew.sites[row]:
            return stay, 0.0
        return int(site * lengths + min(length, longest)), float(variety if length >= longest else 0.0)
    is_early = site != crew.sites[row] and came > 0 and length < shortest
    return int(to * lengths), float(variety * (shortest - length) if is_early else 0.0)


@njit(cache=True, nogil=True)
def _before(crew: Crew, row: int, path: Int, low: int) -> tuple[int, int, float]:
    """Return the stay before the week `low`, how many weeks of work came before, and the points of stays until then."""
    longest, lengths = crew.rules[0], crew.rules[0] + 1
    stay, came, total = crew.sites[row] * lengths, 0, 0.0
    if crew.stay[row, 0] >= 0:
        stay = crew.stay[row, 0] * lengths + min(crew.stay[row, 1], longest) - 1
    for week in range(low):
        if crew.quotas[row, week] > 0:
            stay, points = _step(crew, row, stay, _site_in(crew, row, path, week), came)
            total += points
            came += 1
    return int(stay), came, total


@njit(cache=True, nogil=True)
def _later(crew: Crew, row: int, path: Int, high: int, came: int, ending: Float) -> None:  # noqa: PLR0917 - compiled
    """Write what every stay at the week `high` costs from there on, when so many weeks of work came before."""
    ending[:] = 0.0
    stays = np.arange(len(ending))
    for week in range(high, len(path) // DAYS):
        if crew.quotas[row, week] > 0:
            to = _site_in(crew, row, path, week)
            for state in range(len(ending)):
                stays[state], points = _step(crew, row, stays[state], to, came)
                ending[state] += points
            came += 1


@njit(cache=True, nogil=True)
def _shifts_outside(crew: Crew, row: int, path: Int, low: int, high: int) -> float:
    """Return what the shifts before the week `low` and from `high` on cost by themselves."""
    begin, total = crew.options_from[row], 0.0
    for day, option in enumerate(path):
        if option >= 0 and not low * DAYS <= day < high * DAYS:
            total += crew.own[begin + option]
    return float(total)


@njit(cache=True, nogil=True)
def _practised(crew: Crew, row: int, path: Int, low: int, high: int) -> int:
    """Return the code of the weeks of practice per wish, without those from the week `low` to `high`."""
    begin, enough, most, code = crew.options_from[row], crew.rules[2], crew.rules[3], 0
    for goal in range(crew.goals[row]):
        done = 0
        for week in range(len(path) // DAYS):
            days = 0
            for option in path[week * DAYS : (week + 1) * DAYS]:
                days += option >= 0 and crew.goal[begin + option] == goal
            done += days >= enough and not low <= week < high
        code += min(done, most) * (most + 1) ** goal
    return int(code)


@njit(cache=True, nogil=True)
def _alone(crew: Crew, row: int, path: Int) -> float:
    """Return what a whole path costs by itself."""
    weeks, most = len(path) // DAYS, crew.rules[3]
    total, code = (
        _before(crew, row, path, weeks)[2] + _shifts_outside(crew, row, path, weeks, weeks),
        _practised(crew, row, path, weeks, weeks),
    )
    for _goal in range(crew.goals[row]):
        total += crew.points[4] if code % (most + 1) < most else 0.0
        code //= most + 1
    return float(np.round(total))


@njit(cache=True, nogil=True)
def respond(  # noqa: C901, PLR0912, PLR0917 - one worker's answer, compiled as one
    crew: Crew, roster: Roster, worth: Worth, row: int, mood: int, much: float, part_of: Int, part: int, low: int, high: int
) -> float:
    """Give a worker without shifts from the week `low` to `high` the best ones beside all the others, at demands of this part.

    Return by how much the cost rises. `mood` 0: as it costs; 1: with chance added; 2: with the worth of guiding; 3: with all prices;
    each times `much`. INFINITE when pins leave no path.
    """
    begin, guides, points, rules = crew.options_from[row], crew.rules[4], crew.points, crew.rules
    weeks = roster.chosen.shape[1] // DAYS
    if begin == crew.options_from[row + 1]:
        if crew.must[row].any():
            return INFINITE
        roster.alone[row] = crew.goals[row] * points[4]
        return float(roster.alone[row])
    costs = np.empty(crew.options_from[row + 1] - begin)
    starts = crew.starts[crew.starts_from[row] : crew.starts_from[row + 1]]
    for site in range(crew.sites[row]):
        for at in range(starts[(site * weeks + low) * DAYS], starts[(site * weeks + high) * DAYS]):
            option = begin + at
            cell, learns, found = crew.cells[option], crew.learns[option], crew.own[option]
            able, learning, crowd = roster.skilled[cell], roster.learners[cell], crew.crowd[cell]
            closed = able + learning >= crew.maximum[cell] or roster.crowds[crowd] >= crew.room[crowd]
            if able + learning < crew.wanted[cell]:
                found -= points[1]
            if learns:
                closed = closed or learning >= guides * able
            else:
                if able < crew.minimum[cell]:
                    found -= points[0]
                found -= points[5] * min(guides, max(0, learning - guides * able))
            if crew.pinned[option]:
                found += points[5] if closed else 0.0
            elif closed or part_of[cell] != part:
                costs[at] = INFINITE
                continue
            if mood == BY_CHANCE:
                found += np.random.random() * much  # noqa: NPY002 - the generator of compiled code, seeded by `search`
            elif mood == FOR_GUIDES and not learns:
                found += worth.guiding[cell] * much
            elif mood == BY_PRICES:
                found += priced(crew, worth, row, option) * much
            costs[at] = found
    path = roster.chosen[row]
    ending = np.empty((crew.sites[row] + 1) * (rules[0] + 1))
    stay, came, value = _before(crew, row, path, low)
    _later(crew, row, path, high, came + (crew.quotas[row, low:high] > 0).sum(), ending)
    value += _shifts_outside(crew, row, path, low, high)
    practised = _practised(crew, row, path, low, high)
    paths, values = np.empty((1, len(path)), np.int64), np.empty(1)
    if not best_between(
        crew.sites[row], weeks, low, high, starts, costs, crew.units[begin:], crew.goal[begin:], crew.goals[row], crew.must[row],
        crew.quotas[row], stay, practised, came, ending, rules[0], rules[1], points[3], rules[2], rules[3], points[4], 1, paths, values,
    ):  # fmt: skip
        return INFINITE
    value += values[0]
    for day in range(low * DAYS, high * DAYS):
        path[day] = paths[0, day]
        if path[day] >= 0:
            value += crew.own[begin + path[day]] - costs[path[day]]
    roster.alone[row] = np.round(value)
    roster.unfair[row] = unfairness(crew, row, path)
    return float(count(crew, roster, row, 1, low, high) + roster.alone[row] + roster.unfair[row])


@njit(cache=True, nogil=True)
def join(crew: Crew, one: Roster, other: Roster, at: int) -> None:
    """Take the weeks from `at` on over from the other roster of the same workers, and count what every path costs by itself."""
    weeks = one.chosen.shape[1] // DAYS
    for row in range(len(one.chosen)):
        if (one.chosen[row, at * DAYS :] != other.chosen[row, at * DAYS :]).any():
            leave(crew, one, row, at, weeks)
            one.chosen[row, at * DAYS :] = other.chosen[row, at * DAYS :]
            count(crew, one, row, 1, at, weeks)
            one.alone[row] = _alone(crew, row, one.chosen[row])
            one.unfair[row] = unfairness(crew, row, one.chosen[row])
