"""Organisations, sites and mentors that an actor may see."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from opstap.bridges.spreadsheets.cells import fold
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.organisations.models import Mentor, Organisation
from opstap.foundation.prepared import Prepared


def own_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations for which the actor holds any role."""
    return Organisation.objects.filter(pk__in=actor.organisation_ids(*Role))


def own_names(actor: Actor, *roles: Role) -> list[str]:
    """Return the names of the organisations for which the actor holds one of the roles (any, without roles), in order."""
    return _NAMES(ids=actor.organisation_ids(*(roles or Role)))


def _names(ids: frozenset[UUID]) -> QuerySet[Organisation, str]:
    return Organisation.objects.filter(pk__in=ids).values_list("name", flat=True)


_NAMES = Prepared(_names)


def organisation_for(actor: Actor, organisation_id: UUID) -> Organisation | None:
    """Return an organisation: names are public, so anybody who is known may see one."""
    del actor  # kept: every query takes the actor
    return Organisation.objects.filter(pk=organisation_id).first()


def organisation_named(actor: Actor, name: str) -> Organisation | None:
    """Return the organisation of this name, written in whatever way: names are public."""
    del actor  # kept: every query takes the actor
    return Organisation.objects.filter(folded_name=fold(name)).first()


def mentors_of(actor: Actor, organisation_id: UUID) -> QuerySet[Mentor]:
    """Return an organisation's mentors for its own people, coordinators and the product itself; otherwise none."""
    may = actor.kind is ActorKind.SYSTEM or actor.has(Role.COORDINATOR, Role.ADMINISTRATOR)
    own = Q(organisation_id__in=actor.organisation_ids(Role.HOST, Role.TEAM_LEAD))
    mentors = Mentor.objects.filter(organisation_id=organisation_id).prefetch_related("absences")
    return mentors if may else mentors.filter(own)


def every_mentor(actor: Actor) -> QuerySet[Mentor]:
    """Return all mentors for the product itself and administrators; otherwise none."""
    may = actor.kind is ActorKind.SYSTEM or actor.has(Role.ADMINISTRATOR)
    return Mentor.objects.all() if may else Mentor.objects.none()
