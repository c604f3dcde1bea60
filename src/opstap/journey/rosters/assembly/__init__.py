"""Rows to problem, roster to rows, and every question about a roster: the room's only door to the engine."""

from opstap.engine.rostering.moves import Moved
from opstap.journey.rosters.assembly.board import Board, board_of, both_boards, recent_board
from opstap.journey.rosters.assembly.differences import Difference, differences_of, late_people, told_beside
from opstap.journey.rosters.assembly.naming import Names
from opstap.journey.rosters.assembly.notice import notice_ends
from opstap.journey.rosters.assembly.problem import CRITERIA, Input, as_assignment, read_input
from opstap.journey.rosters.assembly.solving import Found, find
from opstap.journey.rosters.assembly.supposing import Supposed, newcomer_name, newcomers_in, supposed_in

__all__ = [
    "CRITERIA",
    "Board",
    "Difference",
    "Found",
    "Input",
    "Moved",
    "Names",
    "Supposed",
    "as_assignment",
    "board_of",
    "both_boards",
    "differences_of",
    "find",
    "late_people",
    "newcomer_name",
    "newcomers_in",
    "notice_ends",
    "read_input",
    "recent_board",
    "supposed_in",
    "told_beside",
]
