"""A peer's line says what its roster costs by our checker, or why it has none."""

from __future__ import annotations

import math
from typing import Any

import pytest
from bench.rostering_peers import line

SPENT = {"unavoidable": 50, "seconds": 300.0, "processor": 280.0, "peak_mib": 1500.0}


@pytest.mark.parametrize(
    ("theirs", "points", "ratio", "verdict", "begins"),
    [
        ({"shifts": 9, "cost": 250, "broken": 0, **SPENT}, 250, "2.5 x", "reached", "CP-SAT: 250 points; 0 hard rules broken; 4 x ours"),
        ({"shifts": 9, "cost": 150, "broken": 0, **SPENT}, 150, "1.5 x", "MISSED", "CP-SAT: 150 points; 0 hard rules broken; 2 x ours"),
        (
            {"shifts": 9, "cost": 90, "broken": 2, "bound": -5.0, **SPENT}, math.inf, "", "reached",
            "CP-SAT: 2 hard rules broken, so no cost (90 points with them); bound -5; 300 s by",
        ),
        ({"shifts": 0, "cost": 900, "broken": 0, "bound": -math.inf, **SPENT}, math.inf, "", "reached", "CP-SAT: no roster; 300 s by"),
        (
            {"stopped": "nothing within 480 s", "peak_mib": 2000.0}, math.inf, "", "reached",
            "CP-SAT: no roster: nothing within 480 s; 2,000 MiB",
        ),
    ],
)  # fmt: skip
def test_line_of_a_peer(theirs: dict[str, Any], points: float, ratio: str, verdict: str, begins: str) -> None:
    """Only a lawful roster has a cost to compare; everything else is said beside it."""
    figure = line("roster", 100, "CP-SAT", theirs, 2.0)
    _, _, peer, shown, _, said = figure.cells()
    assert (figure.theirs, shown, said, peer[: len(begins)]) == (points, ratio, verdict, begins)


def test_line_without_a_cost_is_kept_as_null() -> None:
    """What is kept is JSON that every reader takes: no infinity."""
    kept = line("roster", 100, "Timefold", {"stopped": "nothing within 480 s", "peak_mib": 1.0}, 1.0).as_json()
    assert (kept["theirs"], kept["ratio"], kept["is_reached"]) == (None, None, True)
