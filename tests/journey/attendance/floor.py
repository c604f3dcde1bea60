"""A floor with a mentor and learners whose work runs: Mondays, whole days of 8 hours, from 4 September 2023."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from psycopg.types.range import DateRange
from tests.factories import make_mentor, make_organisation, make_person, make_place, make_programme, make_referral, make_user

from opstap.foundation.access.models import User
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Actor, Role, person_actor
from opstap.foundation.organisations.models import Mentor, Organisation
from opstap.foundation.programmes.models import Programme
from opstap.journey.attendance.enums import DayState
from opstap.journey.attendance.operations import DayNote, record_days
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement, PlacementHalfDay
from opstap.journey.places.models import Place, Seat
from opstap.journey.referrals.enums import Stage

START, END = date(2023, 9, 4), date(2024, 3, 4)
MONTH = date(2023, 9, 1)
MONDAYS = tuple(START + timedelta(days=7 * week) for week in range(4))
"""The agreed days of September 2023."""
OCTOBER = datetime(2023, 10, 2, 9, 0, tzinfo=UTC)


def at(on: date, hour: int = 9) -> datetime:
    """Return a moment on a day."""
    return datetime(on.year, on.month, on.day, hour, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Floor:
    """One place with its people: the mentor, the host's contact, a counsellor and two coordinators."""

    programme: Programme
    host: Organisation
    guide: Mentor
    place: Place
    mentor: Actor
    contact: Actor
    counsellor: Actor
    counsellor_user: User
    coordinator: Actor
    second: Actor

    def learner(self, name: str = "", *, half_days: tuple[int, ...] = (0, 1), **terms: Any) -> Placement:  # noqa: ANN401 - any field of a placement
        """Return a running placement of a new person, followed by the counsellor."""
        person = make_person(name, **terms.pop("facts", {}))
        referral = make_referral(person, self.programme, counsellor=self.counsellor_user, stage=Stage.PLACED)
        return run(self.place, referral, half_days, **terms)

    def note(self, placement: Placement, *days: date, state: DayState = DayState.HERE, by: Actor | None = None) -> None:
        """Note days as the mentor, in the evening of the last of them."""
        record_days(notes=[DayNote(placement.pk, day, state) for day in days], by=by or self.mentor, at=at(max(days), 17))


def run(place: Place, referral: Any, half_days: tuple[int, ...] = (0, 1), **terms: Any) -> Placement:  # noqa: ANN401 - a referral, any field
    """Return a running placement on a new seat of the place."""
    given = {"period": DateRange(START, END), "state": PlacementState.RUNNING.value, "instrument": "community_service"} | terms
    seat = Seat.objects.create(place=place, number=Seat.objects.filter(place=place).count() + 1, created_on=START)
    proposal = Proposal.objects.create(
        referral=referral,
        person=referral.person,
        place=place,
        instrument=given["instrument"],
        state=ProposalState.ACCEPTED.value,
        starts_on=given["period"].lower,
        until_on=given["period"].upper,
        created_by="test",
        created_at=at(START),
    )
    placement = Placement.objects.create(
        proposal=proposal, referral=referral, person=referral.person, seat=seat, created_by="test", created_at=at(START), **given
    )
    PlacementHalfDay.objects.bulk_create(
        PlacementHalfDay(placement=placement, person=referral.person, half_day=half, period=given["period"]) for half in half_days
    )
    return placement


def make_floor() -> Floor:
    """Return a floor without learners yet."""
    programme, host = make_programme(), make_organisation(kind="local_government")
    mentor_user = make_user(Role.MENTOR, name="Mia Mentor", organisation=host)
    guide = make_mentor(host, "Mia Mentor")
    Mentor.objects.filter(pk=guide.pk).update(user_id=mentor_user.pk)
    place = make_place(programme, host, seats=0, mentor=guide, instruments=["community_service"])
    counsellor = make_user(Role.COUNSELLOR, name="Carla Consulent")
    on = date(2023, 9, 4)
    return Floor(
        programme=programme,
        host=host,
        guide=guide,
        place=place,
        mentor=actor_for(mentor_user, on),
        contact=actor_for(make_user(Role.HOST, name="Hugo Host", organisation=host), on),
        counsellor=actor_for(counsellor, on),
        counsellor_user=counsellor,
        coordinator=actor_for(make_user(Role.COORDINATOR, name="Coen", programme=programme), on),
        second=actor_for(make_user(Role.COORDINATOR, name="Cora", programme=programme), on),
    )


def themself(placement: Placement) -> Actor:
    """Return the person of a placement, come in by a link about their journey."""
    return person_actor(placement.person_id, only_id=placement.referral_id)
