"""Closures that an actor keeps: of the own organisation, or of those with a place in a coordinated programme."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Site
from opstap.journey.attendance.models import Closure
from opstap.journey.attendance.permissions import closable_organisations


def kept_closures(actor: Actor, on: date) -> QuerySet[Closure]:
    """Return the closures within reach that are not over on a day, the first to come first."""
    rows = Closure.objects.filter(organisation__in=closable_organisations(actor), until_on__gt=on)
    return rows.select_related("organisation", "site").order_by("starts_on", "organisation__name", "id")


def closure_for(actor: Actor, closure_id: UUID) -> Closure | None:
    """Return one closure within reach, or None."""
    return Closure.objects.filter(pk=closure_id, organisation__in=closable_organisations(actor)).first()


def closable_sites(actor: Actor) -> QuerySet[Site]:
    """Return the sites that the actor can close, by organisation and name."""
    sites = Site.objects.filter(organisation__in=closable_organisations(actor)).select_related("organisation")
    return sites.order_by("organisation__name", "organisation_id", "name", "id")
