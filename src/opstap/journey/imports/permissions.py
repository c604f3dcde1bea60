"""Who may bring in lists."""

from __future__ import annotations

from uuid import UUID

from opstap.foundation.actor import Actor, ActorKind, Role


def may_import(actor: Actor, programme_id: UUID) -> bool:
    """Coordinators of the programme, and the product itself when a command or job applies a list."""
    return actor.kind is ActorKind.SYSTEM or programme_id in actor.programme_ids(Role.COORDINATOR)
