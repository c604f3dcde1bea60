"""The package of places that the subsidy pays: what there is, against which lump sum, what is still missing; and each place's facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.clock import day_of
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.programmes.models import Programme
from opstap.journey.mentoring.assembly import LumpSum, package_rule
from opstap.journey.mentoring.models import Certificate
from opstap.journey.mentoring.queries import visible_certificates, visible_mentors
from opstap.journey.places.models import Place
from opstap.journey.places.queries import live_places, place_for
from opstap.steering.overviews.permissions import may_steer


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What the fact sheet of a place says.

    `certified`: the mentor's certificate holds on `on`; `number` is that of the latest one that we gave or noted.
    """

    place: Place
    on: date
    seats: int
    mentor: Mentor | None
    certified: bool
    number: str
    confirmed_on: date | None
    missing: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One size of package beside what there is: whether it is reached."""

    lump_sum: LumpSum
    is_reached: bool


@dataclass(frozen=True, slots=True)
class Package:
    """The programme's places and trained mentors on a day. `aim` is the package aimed at, `reached` the largest one that is complete."""

    programme: Programme
    on: date
    places: tuple[PlaceFacts, ...]
    seats: int
    mentors: int
    lines: tuple[PackageLine, ...]
    aim: LumpSum
    reached: LumpSum | None
    missing: tuple[Reason, ...]
    source: str


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One mentor of the register with one certificate; `certificate` None: the day came with a list, or there is none."""

    mentor: Mentor
    certificate: Certificate | None
    holds: bool


def place_facts(actor: Actor, place_id: UUID, on: date) -> PlaceFacts | None:
    """Return what the fact sheet of a visible place says, or None."""
    place = place_for(actor, place_id, on)
    return _facts(place, on, _numbers([place])) if place else None


def package(actor: Actor, programme: Programme, on: date) -> Package | None:
    """Return the package of a programme that the actor coordinates, or None."""
    if not may_steer(actor, programme):
        return None
    rule = package_rule(on)
    rows = list(live_places(programme, on).order_by("organisation__folded_name", "title", "id"))
    numbers = _numbers(rows)
    for row in rows:
        row.programme = programme
    places = tuple(_facts(row, on, numbers) for row in rows)
    seats = sum(place.seats for place in places)
    mentors = len({place.mentor.pk for place in places if place.mentor and place.certified})
    lines = tuple(PackageLine(each, seats >= each.places and mentors >= each.mentors) for each in rule.lump_sums)
    aim = _aim(programme, seats, rule.lump_sums)
    return Package(
        programme=programme,
        on=on,
        places=places,
        seats=seats,
        mentors=mentors,
        lines=lines,
        aim=aim,
        reached=next((line.lump_sum for line in reversed(lines) if line.is_reached), None),
        missing=(*_short(aim, seats, mentors), *(reason for place in places for reason in place.missing)),
        source=rule.source,
    )


def certificate_register(actor: Actor, on: date) -> tuple[RegisterLine, ...]:
    """Return every mentor within reach with each of their certificates, and whether it holds on the day; without one once, empty."""
    found: dict[UUID, list[Certificate]] = {}
    for row in visible_certificates(actor):
        found.setdefault(row.mentor_id, []).append(row)
    lines = []
    for mentor in visible_mentors(actor).order_by("organisation__folded_name", "name", "id"):
        own = found.get(mentor.pk)
        lines += (
            [RegisterLine(mentor, row, _covers(row.issued_on, row.expires_on, on)) for row in own]
            if own
            else [RegisterLine(mentor, None, is_certified(mentor, on))]
        )
    return tuple(lines)


def is_certified(mentor: Mentor, on: date) -> bool:
    """Tell whether a mentor's certificate holds on the day."""
    return mentor.certified_on is not None and _covers(mentor.certified_on, mentor.certified_until, on)


def _covers(start: date, until: date | None, on: date) -> bool:
    return start <= on and (until is None or on < until)


def _numbers(places: Sequence[Place]) -> dict[UUID, str]:
    """Return the number of the latest certificate of each place's mentor."""
    ids = {place.mentor_id for place in places if place.mentor_id}
    rows = Certificate.objects.filter(mentor_id__in=ids).order_by("issued_on", "number").values_list("mentor_id", "number")
    return dict(rows)


def _facts(place: Place, on: date, numbers: dict[UUID, str]) -> PlaceFacts:
    mentor = place.mentor
    confirmed_on = day_of(place.confirmed_at) if place.confirmed_at else None
    certified = mentor is not None and is_certified(mentor, on)
    return PlaceFacts(
        place=place,
        on=on,
        seats=int(getattr(place, "seat_count", 0)),
        mentor=mentor,
        certified=certified,
        number=numbers.get(mentor.pk, "") if mentor else "",
        confirmed_on=confirmed_on,
        missing=tuple(_missing(place, on, confirmed_on, certified=certified)),
    )


def _missing(place: Place, on: date, confirmed_on: date | None, *, certified: bool) -> list[Reason]:
    which = {"place": place.title, "host": place.organisation.name}
    found = []
    if place.mentor is None:
        found.append(Reason("mentoring.package_no_mentor", which))
    elif not certified:
        found.append(Reason("mentoring.package_untrained", {**which, "name": place.mentor.name}))
    empty = {"no_tasks": place.tasks.strip(), "no_competences": place.teaches, "no_hours": place.hours_per_month}
    found += [Reason(f"mentoring.package_{code}", which) for code, value in empty.items() if not value]
    if confirmed_on is None:
        found.append(Reason("mentoring.package_never_confirmed", which))
    elif (on - confirmed_on).days > place.programme.confirm_days:
        found.append(Reason("mentoring.package_not_confirmed", {**which, "days": (on - confirmed_on).days}))
    return found


def _aim(programme: Programme, seats: int, sums: Sequence[LumpSum]) -> LumpSum:
    """Return the package that the programme aims at: the one of its target, else the smallest that holds its seats."""
    wanted = programme.target_places or seats
    return next((each for each in sums if each.places >= wanted), sums[-1])


def _short(aim: LumpSum, seats: int, mentors: int) -> list[Reason]:
    found = []
    if seats < aim.places:
        found.append(Reason("mentoring.package_places", {"missing": aim.places - seats, "places": aim.places}))
    if mentors < aim.mentors:
        found.append(Reason("mentoring.package_mentors", {"missing": aim.mentors - mentors, "mentors": aim.mentors}))
    return found
