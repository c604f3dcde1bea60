"""Rosters with what the planner did in them, who was there, and the months that were worked."""

from opstap.journey.rosters.models.corrections import DayCorrection
from opstap.journey.rosters.models.months import WorkedLine, WorkedMonth
from opstap.journey.rosters.models.presence import Presence
from opstap.journey.rosters.models.rosters import Roster, RosterChange, RosterPin, RosterShift

__all__ = ["DayCorrection", "Presence", "Roster", "RosterChange", "RosterPin", "RosterShift", "WorkedLine", "WorkedMonth"]
