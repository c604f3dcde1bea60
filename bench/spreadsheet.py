"""The route without a server: the list of a city, and a list of 20,000 rows, from two files to the written workbook."""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.child import measured
from bench.clock import timed
from bench.figures import Figure

DEMO = Path(__file__).resolve().parents[1] / "demo" / "oostende"
ON = date(2023, 9, 1)
MANY = 20_000
_NUMBER, _NATIONAL, _NAME, _BORN, _PHONE, _MAIL = 0, 1, 2, 4, 10, 11


def figures(_sizes: list[str]) -> Iterator[Figure]:
    """Measure both lists; time includes the start of Python."""
    few = measured("bench.spreadsheet", "run_city")
    yield Figure("spreadsheet route, Oostende's lists: time", few["seconds"], "s", at_most=3.0)
    read = measured("bench.spreadsheet", "run_reader", rows=MANY)
    yield Figure(f"reading {MANY:,} rows: time ({read['people']:,} people)", read["seconds"], "s", at_most=15.0)
    yield Figure(f"reading {MANY:,} rows: peak memory", read["peak_mib"], "MiB")
    many = measured("bench.spreadsheet", "run_many", rows=MANY)
    yield Figure(f"spreadsheet route, {MANY:,} rows x 39 places: time", many["seconds"], "s", at_most=15.0)


def run_city() -> dict[str, Any]:
    """Match the demo's lists."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "proposal.xlsx"
        _match(DEMO / "werkzoekenden.xlsx", out)
        return {"seconds": timed(lambda: _match(DEMO / "werkzoekenden.xlsx", out), 3)[0]}


def run_many(rows: int) -> dict[str, Any]:
    """Match a long list of people with the demo's places."""
    with tempfile.TemporaryDirectory() as folder:
        people = Path(folder) / "many.csv"
        write_many(people, rows)
        return {"seconds": timed(lambda: _match(people, Path(folder) / "proposal.xlsx"))[0]}


def run_reader(rows: int) -> dict[str, Any]:
    """Read a long list, in this process."""
    from opstap.bridges.spreadsheets.people import read_people  # noqa: PLC0415 - only the child that measures it needs it

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.csv"
        write_many(path, rows)
        seconds, read = timed(lambda: read_people(path, filename=path.name, on=ON))
        return {"seconds": seconds, "people": len(read.values)}


def write_many(path: Path, rows: int) -> None:
    """Write a list of so many rows: the demo's people over and over, each time other people by number, name, phone and mail."""
    with (DEMO / "werkzoekenden.csv").open(encoding="cp1252", newline="") as source:
        head, *people = csv.reader(source, delimiter=";")
    with path.open("w", encoding="cp1252", newline="") as target:
        writer = csv.writer(target, delimiter=";")
        writer.writerow(head)
        for row in range(rows):
            person = list(people[row % len(people)])
            copy = row // len(people)
            person[_NUMBER], person[_NATIONAL], person[_PHONE], person[_MAIL] = str(10_000_000 + row), "", "", ""
            person[_NAME] = f"{person[_NAME]} {_letters(copy)}"
            person[_BORN] = _born(person[_BORN], copy)
            writer.writerow(person)


def _born(text: str, copy: int) -> str:
    """Return the birth date of another person: so many times 41 days earlier; a date in another habit of writing stays."""
    try:
        return (datetime.strptime(text, "%d/%m/%Y") - timedelta(days=41 * copy)).strftime("%d/%m/%Y")  # noqa: DTZ007 - a day, no moment
    except ValueError:
        return text


def _letters(number: int) -> str:
    """Return the number in letters: names hold no digits."""
    return chr(ord("A") + number % 26) + (_letters(number // 26) if number >= 26 else "")


def _match(people: Path, out: Path) -> None:
    command = [sys.executable, "-m", "opstap.desks.spreadsheet", "match", "--people", str(people)]
    command += ["--places", str(DEMO / "leerwerkplekken.xlsx"), "--on", ON.isoformat(), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
