"""In the middle of the year a rule changes: proposed, rehearsed, approved by a second person, in effect on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT
from opstap.journey.eligibility.operations import approve_rule_change, decide_caseload, propose_rule_change, rehearse_rule_change
from opstap.journey.referrals.queries import visible_referrals

if TYPE_CHECKING:
    from opstap.config.simulation.world import World

_AT_ONCE = 500


def change_rule(world: World, on: date) -> None:
    """Ask for fewer months of registration from the first of the next month but one."""
    first, second = world.cast.coordinators()[0], world.cast.team_lead()
    at = world.at(on)
    effective = (on.replace(day=1) + timedelta(days=62)).replace(day=1)
    change = propose_rule_change(
        programme=world.cast.programme,
        parameter="registered_months_minimum",
        value=18,
        effective_from=effective,
        source="Proef van het programma (simulatie)",
        confidence="M",
        motivation="Plaatsen staan leeg terwijl mensen net te kort ingeschreven zijn.",
        by=first,
        at=at,
    )
    change = rehearse_rule_change(change=change, by=first, at=at)
    approve_rule_change(change=change, by=second, at=world.at(on, hour=15))


def decide_again(world: World, on: date) -> None:
    """Decide again where time, facts or rules changed, as the product does every night."""
    followed = visible_referrals(NIGHT).filter(programme=world.cast.programme).exclude(stage="closed")
    ids = list(followed.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        decide_caseload(
            programme=world.cast.programme, on=on, by=NIGHT, at=world.at(on, hour=3), referral_ids=ids[start : start + _AT_ONCE]
        )
