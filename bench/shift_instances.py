"""Reading the published shift-scheduling instances. They stay where they are; only the folder is told."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from opstap.engine.rostering.shifts.problem import Contract, Cover, Kind, ShiftProblem, Wish

BEST_KNOWN = {1: 607, 2: 828, 3: 1001, 4: 1716, 5: 1143, 6: 1950, 7: 1056, 8: 1300}
"""The lowest cost that was published for each instance: facts, to measure against, never given to a solver."""


def read(path: Path) -> ShiftProblem:
    """Return the question in a file of the published format; raises ValueError when a section is missing or a line cannot be read."""
    sections = _sections(path.read_text(encoding="utf-8"))
    if missing := {"HORIZON", "SHIFTS", "STAFF", "COVER"} - set(sections):
        raise ValueError(f"{path.name} has no section {', '.join(sorted(missing))}")
    days_off = {row[0]: frozenset(map(int, row[1:])) for row in sections["DAYS_OFF"]}
    wishes = [
        Wish(worker, int(day), kind, int(points), name == "SHIFT_ON_REQUESTS")
        for name in ("SHIFT_ON_REQUESTS", "SHIFT_OFF_REQUESTS")
        for worker, day, kind, points in sections[name]
    ]
    return ShiftProblem(
        int(sections["HORIZON"][0][0]),
        tuple(Kind(row[0], int(row[1]), frozenset(filter(None, "".join(row[2:3]).split("|")))) for row in sections["SHIFTS"]),
        tuple(_contract(row, days_off.get(row[0], frozenset())) for row in sections["STAFF"]),
        tuple(wishes),
        tuple(Cover(int(day), kind, *map(int, numbers)) for day, kind, *numbers in sections["COVER"]),
    )


def _sections(text: str) -> defaultdict[str, list[list[str]]]:
    """Return the rows of each section; notes begin with #."""
    found: defaultdict[str, list[list[str]]] = defaultdict(list)
    name = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("SECTION_"):
            name = line.removeprefix("SECTION_")
        elif line and not line.startswith("#"):
            found[name].append([part.strip() for part in line.split(",")])
    return found


def _contract(row: list[str], days_off: frozenset[int]) -> Contract:
    key, limits, *numbers = row
    most_minutes, least_minutes, longest_run, shortest_run, shortest_rest, most_weekends = map(int, numbers)
    most_of = {kind: int(times) for kind, times in (limit.split("=") for limit in limits.split("|"))}
    return Contract(key, most_of, least_minutes, most_minutes, longest_run, shortest_run, shortest_rest, most_weekends, days_off)
