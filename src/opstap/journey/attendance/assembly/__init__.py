"""Rows to the engine of costs and back: what a month looks like for one placement, and what signed days pay."""

from opstap.engine.costing import MonthCost
from opstap.journey.attendance.assembly.costs import SignedDay, cost_of, way_there_and_back
from opstap.journey.attendance.assembly.payable import Payability, Payable, PayableMonth, payables
from opstap.journey.attendance.assembly.sheets import Sheet, month_sheets, sheets_over

__all__ = [
    "MonthCost",
    "Payability",
    "Payable",
    "PayableMonth",
    "Sheet",
    "SignedDay",
    "cost_of",
    "month_sheets",
    "payables",
    "sheets_over",
    "way_there_and_back",
]
