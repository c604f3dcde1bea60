"""Who makes, changes and publishes a roster."""

from __future__ import annotations

from opstap.foundation.actor import Actor
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.models import Roster


def may_change_roster(actor: Actor, roster: Roster) -> bool:
    """Move shifts, pin them and publish: the planner of the association, and the product itself."""
    return may_plan(actor, roster.association)
