"""Who may see and change a place."""

from __future__ import annotations

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.places.models import Place


def hosts(actor: Actor, place: Place) -> bool:
    """Somebody of the organisation that offers the place."""
    return place.organisation_id in actor.organisation_ids(Role.HOST)


def has_its_link(actor: Actor, place: Place) -> bool:
    """Who came in by the link to this place."""
    return place.pk in actor.subject_ids(Role.HOST)


def coordinates(actor: Actor, place: Place) -> bool:
    """A coordinator of the place's programme."""
    return place.programme_id in actor.programme_ids(Role.COORDINATOR)


def may_keep(actor: Actor, place: Place) -> bool:
    """Confirm, pause, change: the host, the coordinator, and the product itself when it imports."""
    return actor.kind is ActorKind.SYSTEM or hosts(actor, place) or coordinates(actor, place)


def may_confirm(actor: Actor, place: Place) -> bool:
    """Say that the place is still right: who keeps it, and who has its link; changing it asks for a login."""
    return may_keep(actor, place) or has_its_link(actor, place)


def may_pause(actor: Actor, place: Place) -> bool:
    """Keep new people away until a day: who keeps the place, and who has its link; it can be opened again at any moment."""
    return may_confirm(actor, place)


def may_ask_host(actor: Actor, place: Place) -> bool:
    """Ask the host whether a place is still right: its coordinator, and the product itself in a job."""
    return actor.kind is ActorKind.SYSTEM or coordinates(actor, place)


def may_hold(actor: Actor, place: Place) -> bool:
    """Keep seats free for a while: the coordinator, and the host for its own place."""
    return may_keep(actor, place)
