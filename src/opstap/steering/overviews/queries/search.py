"""Finding somebody or a place: a coordinator sees the name and the stage, nothing of the case file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opstap.foundation.actor import Actor
from opstap.foundation.clock import day_of
from opstap.foundation.programmes.models import Programme
from opstap.journey.people.queries import search_people
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import visible_referrals
from opstap.steering.overviews.permissions import may_steer

MOST = 20


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person on the way: where they stand, what for and how long they wait, and who follows them."""

    referral_id: UUID
    name: str
    stage: str
    cause: str
    since: datetime
    referred_on: date
    counsellor: str


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place of the programme."""

    id: UUID
    title: str
    host: str
    site: str


@dataclass(frozen=True, slots=True)
class Found:
    """What fits the words typed, at most twenty of each."""

    people: tuple[FoundPerson, ...]
    places: tuple[FoundPlace, ...]


def search(actor: Actor, programme: Programme, text: str, now: datetime) -> Found:
    """Return the people (also misspelt, or by telephone or client number) and places of a programme that fit the text."""
    if not may_steer(actor, programme) or not text:
        return Found((), ())
    own = visible_referrals(actor).filter(programme=programme)
    ids = [each.id for each in search_people(actor, text, within=own, limit=MOST)]
    rows = {row.person_id: row for row in own.filter(person_id__in=ids).select_related("person", "counsellor")}
    people = tuple(_person(rows[key]) for key in ids if key in rows)
    places = Place.objects.filter(programme=programme, closed_at__isnull=True).exclude(until_on__lte=day_of(now))
    for each in text.split():
        places = places.filter(title__icontains=each) | places.filter(organisation__name__icontains=each)
    found = places.select_related("organisation", "site")[:MOST]
    return Found(people, tuple(FoundPlace(place.pk, place.title, place.organisation.name, place.site.name) for place in found))


def _person(row: Referral) -> FoundPerson:
    name = f"{row.person.first_name} {row.person.last_name}".strip()
    counsellor = row.counsellor.name if row.counsellor else ""
    return FoundPerson(row.pk, name, row.stage, row.waiting_cause, row.stage_since, row.referred_on, counsellor)
