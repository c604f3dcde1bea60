"""Rows to problem, roster to rows, and every question about a roster: the room's only door to the engine."""

from opstap.engine.rostering.moves import Moved
from opstap.journey.rosters.assembly.board import Board, board_of, recent_board, told_board
from opstap.journey.rosters.assembly.differences import Difference, differences_of, late_people
from opstap.journey.rosters.assembly.naming import Names
from opstap.journey.rosters.assembly.notice import notice_ends
from opstap.journey.rosters.assembly.problem import CRITERIA, Input, as_assignment, read_input
from opstap.journey.rosters.assembly.solving import Found, find

__all__ = [
    "CRITERIA",
    "Board",
    "Difference",
    "Found",
    "Input",
    "Moved",
    "Names",
    "as_assignment",
    "board_of",
    "differences_of",
    "find",
    "late_people",
    "notice_ends",
    "read_input",
    "recent_board",
    "told_board",
]
