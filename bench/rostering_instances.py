"""Rosters to measure: the workbook of an association, and associations that are drawn with a fixed seed."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from pathlib import Path

from opstap.bridges.spreadsheets.roster import read_roster_input
from opstap.desks.spreadsheet.assembly.roster_problem import RosterOptions, build_roster_input
from opstap.desks.spreadsheet.geography import read_atlas
from opstap.engine.rostering.problem import Coach, Demand, Function, Member, Problem, Site, Worker
from opstap.engine.shared import Period

START = date(2023, 9, 4)
WORKBOOK = Path(__file__).resolve().parents[1] / "demo" / "oostende" / "lavoro.xlsx"
IN_WORKBOOK = 25
FUNCTIONS = ("inpakker", "magazijn", "montage", "winkel", "rekken", "sorteren", "fietsen", "groen", "bouw")
LIMITS = ("lifting", "standing", "heights", "outdoors", "crowds", "dust")
WEEK_HOURS = (38.0, 38.0, 30.4, 28.5, 19.0)
WORKERS_A_SITE = 4
LARGE, WORKERS_A_SITE_OF_MANY, SITES_A_MEMBER = 100, 5, 4
"""From so many workers on an association lies spread over a region, and each worker reaches only what lies near."""

MINUTES_A_STEP = 17.7
"""Sites lie one to a square of one step by one; within 45 minutes there are about sixteen."""


def problem_of(size: str) -> Problem:
    """Return the problem of a size such as `25x12`: the demo's workbook for its 25 workers, else an association that is drawn."""
    workers, weeks = (int(part) for part in size.split("x"))
    if workers == IN_WORKBOOK:
        return from_workbook(WORKBOOK, START, weeks)
    return association(workers, weeks, START, seed=1)


def from_workbook(path: Path, start: date, weeks: int) -> Problem:
    """Return the problem of a workbook."""
    reading = read_roster_input(path, filename=path.name, on=start)
    return build_roster_input(reading, RosterOptions(start, weeks), read_atlas()).problem


def association(workers: int, weeks: int, start: date, seed: int) -> Problem:
    """Return an association with so many workers, a site for every few of them, and demand for about as many hours as they have."""
    chance = random.Random(seed)  # noqa: S311 - to draw an example, not to keep a secret
    is_large = workers >= LARGE
    count = workers // WORKERS_A_SITE_OF_MANY if is_large else max(2, workers // WORKERS_A_SITE)
    members = count // SITES_A_MEMBER if is_large else 3
    sites = [Site(f"site {number}", f"member {number % members}") for number in range(count)]
    demands = [demand for site in sites for demand in _demands(site.key, chance)]
    functions = [Function(name, frozenset(chance.sample(LIMITS, chance.choice((0, 1, 1))))) for name in FUNCTIONS]
    people = [_worker(f"w{number}", start, weeks, chance) for number in range(workers)]
    return Problem(
        workers=tuple(people),
        members=tuple(Member(f"member {number}") for number in range(members)),
        sites=tuple(sites),
        functions=tuple(functions),
        demands=tuple(demands),
        coaches=tuple(Coach(f"coach of {site.key}", site.key, frozenset(range(6)), 7) for site in sites),
        start=start,
        weeks=weeks,
        minutes=_region(people, sites, chance) if is_large else _anywhere(people, sites, chance),
        seed=seed,
    )


def _anywhere(people: list[Worker], sites: list[Site], chance: random.Random) -> dict[tuple[str, str], int]:
    return {(person.key, site.key): chance.randrange(5, 60) for person in people for site in sites}


def _region(people: list[Worker], sites: list[Site], chance: random.Random) -> dict[tuple[str, str], int]:
    """Return the ways from where everybody lives to every site, as far as they lie apart in a square with a site to each step."""
    side = math.sqrt(len(sites))
    homes = [(chance.uniform(0, side), chance.uniform(0, side)) for _ in people]
    places = [(chance.uniform(0, side), chance.uniform(0, side)) for _ in sites]
    return {
        (person.key, site.key): 5 + round(MINUTES_A_STEP * math.dist(home, place))
        for person, home in zip(people, homes, strict=True)
        for site, place in zip(sites, places, strict=True)
    }


def _demands(site: str, chance: random.Random) -> list[Demand]:
    starts = chance.choice((480, 570))
    found = []
    for function in chance.sample(FUNCTIONS, 2):
        least = chance.choice((1, 1, 2))
        days = range(chance.choice((5, 5, 6)))
        found += [
            Demand(site, function, weekday, starts, starts + 486, 30, least, least + chance.randrange(2), least + 2) for weekday in days
        ]
    return found


def _worker(key: str, start: date, weeks: int, chance: random.Random) -> Worker:
    hours = chance.choice(WEEK_HOURS)
    days = frozenset(range(5)) | (frozenset({5}) if chance.random() < 0.3 else frozenset())
    skills = chance.sample(FUNCTIONS, chance.randrange(2, 4))
    wishes = tuple(name for name in chance.sample(FUNCTIONS, 2) if name not in skills)
    away = start + timedelta(days=chance.randrange(7 * weeks))
    absent = (Period(away, away + timedelta(days=chance.randrange(1, 12))),)
    limits = frozenset(chance.sample(LIMITS, chance.choice((0, 0, 1))))
    return Worker(key, round(hours * 60), days, frozenset(skills), wishes, limits, absent=absent)
