"""What changes a roster: made in the background, changed by hand, published."""

from opstap.journey.rosters.assembly import Supposed
from opstap.journey.rosters.operations.absences import copy_roster, report_absence
from opstap.journey.rosters.operations.corrections import (
    approve_day_correction,
    propose_day_correction,
    refuse_day_correction,
    withdraw_day_correction,
)
from opstap.journey.rosters.operations.hearing import note_roster_given
from opstap.journey.rosters.operations.making import Wanted, ask_roster, fail_roster, finish_roster, run_roster, start_roster
from opstap.journey.rosters.operations.months import (
    approve_correction,
    close_worked_month,
    take_out_worked_month,
    withdraw_correction,
)
from opstap.journey.rosters.operations.moving import (
    Target,
    add_shift,
    lose_shift,
    move_shift,
    pin_day,
    remove_shift,
    undo_change,
    unpin_day,
)
from opstap.journey.rosters.operations.presence import PresenceNote, note_presence
from opstap.journey.rosters.operations.publishing import publish_roster
from opstap.journey.rosters.operations.supposing import drop_supposition, make_real, suppose

__all__ = [
    "PresenceNote",
    "Supposed",
    "Target",
    "Wanted",
    "add_shift",
    "approve_correction",
    "approve_day_correction",
    "ask_roster",
    "close_worked_month",
    "copy_roster",
    "drop_supposition",
    "fail_roster",
    "finish_roster",
    "lose_shift",
    "make_real",
    "move_shift",
    "note_presence",
    "note_roster_given",
    "pin_day",
    "propose_day_correction",
    "publish_roster",
    "refuse_day_correction",
    "remove_shift",
    "report_absence",
    "run_roster",
    "start_roster",
    "suppose",
    "take_out_worked_month",
    "undo_change",
    "unpin_day",
    "withdraw_correction",
    "withdraw_day_correction",
]
