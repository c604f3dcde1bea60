"""The demonstration's roster: eight weeks made by a short search and published, so that the planner begins with a week that runs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from opstap.foundation.actor import Actor
from opstap.journey.associations.queries import associations_of, contracts_of
from opstap.journey.rosters.enums import RosterState
from opstap.journey.rosters.operations import Wanted, ask_roster, publish_roster, run_roster
from opstap.journey.rosters.queries import rosters_of

if TYPE_CHECKING:
    from opstap.foundation.programmes.models import Programme

WEEKS = 8
SECONDS = 3


def load_roster(programme: Programme, day: date, by: Actor, at: datetime) -> bool:
    """Make and publish the first roster of the programme's association; return False when it has one, or there is no association.

    Everybody is taken to have agreed to hear it so late.
    """
    association = associations_of(by).filter(programme=programme).first()
    if association is None or rosters_of(by, association).exists():
        return False
    wanted = Wanted(day + timedelta(days=7 - day.weekday()), WEEKS, seed=1, seconds=SECONDS)
    roster = ask_roster(association=association, wanted=wanted, in_background=False, by=by, at=at)
    made = run_roster(roster=roster, by=by, clock=lambda: at)
    if made.state == RosterState.READY:
        everybody = [contract.pk for contract in contracts_of(by, association)]
        publish_roster(roster=made, agreed=everybody, by=by, at=at)
    return True
