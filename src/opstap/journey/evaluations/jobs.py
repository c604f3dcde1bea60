"""Every night, and at the last tick of a month: ask what is due, remind once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from opstap.foundation import clock
from opstap.foundation.actor import system_actor
from opstap.journey.attendance.assembly import month_sheets
from opstap.journey.attendance.queries.days import next_month
from opstap.journey.attendance.queries.reach import attended_placements
from opstap.journey.evaluations.operations import ask_due, remind_or_call


@app.periodic(cron="40 4 * * *")
@app.task(name="evaluations.every_night", queue="clock")
def every_night(timestamp: int) -> None:
    """Ask every evaluation whose milestone has come, and remind once of those that are due soon."""
    del timestamp  # when it was due; what counts is now
    by, at = system_actor("worker"), clock.now()
    ask_due(by=by, at=at)
    remind_or_call(by=by, at=at)


@app.task(name="evaluations.after_days")
def after_days(placement_ids: list[str], month: str) -> None:
    """After days were noted: whose month is done and holds a milestone is evaluated now, while the mentor has it before their eyes."""
    by, first = system_actor("worker"), date.fromisoformat(month)
    rows = attended_placements(by, clock.today()).filter(pk__in=[UUID(each) for each in placement_ids])
    done = [placement_id for placement_id, sheet in month_sheets(rows, first).items() if sheet.is_noted]
    if done:
        ask_due(placement_ids=done, until=next_month(first) - timedelta(days=1), by=by, at=clock.now())
