"""Places that an actor may see, and whether they are open on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.journey.places.models import Hold, Place

_BRIEF = (
    "id", "title", "tasks", "half_days", "dutch_level", "licences", "demands", "teaches", "instruments", "starts_on", "until_on",
    "paused_from", "paused_until", "organisation_id", "organisation__name", "organisation__learner_limit", "site__name",
    "site__neighbourhood", "site__longitude", "site__latitude", "mentor_id", "mentor__organisation_id", "mentor__learner_limit",
    "mentor__certified_on", "mentor__certified_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceBrief:
    """A place in one line, with host, site and mentor: what is asked of it when one person is set beside many places.

    `half_days` is a mask of 14 bits, the period is `[starts_on, until_on)`; `seats`: in use on the day, `held`: kept free then.
    """

    id: UUID
    title: str
    tasks: str
    half_days: int
    dutch_level: str
    licences: tuple[str, ...]
    demands: tuple[str, ...]
    teaches: tuple[str, ...]
    instruments: tuple[str, ...]
    starts_on: date
    until_on: date | None
    paused_from: date | None
    paused_until: date | None
    host_id: UUID
    host: str
    host_limit: int | None
    site: str
    neighbourhood: str
    longitude: float | None
    latitude: float | None
    mentor_id: UUID | None
    mentor_host_id: UUID | None
    mentor_limit: int | None
    mentor_certified_on: date | None
    mentor_certified_until: date | None
    seats: int = 0
    held: int = 0

    @property
    def has_own_mentor(self) -> bool:
        """Tell whether the mentor, if there is one, belongs to the host (as `has_own_mentor` of a place that was read whole)."""
        return self.mentor_id is None or self.mentor_host_id == self.host_id


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


def brief_places(programme: Programme, on: date, *, only: UUID | None = None) -> list[PlaceBrief]:
    """Return the same places in brief, or only one of them, in one query; what a place asks and offers is public."""
    return [PlaceBrief(*row) for row in _BRIEF_PLACES(programme=programme, on=on, only=only)]


def _brief(programme: Programme, on: date, only: UUID | None) -> QuerySet[Place, tuple[Any, ...]]:
    in_use = Q(seats__retired_on__isnull=True) | Q(seats__retired_on__gt=on)
    running = Hold.objects.filter(place=OuterRef("pk"), released_at__isnull=True, until_on__gt=on).order_by().values("place")
    places = Place.objects.filter(programme=programme, closed_at__isnull=True).exclude(until_on__lte=on)
    counted = (places.filter(pk=only) if only else places).annotate(
        seats_in_use=Count("seats", filter=in_use), seats_held=Coalesce(Subquery(running.annotate(sum=Sum("seats")).values("sum")), 0)
    )
    return counted.values_list(*_BRIEF, "seats_in_use", "seats_held")


_BRIEF_PLACES = Prepared(_brief)


def brief_of(place: Place) -> PlaceBrief:
    """Return a place that was read whole in brief, without its seats."""
    return PlaceBrief(*(_follow(place, path.split("__")) for path in _BRIEF))


def _follow(row: object, path: Iterable[str]) -> Any:  # noqa: ANN401 - any column
    """Return what stands at a path of a row; None behind what is empty."""
    for name in path:
        row = getattr(row, name, None)
    return row


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


def is_paused(place: Place | PlaceBrief, on: date) -> bool:
    """Tell whether the host has paused the place on this day."""
    return place.paused_from is not None and place.paused_from <= on and (place.paused_until is None or on < place.paused_until)


def held_seats(place: Place, on: date) -> int:
    """Return how many seats are kept free on this day."""
    return sum(hold.seats for hold in holds_on(place, on))


def holds_on(place: Place, on: date) -> list[Hold]:
    """Return the holds that run on this day; without a query when the place came with its `running_holds`."""
    running: list[Hold] | None = getattr(place, "running_holds", None)
    return running if running is not None else _RUNNING(place=place, on=on)


def _running(place: Place, on: date) -> QuerySet[Hold]:
    return Hold.objects.filter(place=place, released_at__isnull=True, until_on__gt=on)


_RUNNING = Prepared(_running)
