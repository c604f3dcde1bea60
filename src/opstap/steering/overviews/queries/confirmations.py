"""Places that nobody confirmed for long: whom to ask whether they are still right, by e-mail or by telephone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils.timezone import localdate

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.models import AccessLink, RoleGrant
from opstap.foundation.actor import Actor, Role
from opstap.foundation.programmes.models import Programme
from opstap.journey.places.models import Place
from opstap.journey.places.queries import visible_places

ASK_AGAIN_AFTER = timedelta(days=20)
"""A host that was asked shorter ago than this is not asked again: the monthly job that runs twice writes once."""
CALL_AFTER = timedelta(days=7)
"""A host that did not answer the e-mail within this time is called."""
MOST = 200
"""Places on a call list at once, the longest unconfirmed first per host."""


@dataclass(frozen=True, slots=True)
class PlaceToAsk:
    """A place (`place`, for its operations) that was confirmed too long ago or never; `asked_on`: when its host last got the link."""

    place: Place
    confirmed_on: date | None
    asked_on: date | None


@dataclass(frozen=True, slots=True)
class HostToAsk:
    """A host organisation with the places to ask about. `address`: where it reads its mail, "" when nobody knows."""

    name: str
    phone: str
    address: str
    places: tuple[PlaceToAsk, ...]


def hosts_to_mail(actor: Actor, programme: Programme, on: date) -> list[HostToAsk]:
    """Return the hosts that have an address, each with its places that were not asked about lately."""
    lately = on - ASK_AGAIN_AFTER
    hosts = (host for host in _hosts(_stale(actor, programme, on), on) if host.address)
    chosen = (_with(host, [each for each in host.places if each.asked_on is None or each.asked_on <= lately]) for host in hosts)
    return [host for host in chosen if host.places]


def hosts_to_call(actor: Actor, programme: Programme, on: date) -> list[HostToAsk]:
    """Return the hosts to call: those without an address, and those that were mailed over a week ago and did not answer."""
    week_ago = on - CALL_AFTER
    found = []
    for host in _hosts(_stale(actor, programme, on)[:MOST], on):
        silent = [each for each in host.places if each.asked_on is not None and each.asked_on <= week_ago]
        found.append(_with(host, silent) if host.address else host)
    return [host for host in found if host.places]


def _stale(actor: Actor, programme: Programme, on: date) -> QuerySet[Place]:
    """Return the programme's places within reach that are open and were confirmed longer ago than it allows, by host."""
    limit = on - timedelta(days=programme.confirm_days)
    living = visible_places(actor).filter(programme=programme, closed_at__isnull=True).exclude(until_on__lte=on)
    open_now = living.exclude(paused_from__lte=on, paused_until__gt=on)
    stale = open_now.filter(Q(confirmed_at__isnull=True) | Q(confirmed_at__date__lt=limit))
    return stale.select_related("organisation", "site", "mentor").order_by("organisation__folded_name", "organisation_id", "title", "id")


def _hosts(stale: QuerySet[Place], on: date) -> list[HostToAsk]:
    """Return the places by host: three queries, whatever their number."""
    places = list(stale)
    asked = _asked([place.pk for place in places])
    users = _users({place.organisation_id for place in places}, on)
    hosts = []
    for organisation, group in groupby(places, key=lambda place: place.organisation):
        own = list(group)
        mentors = (place.mentor.email for place in own if place.mentor)
        address = next((each for each in (users.get(organisation.pk, ""), organisation.email, *mentors) if each), "")
        hosts.append(HostToAsk(organisation.name, organisation.phone, address, tuple(_line(place, asked) for place in own)))
    return hosts


def _line(place: Place, asked: dict[UUID, date]) -> PlaceToAsk:
    return PlaceToAsk(place, localdate(place.confirmed_at) if place.confirmed_at else None, asked.get(place.pk))


def _with(host: HostToAsk, places: Iterable[PlaceToAsk]) -> HostToAsk:
    return replace(host, places=tuple(places))


def _asked(place_ids: list[UUID]) -> dict[UUID, date]:
    links = AccessLink.objects.filter(purpose=LinkPurpose.HOST_PLACE, subject_id__in=place_ids)
    return {row[0]: localdate(row[1]) for row in links.values_list("subject_id").annotate(last=Max("created_at")).order_by()}


def _users(organisation_ids: set[UUID], on: date) -> dict[UUID, str]:
    """Return per organisation the e-mail address of the first of its users, by name."""
    held = RoleGrant.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), role=Role.HOST.value, starts_on__lte=on)
    rows = held.filter(organisation_id__in=organisation_ids, user__is_active=True).order_by("-user__name", "-user_id")
    return {key: email for key, email in rows.values_list("organisation_id", "user__email") if key is not None}
