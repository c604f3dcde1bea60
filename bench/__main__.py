"""`python -m bench`: measure, print one table, keep the numbers in var/bench.json."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, table

SECTIONS = ("matching", "rounds", "eligibility", "spreadsheet", "rostering", "shifts", "stored", "pages", "attendance", "grid", "paper")
KEPT_IN = Path(__file__).resolve().parents[1] / "var" / "bench.json"


def main(arguments: list[str]) -> int:
    """Measure what is asked; return 1 when a limit is missed."""
    asked = _parser().parse_args(arguments)
    if asked.instances:
        os.environ["OPSTAP_SHIFT_INSTANCES"] = str(asked.instances.resolve())
    found = []
    for figure in _measure(asked.only.split(","), [size for size in asked.size.split(",") if size]):
        print(" | ".join(cell for cell in figure.cells() if cell), file=sys.stderr, flush=True)
        found.append(figure)
    print(table(found))
    _keep(asked.json, found)
    missed = [figure for figure in found if figure.is_reached is False]
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="opstap bench", description="Measure Opstap beside its peers, in one run on this machine.")
    parser.add_argument("--only", default=",".join(SECTIONS), help=f"sections, separated by commas: {', '.join(SECTIONS)}")
    parser.add_argument(
        "--size",
        default="",
        help="sizes of the matching: city, province, region, country; 25x12 and so on of rosters; numbers of shift instances",
    )
    parser.add_argument("--instances", type=Path, help="folder with the published shift-scheduling instances, for shifts")
    parser.add_argument("--json", type=Path, default=KEPT_IN, help="where the numbers are kept")
    return parser


def _measure(sections: list[str], sizes: list[str]) -> Iterator[Figure]:
    for section in sections:
        yield from importlib.import_module(f"bench.{section}").figures(sizes)


def _keep(path: Path, found: list[Figure]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    machine = {"python": platform.python_version(), "processors": os.cpu_count(), "machine": platform.machine()}
    path.write_text(json.dumps({"machine": machine, "figures": [figure.as_json() for figure in found]}, indent=2))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
