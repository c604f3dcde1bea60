"""Somebody whose work runs under an agreement, and whose work has ended."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.journey.agreements.signed import counsellor_of, let_sign, make_sent
from tests.journey.eligibility.cases import make_user

from opstap.foundation.access.models import User
from opstap.foundation.actor import Role
from opstap.journey.agreements.operations import put_in_force
from opstap.journey.outcomes.models import Ending, Relay
from opstap.journey.outcomes.operations import Views, end_journey_placement, make_relay, offer_relay, write_relay
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement

START = datetime(2023, 9, 18, 8, 0, tzinfo=UTC)
THEN = datetime(2023, 12, 1, 8, 0, tzinfo=UTC)
"""The moment at which the work is ended."""
LAST = date(2023, 12, 2)
"""The first day without work."""


def make_running() -> Placement:
    """Return work that runs under an agreement in force."""
    agreement = let_sign(make_sent(), at=START)
    if agreement.state == "signed":
        put_in_force(agreement=agreement, by=counsellor_of(agreement.placement), at=START)
    related = ("referral__counsellor", "referral__programme", "seat__place__organisation", "person")
    placement = Placement.objects.select_related(*related).get(pk=agreement.placement_id)
    assert placement.state == PlacementState.RUNNING
    return placement


def end(placement: Placement, *, wants_relay: bool = True) -> Ending:
    """End the work with both views."""
    views = Views("Ik leerde veel.", "Een fijne collega.")
    by = counsellor_of(placement)
    return end_journey_placement(
        placement=placement, on=LAST, reason_code="completed", views=views, wants_relay=wants_relay, by=by, at=THEN
    )


def make_written(ending: Ending) -> Relay:
    """Return a relay that can be offered."""
    by = counsellor_of(ending.placement)
    relay = make_relay(referral=ending.referral, ending=ending, by=by, at=THEN)
    return write_relay(relay=relay, goals=["Werk in het groen"], barriers=["travel"], next_step="Bel de groendienst.", by=by, at=THEN)


def make_offered(ending: Ending) -> tuple[Relay, User]:
    """Return a relay that waits for its recipient, a counsellor elsewhere, and the recipient."""
    recipient = make_user("Karim", Role.COUNSELLOR)
    relay = offer_relay(relay=make_written(ending), to=recipient, by=counsellor_of(ending.placement), at=THEN)
    return relay, recipient
