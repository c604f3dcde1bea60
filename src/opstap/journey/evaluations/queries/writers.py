"""Who writes the evaluations of a placement: the mentor with an own login, else somebody of the host organisation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from opstap.foundation.access.models import RoleGrant, User
from opstap.foundation.actor import Role
from opstap.journey.placements.models import Placement


def writers_of(placements: Iterable[Placement], on: date) -> dict[UUID, User]:
    """Return who writes, by placement, in two queries; a placement of which nobody has a login with an e-mail address is left out."""
    rows = list(placements)
    places = {row.pk: row.seat.place for row in rows}
    mentors = {place.mentor.user_id for place in places.values() if place.mentor and place.mentor.user_id}
    active = User.objects.filter(is_active=True).exclude(email="")
    users = active.in_bulk(list(mentors))
    held = RoleGrant.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), role=Role.HOST.value, starts_on__lte=on)
    held = held.filter(organisation_id__in={place.organisation_id for place in places.values()}, user__in=active)
    hosts = {grant.organisation_id: grant.user for grant in held.select_related("user").order_by("-user__name", "-user_id")}
    found = {
        row.pk: (users.get(place.mentor.user_id) if place.mentor and place.mentor.user_id else None) or hosts.get(place.organisation_id)
        for row in rows
        for place in (places[row.pk],)
    }
    return {placement_id: user for placement_id, user in found.items() if user is not None}
