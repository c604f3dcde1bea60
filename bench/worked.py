"""People who worked: thousands of ended placements with their days, and some whose month waits to be signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from psycopg.types.range import DateRange

from opstap.foundation.access.models import RoleGrant, User
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Actor, ActorKind, Grant, Role
from opstap.foundation.organisations.models import Mentor
from opstap.journey.attendance.models import Day
from opstap.journey.matching.models import Proposal
from opstap.journey.people.models import Person
from opstap.journey.placements.models import Placement, PlacementHalfDay
from opstap.journey.places.models import Place, Seat
from opstap.journey.referrals.models import Referral

if TYPE_CHECKING:
    from bench.programme import Large

MONTH, NEXT = date(2023, 8, 1), date(2023, 9, 1)
AT = datetime(2023, 9, 1, 9, tzinfo=UTC)
PAY_ON = date(2023, 9, 8)
ENDED = (date(2023, 1, 2), date(2023, 7, 1))
RUNNING = (MONTH, date(2024, 2, 1))
HALF_DAYS = (0, 8)
"""Monday and Friday morning: also the day on which the mentor's floor is opened."""
_BATCH = 5000


@dataclass(frozen=True)
class Worked:
    """Who signs and pays, and whose months."""

    mentor: User
    hosts: Actor
    coordinator: Actor
    second: Actor
    programme_id: UUID
    placement_ids: list[UUID]
    case_id: UUID
    days: int


def fill_days(large: Large, days: int, closing: int) -> Worked:
    """Insert placements with `days` noted days in all; `closing` of them run and wait for their August, the counsellor's own first."""
    places = list(Place.objects.filter(programme=large.programme).order_by("title", "id"))
    referrals = sorted(
        Referral.objects.filter(programme=large.programme).order_by("id"), key=lambda row: row.counsellor_id != large.counsellor.pk
    )
    running = [_placement(referrals[n], places[n % len(places)], RUNNING, "running", n) for n in range(closing)]
    august = [on for on in _days(MONTH, NEXT) if on.weekday() in {0, 4} and on != date(2023, 8, 15)]
    weekdays = [on for on in _days(*ENDED) if on.weekday() < 5]
    count = -(-(days - closing * len(august)) // len(weekdays))
    ended = [_placement(referrals[closing + n], places[n % len(places)], ENDED, "ended", closing + n) for n in range(count)]
    _store([*running, *ended])
    PlacementHalfDay.objects.bulk_create(
        PlacementHalfDay(placement=row, person_id=row.person_id, half_day=half, period=DateRange(*RUNNING))
        for row in running
        for half in HALF_DAYS
    )
    Day.objects.bulk_create((_day(row, on) for row in running for on in august), batch_size=_BATCH)
    Day.objects.bulk_create((_day(row, on) for row in ended for on in weekdays), batch_size=_BATCH)
    for person in Person.objects.filter(pk__in=[row.person_id for row in running]).only("id", "bank_account"):
        person.bank_account = "BE71096123456769"
        person.save(update_fields=["bank_account"])
    return _worked(large, places[0], [row.pk for row in running])


def _worked(large: Large, place: Place, placement_ids: list[UUID]) -> Worked:
    if place.mentor_id is None:
        raise ValueError("nobody is the mentor of the first place of the programme")
    mentor = User.objects.create_user("mentor@example.be", name="mentor")
    RoleGrant.objects.create(user=mentor, role=Role.MENTOR.value, organisation_id=place.organisation_id, starts_on=date(2020, 1, 1))
    Mentor.objects.filter(pk=place.mentor_id).update(user_id=mentor.pk)
    second = User.objects.create_user("second@example.be", name="second")
    RoleGrant.objects.create(user=second, role=Role.COORDINATOR.value, programme_id=large.programme.pk, starts_on=date(2020, 1, 1))
    hosts = Place.objects.filter(programme=large.programme).values_list("organisation_id", flat=True)
    grants = tuple(Grant(Role.HOST, organisation_id=host) for host in set(hosts))
    return Worked(
        mentor=mentor,
        hosts=Actor(id=str(large.host.pk), kind=ActorKind.USER, label="host", grants=grants),
        coordinator=actor_for(large.coordinator, NEXT),
        second=actor_for(second, NEXT),
        programme_id=large.programme.pk,
        placement_ids=placement_ids,
        case_id=Placement.objects.filter(pk__in=placement_ids, referral__counsellor=large.counsellor).order_by("id")[0].referral_id,
        days=Day.objects.count(),
    )


def _placement(referral: Referral, place: Place, period: tuple[date, date], state: str, number: int) -> Placement:
    seat = Seat(place=place, number=100 + number, created_on=ENDED[0])
    proposal = Proposal(
        referral=referral, person_id=referral.person_id, place=place, instrument="community_service", state="accepted",
        starts_on=period[0], until_on=period[1], created_by="bench", created_at=AT,
    )  # fmt: skip
    return Placement(
        proposal=proposal, referral=referral, person_id=referral.person_id, seat=seat, instrument="community_service",
        period=DateRange(*period), state=state, created_by="bench", created_at=AT, ended_on=period[1] if state == "ended" else None,
        end_reason_code="completed" if state == "ended" else "",
    )  # fmt: skip


def _store(placements: list[Placement]) -> None:
    Seat.objects.bulk_create([row.seat for row in placements], batch_size=_BATCH)
    Proposal.objects.bulk_create([row.proposal for row in placements], batch_size=_BATCH)
    Placement.objects.bulk_create(placements, batch_size=_BATCH)


def _day(row: Placement, on: date) -> Day:
    return Day(placement=row, on=on, state="here", hours=Decimal(4), noted_by="mentor", noted_at=AT)


def _days(first: date, until: date) -> Iterator[date]:
    return (first + timedelta(days=count) for count in range((until - first).days))
