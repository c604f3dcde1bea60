"""Places that an actor may see, and whether they are open on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.programmes.models import Programme
from opstap.journey.places.models import Hold, Place


def _with_all(places: QuerySet[Place], on: date) -> QuerySet[Place]:
    """Add organisation, site, mentor, the number of seats in use on the day (`seat_count`) and running holds (`running_holds`)."""
    in_use = Q(seats__retired_on__isnull=True) | Q(seats__retired_on__gt=on)
    running = Hold.objects.filter(released_at__isnull=True, until_on__gt=on)
    return (
        places.select_related("organisation", "site", "mentor")
        .annotate(seat_count=Count("seats", filter=in_use))
        .prefetch_related(Prefetch("holds", queryset=running, to_attr="running_holds"))
    )


def live_places(programme: Programme, on: date) -> QuerySet[Place]:
    """Return the programme's places that are not closed and have not ended: what a place asks and offers is public."""
    places = Place.objects.filter(programme=programme, closed_at__isnull=True).exclude(until_on__lte=on)
    return _with_all(places, on)


def live_place(actor: Actor, programme: Programme, place_id: UUID, on: date) -> Place | None:
    """Return one living place of a programme, or None; what a place asks and offers is public."""
    del actor  # kept: every query takes the actor
    return live_places(programme, on).filter(pk=place_id).first()


def visible_places(actor: Actor) -> QuerySet[Place]:
    """Return the places an actor works with: the host's own, the coordinator's programmes', a counsellor's programmes'."""
    if actor.kind is ActorKind.SYSTEM:
        return Place.objects.all()
    reach = Q(organisation_id__in=actor.organisation_ids(Role.HOST)) | Q(programme_id__in=actor.programme_ids(Role.COORDINATOR))
    if counselling := actor.organisation_ids(Role.COUNSELLOR, Role.TEAM_LEAD):
        reach |= Q(programme__participations__organisation_id__in=counselling)
    return Place.objects.filter(pk__in=Place.objects.filter(reach).values("pk"))


def place_for(actor: Actor, place_id: UUID, on: date) -> Place | None:
    """Return one visible place with its site, mentor, seats and holds, or None: denied and absent look the same."""
    return _with_all(visible_places(actor).filter(pk=place_id), on).first()


def host_places(actor: Actor, on: date) -> QuerySet[Place]:
    """Return the places of the actor's own host organisations."""
    own = Place.objects.filter(organisation_id__in=actor.organisation_ids(Role.HOST), closed_at__isnull=True)
    return _with_all(own, on)


def has_own_mentor(organisation_id: UUID, mentor: Mentor | None) -> bool:
    """Tell whether a place's mentor, if it has one, belongs to the organisation that offers it."""
    return mentor is None or mentor.organisation_id == organisation_id


def is_paused(place: Place, on: date) -> bool:
    """Tell whether the host has paused the place on this day."""
    return place.paused_from is not None and place.paused_from <= on and (place.paused_until is None or on < place.paused_until)


def held_seats(place: Place, on: date) -> int:
    """Return how many seats are kept free on this day."""
    return sum(hold.seats for hold in holds_on(place, on))


def holds_on(place: Place, on: date) -> list[Hold]:
    """Return the holds that run on this day; without a query when the place came with its `running_holds`."""
    running: list[Hold] | None = getattr(place, "running_holds", None)
    return running if running is not None else list(place.holds.filter(released_at__isnull=True, until_on__gt=on))
