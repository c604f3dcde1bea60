"""Who may see a report and take it out."""

from __future__ import annotations

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.programmes.models import Programme


def may_report(actor: Actor, programme: Programme) -> bool:
    """The programme's own coordinators, and the product itself."""
    return actor.kind is ActorKind.SYSTEM or programme.pk in actor.programme_ids(Role.COORDINATOR)
