"""A line of the bench says what was reached, and says so only when it was."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from bench.figures import Figure, table, written
from bench.spreadsheet import write_many


@pytest.mark.parametrize(
    ("figure", "is_reached"),
    [
        (Figure("time", 1.0, "s"), None),
        (Figure("time", 1.0, "s", at_most=1.0), True),
        (Figure("time", 1.1, "s", at_most=1.0), False),
        (Figure("time", 1.0, "s", "peer", 4.0, ratio_at_least=4.0), True),
        (Figure("time", 1.0, "s", "peer", 3.9, ratio_at_least=4.0), False),
        (Figure("time", 1.1, "s", "peer", 9.0, at_most=1.0, ratio_at_least=4.0), False),
    ],
)
def test_figure_verdict_needs_every_limit(figure: Figure, is_reached: bool | None) -> None:  # noqa: FBT001 - pytest passes by name
    """Without a limit there is no verdict; with two, both must hold."""
    assert figure.is_reached is is_reached


def test_figure_ratio_is_the_peers_number_over_ours() -> None:
    """More than 1 means that we need less; shares have no ratio."""
    assert Figure("time", 2.0, "s", "peer", 5.0).ratio == 2.5
    assert Figure("gap", 2.0, "%", "peer", 5.0).ratio is None


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [(0.0123, "s", "12.3 ms"), (1234.0, "MiB", "1,234 MiB"), (2.345, "s", "2.35 s"), (0.00854, "%", "0.0085 %"), (0.0, "", "0")],
)
def test_written_numbers_are_short(number: float, unit: str, text: str) -> None:
    """Each number in as many digits as it deserves."""
    assert written(number, unit) == text


def test_table_lines_up() -> None:
    """Every cell starts under its heading."""
    lines = table([Figure("time", 0.5, "s", "flow", 4.0, at_most=20.0, ratio_at_least=4.0)]).splitlines()
    assert lines[0].split() == ["figure", "ours", "peer", "ratio", "limit", "verdict"]
    assert lines[2] == "time    500 ms  flow: 4 s  8 x    <= 20 s, >= 4 x  reached"


def test_write_many_gives_everyone_a_name_and_number_of_their_own(tmp_path: Path) -> None:
    """Rows beyond the demo are other people, not the same ones again."""
    write_many(tmp_path / "many.csv", 1_000)
    with (tmp_path / "many.csv").open(encoding="cp1252", newline="") as source:
        rows = list(csv.DictReader(source, delimiter=";"))
    assert (len(rows), len({row["Klantnummer"] for row in rows})) == (1_000, 1_000)
