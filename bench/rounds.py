"""Whole rounds of the city engine: Oostende's lists, and 20,000 rows over the same places, flow beside auction."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.child import measured
from bench.clock import timed
from bench.figures import Figure
from bench.spreadsheet import DEMO, MANY, ON, write_many

SIZES = {"Oostende's lists": 0, f"{MANY:,} rows": MANY}


def figures(_sizes: list[str]) -> Iterator[Figure]:
    """Measure solving, judging and explaining one round of each length."""
    for name, rows in SIZES.items():
        found = measured("bench.rounds", "run", rows=rows)
        title = f"round of {name}, {found['people']:,} x {found['places']:,}"
        limit = 0.02 if not rows else None
        yield Figure(f"{title}: solving", found["solve"], "s", at_most=limit)
        yield Figure(f"{title}: judging without a solver", found["check"], "s")
        yield Figure(f"{title}: explaining everything", found["explain"], "s")
        yield Figure(f"{title}: auction over {found['pairs']:,} listed pairs", found["auction"], "s", "city engine", found["solve"])
        yield Figure(f"{title}: value of the auction apart from the flow's", found["apart"], "", at_most=0)


def run(rows: int) -> dict[str, Any]:
    """Build the round from the lists, solve it both ways and explain it."""
    # only the child that measures the round needs the engine and the readers
    from opstap.engine.matching.check import check  # noqa: PLC0415 - only the child needs it
    from opstap.engine.matching.explain import explain  # noqa: PLC0415 - only the child needs it
    from opstap.engine.matching.scale.listed import from_problem, solve_listed  # noqa: PLC0415 - only the child needs it
    from opstap.engine.matching.solve import solve  # noqa: PLC0415 - only the child needs it

    problem = _problem(rows)
    solve(problem)
    seconds, result = timed(lambda: solve(problem), 1 if rows else 9)
    listed = from_problem(problem)
    solve_listed(listed)
    auction, proven = timed(lambda: solve_listed(listed), 3)
    return {
        "people": len(problem.people),
        "places": len(problem.places),
        "pairs": len(listed.pairs.other),
        "solve": seconds,
        "auction": auction,
        "apart": abs(result.value - proven.value),
        "check": timed(lambda: check(problem, result))[0],
        "explain": timed(lambda: explain(problem, result))[0],
    }


def _problem(rows: int) -> Any:  # noqa: ANN401 - imported in the child only
    from opstap.bridges.spreadsheets.people import read_people  # noqa: PLC0415 - see run
    from opstap.bridges.spreadsheets.places import read_places  # noqa: PLC0415 - see run
    from opstap.desks.spreadsheet.assembly.round import RoundOptions, build_round  # noqa: PLC0415 - see run
    from opstap.desks.spreadsheet.geography import MIDDENKUST, read_atlas  # noqa: PLC0415 - see run

    with tempfile.TemporaryDirectory() as folder:
        path = DEMO / "werkzoekenden.csv"
        if rows:
            path = Path(folder) / "many.csv"
            write_many(path, rows)
        people = read_people(path, filename=path.name, on=ON)
        places = read_places(DEMO / "leerwerkplekken.xlsx", filename="leerwerkplekken.xlsx", on=ON)
        return build_round(people, places, RoundOptions(ON), read_atlas(MIDDENKUST)).problem
