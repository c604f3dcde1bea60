"""The published format of shift instances: read as it is written, and counted by the judge as a person would count it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.shift_instances import read
from bench.shift_textbook import Textbook, by_cp_sat, by_highs
from bench.shifts import figures

from opstap.engine.rostering.shifts.check import broken, cost
from opstap.engine.rostering.shifts.problem import Contract, Cover, Kind, ShiftProblem, Wish
from opstap.engine.rostering.shifts.solve import solve
from opstap.engine.shared import SolverStatus

OWN = """# three days, written for this test
SECTION_HORIZON
3

SECTION_SHIFTS
D,480,
N,600,D

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxConsecutiveShifts, MinConsecutiveShifts, MinConsecutiveDaysOff, MaxWeekends
An,D=3|N=1,1440,480,2,1,1,1
Bo,D=3|N=0,1440,0,3,2,1,0

SECTION_DAYS_OFF
An,2

SECTION_SHIFT_ON_REQUESTS
Bo,0,D,4

SECTION_SHIFT_OFF_REQUESTS
An,0,D,2

SECTION_COVER
0,D,1,100,1
1,N,1,50,1
2,D,2,30,5
"""


@pytest.fixture
def own(tmp_path: Path) -> ShiftProblem:
    """The question of the file above."""
    path = tmp_path / "own.txt"
    path.write_text(OWN, encoding="utf-8")
    return read(path)


def test_file_is_read_whole(own: ShiftProblem) -> None:
    """Every section in its place; notes and empty lines are nothing."""
    assert own == ShiftProblem(
        3,
        (Kind("D", 480), Kind("N", 600, frozenset({"D"}))),
        (
            Contract("An", {"D": 3, "N": 1}, 480, 1440, 2, 1, 1, 1, frozenset({2})),
            Contract("Bo", {"D": 3, "N": 0}, 0, 1440, 3, 2, 1, 0, frozenset()),
        ),
        (Wish("Bo", 0, "D", 4, is_wanted=True), Wish("An", 0, "D", 2, is_wanted=False)),
        (Cover(0, "D", 1, 100, 1), Cover(1, "N", 1, 50, 1), Cover(2, "D", 2, 30, 5)),
    )


def test_cost_is_counted_as_by_hand(own: ShiftProblem) -> None:
    """Bo works the first day as asked and the last, An the night: one day shift of day 2 is missing; nothing else costs."""
    assert cost(own, {"An": (None, "N", None), "Bo": ("D", None, "D")}) == 30
    assert cost(own, {"An": ("D", None, None), "Bo": (None, "D", "D")}) == 4 + 2 + 50 + 30


def test_best_roster_of_the_file_is_found_by_all(own: ShiftProblem) -> None:
    """Bo on all three days or on the first and the last, An at night: 30, by us and by both textbook solvers."""
    found = solve(own)
    assert (found.status, found.cost, found.bound, broken(own, found.roster)) == (SolverStatus.OPTIMAL, 30, 30, [])
    for peer in (by_cp_sat, by_highs):
        roster, bound = peer(Textbook(own), 20.0)
        assert (cost(own, roster), round(bound), broken(own, roster)) == (30, 30, [])


def test_file_without_a_section_says_which(tmp_path: Path) -> None:
    """A part of a file is not a question."""
    (tmp_path / "part.txt").write_text("SECTION_HORIZON\n7\nSECTION_SHIFTS\nD,480,\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"part.txt has no section COVER, STAFF"):
        read(tmp_path / "part.txt")


def test_bench_without_instances_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """No folder: no figures, and a line that says what to give."""
    monkeypatch.delenv("OPSTAP_SHIFT_INSTANCES", raising=False)
    assert list(figures([])) == []
    assert "--instances" in capsys.readouterr().err
