"""Programmes within reach, and the neighbourhoods of their region."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Neighbourhood, Participation, Programme


def own_programmes(actor: Actor) -> QuerySet[Programme]:
    """Return the programmes in which the actor has a role, by itself or through an organisation that takes part."""
    return Programme.objects.all() if _sees_all(actor) else _within(actor.programme_ids(*Role), actor.organisation_ids(*Role))


def _sees_all(actor: Actor) -> bool:
    return actor.kind is ActorKind.SYSTEM or actor.has(Role.ADMINISTRATOR, Role.AUDITOR)


def _within(programmes: frozenset[UUID], organisations: frozenset[UUID]) -> QuerySet[Programme]:
    taking_part = Participation.objects.filter(organisation_id__in=organisations).values("programme_id")
    return Programme.objects.filter(Q(pk__in=programmes) | Q(pk__in=taking_part))


def coordinated_programmes(actor: Actor) -> QuerySet[Programme]:
    """Return the programmes that the actor coordinates."""
    if actor.kind is ActorKind.SYSTEM:
        return Programme.objects.all()
    return Programme.objects.filter(pk__in=actor.programme_ids(Role.COORDINATOR))


def coordinated_programme(actor: Actor, programme_id: UUID | None = None) -> Programme | None:
    """Return the programme with this id that the actor coordinates, or without id the latest of them; None when there is none."""
    ids = actor.programme_ids(Role.COORDINATOR)
    return _LATEST_OF.first(ids=ids if programme_id is None else ids & {programme_id})


def _latest_of(ids: frozenset[UUID]) -> QuerySet[Programme]:
    return Programme.objects.filter(pk__in=ids).order_by("-starts_on", "name")


_LATEST_OF = Prepared(_latest_of)
_LATEST_OWN = Prepared(lambda **reach: _within(**reach).order_by("-starts_on"))
_LATEST = Prepared(lambda: Programme.objects.order_by("-starts_on"))


def programme_for(actor: Actor, programme_id: UUID | None = None) -> Programme | None:
    """Return the programme with this id within reach, or without id the latest one; None when there is none."""
    if programme_id is not None:
        return own_programmes(actor).filter(pk=programme_id).first()
    if _sees_all(actor):
        return public_programme()
    return _LATEST_OWN.first(programmes=actor.programme_ids(*Role), organisations=actor.organisation_ids(*Role))


def public_programme() -> Programme | None:
    """Return the latest programme, for the pages that need no account."""
    return _LATEST.first()


def neighbourhoods_of(municipalities: tuple[str, ...]) -> list[Neighbourhood]:
    """Return the neighbourhoods of these municipalities."""
    return _NEIGHBOURHOODS(municipalities=municipalities)


_NEIGHBOURHOODS = Prepared(lambda municipalities: Neighbourhood.objects.filter(municipality__in=municipalities))


def neighbourhoods() -> QuerySet[Neighbourhood]:
    """Return all neighbourhoods: names and centres are public facts."""
    return Neighbourhood.objects.all()
