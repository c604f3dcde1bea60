"""Work in the background: rosters that are asked for, and rosters that were left behind."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from opstap.engine.shared import Reason
from opstap.foundation import clock
from opstap.foundation.actor import system_actor
from opstap.journey.rosters.enums import UNDER_WAY
from opstap.journey.rosters.models import Roster
from opstap.journey.rosters.operations import fail_roster, run_roster
from opstap.journey.rosters.queries import stale_rosters


@app.task(name="rosters.make_roster", queue="rounds")
def make_roster(roster_id: str) -> None:
    """Make a roster; one that was made meanwhile is left alone."""
    roster = Roster.objects.select_related("association", "based_on").get(pk=UUID(roster_id))
    if roster.state in UNDER_WAY:
        run_roster(roster=roster, by=system_actor("worker"), clock=clock.now)


@app.periodic(cron="*/5 * * * *")
@app.task(name="rosters.give_up_rosters", queue="clock")
def give_up_rosters(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Say of every roster that a killed worker left behind that it was stopped, so that the next one can be asked for."""
    now = clock.now()
    for roster in stale_rosters(now):
        fail_roster(roster=roster, reason=Reason("rosters.solver_stopped"), by=system_actor("worker"), at=now)
