"""What a side has once somebody works: days on the mentor's floor, a month that both parties signed, and a payment list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from psycopg.types.range import DateRange
from tests.journey.attendance.floor import run
from tests.journey.eligibility.cases import AT, acting
from tests.journey.matching.rounds import make_place

from opstap.foundation.organisations.models import Mentor
from opstap.journey.attendance.enums import DayState
from opstap.journey.attendance.models import Day
from opstap.journey.attendance.operations import DayNote, add_closure, close_month, give_bank_account, make_payment_run, record_days

if TYPE_CHECKING:
    from tests.house.access.world import Side

AUGUST = date(2023, 8, 1)
TUESDAYS = tuple(date(2023, 8, day) for day in (1, 8, 22, 29))
"""The agreed days of August; the fifteenth is a public holiday."""


def work(side: Side) -> None:
    """Let the first person have worked in August at a place of the side's mentor, signed by both, with a draft of its payment."""
    Mentor.objects.filter(pk=side.hosting[2].pk).update(user_id=side.staff["mentor"].pk)
    place = make_place(side.programme, side.hosting, f"sportdienst {side.name}", half_days=12)
    period = DateRange(AUGUST, date(2023, 12, 1))
    placement = run(place, side.referral, (2, 3), period=period)
    mentor, counsellor, coordinator = (acting(side.staff[who]) for who in ("mentor", "counsellor", "coordinator"))
    record_days(notes=[DayNote(placement.pk, day, DayState.HERE) for day in TUESDAYS], by=mentor, at=AT)
    for by in (mentor, counsellor):
        close_month(placement=placement, month=AUGUST, by=by, at=AT)
    give_bank_account(person=placement.person, number="BE71096123456769", by=counsellor, at=AT)
    paid = make_payment_run(programme_id=side.programme.pk, month=AUGUST, by=coordinator, at=AT)
    day = Day.objects.filter(placement=placement).order_by("on")[0]
    shut = {"starts_on": date(2023, 12, 27), "until_on": date(2023, 12, 30), "reason": "jaareinde"}
    host = acting(side.staff["host"])
    closure = add_closure(organisation_id=side.hosting[0].pk, site_id=None, by=host, at=AT, **shut)
    side.parts |= {"host_closure_id": closure.pk, "worked_id": placement.pk, "day_id": day.pk, "run_id": paid.pk}
