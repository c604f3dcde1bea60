"""Organisations, sites and mentors that an actor may see."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.organisations.models import Mentor, Organisation


def own_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations for which the actor holds any role."""
    return Organisation.objects.filter(pk__in=actor.organisation_ids(*Role))


def organisation_for(actor: Actor, organisation_id: UUID) -> Organisation | None:
    """Return an organisation: names are public, so anybody who is known may see one."""
    del actor  # kept: every query takes the actor
    return Organisation.objects.filter(pk=organisation_id).first()


def mentors_of(actor: Actor, organisation_id: UUID) -> QuerySet[Mentor]:
    """Return an organisation's mentors for its own people, coordinators and the product itself; otherwise none."""
    may = actor.kind is ActorKind.SYSTEM or actor.has(Role.COORDINATOR, Role.ADMINISTRATOR)
    own = Q(organisation_id__in=actor.organisation_ids(Role.HOST, Role.TEAM_LEAD))
    mentors = Mentor.objects.filter(organisation_id=organisation_id).prefetch_related("absences")
    return mentors if may else mentors.filter(own)
