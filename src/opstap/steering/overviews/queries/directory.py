"""The public directory: every living place with what it asks and offers, free or taken; nothing of anybody who works there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from opstap.foundation.actor import Actor
from opstap.foundation.clock import day_of
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.foundation.programmes.queries import public_programme
from opstap.journey.places.models import Place
from opstap.steering.overviews.queries.seats import SeatState, places_with_seats

PAGE = 24


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; "" and 0 mean everything. `half_days` is a mask: the work must fit within these half-days."""

    text: str = ""
    host: str = ""
    neighbourhood: str = ""
    half_days: int = 0
    only_free: bool = False


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """One place as everybody may see it. `half_days` is a mask of 14 bits; `starts_on` is today for a place that runs already."""

    id: UUID
    title: str
    host: str
    site: str
    address: str
    neighbourhood: str
    town: str
    half_days: int
    hours_per_month: int | None
    starts_on: date
    until_on: date | None
    seats: int
    free: int
    is_free: bool
    is_paused: bool
    confirmed_on: date | None
    tasks: str
    teaches: tuple[str, ...]
    dutch_level: str
    licences: tuple[str, ...]
    demands: tuple[str, ...]
    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """One page of the places that fit what somebody looks for, with the number of places per neighbourhood."""

    programme: Programme
    places: tuple[PublicPlace, ...]
    found: int
    free_seats: int
    page: int
    neighbourhoods: tuple[tuple[str, int], ...]

    @property
    def pages(self) -> int:
        """Return the number of pages."""
        return max(-(-self.found // PAGE), 1)


def _with_places(on: date) -> QuerySet[Programme]:
    living = Place.objects.filter(programme=OuterRef("pk"), closed_at__isnull=True).exclude(until_on__lte=on)
    return Programme.objects.filter(Exists(living)).order_by("-starts_on", "id")


_WITH_PLACES = Prepared(_with_places)


def shown_programme(on: date) -> Programme | None:
    """Return the latest programme with places, else the latest one: one that is only being set up hides nothing that can be chosen."""
    return _WITH_PLACES.first(on=on) or public_programme()


def directory(actor: Actor, wanted: Wanted, on: date, page: int = 1) -> Directory | None:
    """Return a page of the shown programme's places, free ones first; None when there is no programme yet. Anybody may read it."""
    del actor  # kept: every query takes the actor; places are public
    programme = shown_programme(on)
    if programme is None:
        return None
    asked: dict[str, Any] = {"programme": programme, "on": on, "wanted": wanted}
    areas = _AREAS.anew(**asked) if wanted != Wanted() else _AREAS(**asked)
    found = sum(places for _area, places, _free in areas)
    number = min(max(page, 1), max(-(-found // PAGE), 1))
    rows = (_ROWS.anew if wanted != Wanted() else _ROWS)(**asked, limit=PAGE, offset=(number - 1) * PAGE)
    return Directory(
        programme=programme,
        places=tuple(_place(row, on) for row in rows),
        found=found,
        free_seats=sum(free for _area, _places, free in areas),
        page=number,
        neighbourhoods=tuple((area, places) for area, places, _free in areas if area),
    )


def _areas(programme: Programme, on: date, wanted: Wanted) -> QuerySet[Place, tuple[str, int, int]]:
    """Return every neighbourhood (also "", unknown) with its number of places and free seats."""
    grouped = _chosen(places_with_seats(programme, on), wanted).order_by("site__neighbourhood").values("site__neighbourhood")
    return grouped.annotate(places=Count("pk"), free=Sum("free_n")).values_list("site__neighbourhood", "places", "free")


def _rows(programme: Programme, on: date, wanted: Wanted) -> QuerySet[Place]:
    """Return the places, free ones first."""
    fitting = _chosen(places_with_seats(programme, on), wanted).annotate(is_open=Q(stands=SeatState.FREE.value))
    return fitting.order_by("-is_open", "title", "id").select_related("organisation", "site")


def _hosts(programme: Programme, on: date) -> QuerySet[Place, tuple[UUID, str]]:
    """Return the organisations that offer living places, each once, by name."""
    living = Place.objects.filter(programme=programme, closed_at__isnull=True).exclude(until_on__lte=on)
    return living.order_by("organisation__folded_name").values_list("organisation_id", "organisation__name").distinct()


_AREAS, _ROWS, _HOSTS = Prepared(_areas), Prepared(_rows), Prepared(_hosts)


def host_choices(actor: Actor, on: date) -> list[tuple[str, str]]:
    """Return the organisations that offer places in the shown programme, by id and name. Anybody may read it."""
    del actor  # kept: every query takes the actor; places are public
    programme = shown_programme(on)
    if programme is None:
        return []
    return [(str(key), name) for key, name in dict(_HOSTS(programme=programme, on=on)).items()]


def public_place(actor: Actor, place_id: UUID, on: date) -> PublicPlace | None:
    """Return one living place, or None. Anybody may read it."""
    del actor  # kept: every query takes the actor; places are public
    programme = shown_programme(on)
    if programme is None:
        return None
    row = places_with_seats(programme, on).filter(pk=place_id).select_related("organisation", "site").first()
    return _place(row, on) if row else None


def _chosen(places: QuerySet[Place], wanted: Wanted) -> QuerySet[Place]:
    fitting = Q()
    for word in wanted.text.split():
        fitting &= Q(title__icontains=word) | Q(tasks__icontains=word) | Q(teaches__icontains=word) | Q(organisation__name__icontains=word)
    if wanted.host:
        fitting &= Q(organisation_id=wanted.host)
    if wanted.neighbourhood:
        fitting &= Q(site__neighbourhood=wanted.neighbourhood)
    if wanted.only_free:
        fitting &= Q(stands=SeatState.FREE.value)
    chosen = places.filter(fitting)
    if wanted.half_days:
        chosen = chosen.annotate(beside=F("half_days").bitand((1 << 14) - 1 - wanted.half_days)).filter(Q(beside=0))
    return chosen


def _place(row: Place, on: date) -> PublicPlace:
    counts: dict[str, int] = {name: getattr(row, f"{name}_n") for name in ("seats", "free")}
    state: str = row.stands  # type: ignore[attr-defined]  # annotated by places_with_seats
    town = f"{row.site.postcode} {row.site.municipality}".strip()
    return PublicPlace(
        id=row.pk,
        title=row.title,
        host=row.organisation.name,
        site=row.site.name,
        address=", ".join(part for part in (row.site.street, town) if part),
        neighbourhood=row.site.neighbourhood,
        town=row.site.municipality,
        half_days=row.half_days,
        hours_per_month=row.hours_per_month,
        starts_on=max(row.starts_on, on),
        until_on=row.until_on,
        seats=counts["seats"],
        free=counts["free"],
        is_free=state == SeatState.FREE.value,
        is_paused=state == SeatState.PAUSED.value,
        confirmed_on=day_of(row.confirmed_at) if row.confirmed_at else None,
        tasks=row.tasks,
        teaches=tuple(row.teaches),
        dutch_level=row.dutch_level,
        licences=tuple(row.licences),
        demands=tuple(row.demands),
        instruments=tuple(row.instruments),
    )
