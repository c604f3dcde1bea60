"""Who makes, changes and publishes a roster."""

from __future__ import annotations

from uuid import UUID

from opstap.foundation.actor import Actor, Role
from opstap.journey.associations.models import Association
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.models import Roster


def may_change_roster(actor: Actor, roster: Roster) -> bool:
    """Move shifts, pin them and publish: the planner of the association, and the product itself."""
    return may_plan(actor, roster.association)


def may_note_presence(actor: Actor, association: Association, organisation_id: UUID) -> bool:
    """Say who was there: hosts and mentors of the organisation of the site, and the planner of the association."""
    return organisation_id in actor.organisation_ids(Role.HOST, Role.MENTOR) or may_plan(actor, association)
