"""What a side has after work: an end of some months ago, and a relay that waits for somebody outside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from psycopg.types.range import DateRange
from tests.journey.appointments.cases import make_placement
from tests.journey.eligibility.cases import AT
from tests.journey.matching.rounds import SYSTEM, make_place

from opstap.journey.outcomes.models import Ending
from opstap.journey.outcomes.operations import Outside, give_link, make_relay, offer_relay, write_relay
from opstap.journey.placements.models import Placement

if TYPE_CHECKING:
    from tests.house.access.world import Side

LAST = date(2023, 3, 1)


def part(side: Side) -> None:
    """Let the first person have worked until March somewhere, with a relay to somebody outside."""
    placement = make_placement(side.referral, make_place(side.programme, side.hosting, f"museum {side.name}", half_days=1 << 4))
    period = DateRange(date(2023, 1, 1), LAST)
    Placement.objects.filter(pk=placement.pk).update(state="ended", period=period, ended_on=LAST, end_reason_code="completed")
    ending = Ending.objects.create(
        placement=placement, referral=side.referral, on=LAST, reason_code="completed", by_label="test", at=AT - timedelta(days=180)
    )
    made = make_relay(referral=side.referral, ending=ending, by=SYSTEM, at=AT)
    relay = write_relay(relay=made, goals=[], barriers=["travel"], next_step="Bel de groendienst.", by=SYSTEM, at=AT)
    offer_relay(relay=relay, to=Outside("Els", "VDAB", "els@example.be"), by=SYSTEM, at=AT)
    side.parts |= {"ending_id": ending.pk, "relay_id": relay.pk, "relay_token": give_link(relay=relay, by=SYSTEM, at=AT).token}
