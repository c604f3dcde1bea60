"""A programme with people who got far, and some who did not, at two places with a mentor each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from psycopg.types.range import DateRange
from tests.factories import make_mentor, make_organisation, make_person, make_place, make_programme, make_referral

from opstap.foundation.organisations.models import Organisation
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.models import Proposal
from opstap.journey.outcomes.models import Ending, Outcome
from opstap.journey.placements.models import Placement
from opstap.journey.places.models import Place, Seat
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral, StageMove

REFERRED = datetime(2022, 2, 1, 8, 0, tzinfo=UTC)
NOW = datetime(2023, 9, 12, 8, 0, tzinfo=UTC)
STEPS = ("open", "eligible", "proposed", "to_be_agreed", "placed")
DAYS = (0, 10, 30, 40, 50)


def make_crowd_programme() -> tuple[Programme, Organisation, Organisation]:
    """Return a programme, a partner and a host."""
    return make_programme(), make_organisation("Partner vzw"), make_organisation("Stad", kind="local_government")


def make_work(programme: Programme, host: Organisation, title: str) -> Place:
    """Return a place with its own mentor."""
    place = make_place(programme, host)
    place.title, place.mentor = title, make_mentor(host, f"Mentor {title}")
    place.save()
    return place


def walk(
    programme: Programme, partner: Organisation, place: Place | None, *, reached: int, number: int, waits: str = "none"
) -> list[Referral]:
    """Return so many people who got so many steps far: 0 referred only, 4 started."""
    rows = []
    for _ in range(number):
        referral = make_referral(make_person(), programme, organisation=partner, stage=Stage(STEPS[reached]))
        moments = [REFERRED + timedelta(days=day) for day in DAYS]
        Referral.objects.filter(pk=referral.pk).update(referred_on=REFERRED.date(), stage_since=moments[reached], waiting_cause=waits)
        StageMove.objects.bulk_create(
            StageMove(referral=referral, to_stage=STEPS[index], reason={}, by_label="test", at=moments[index])
            for index in range(reached + 1)
        )
        if place and reached >= 2:
            _propose(referral, place, moments[2])
        rows.append(referral)
    return rows


def _propose(referral: Referral, place: Place, at: datetime) -> Proposal:
    return Proposal.objects.create(
        referral=referral, person_id=referral.person_id, place=place, instrument="community_service", state="accepted",
        starts_on=date(2022, 4, 1), until_on=date(2022, 9, 1), created_by="test", created_at=at,
    )  # fmt: skip


def finish(referrals: list[Referral], *, reason: str, on: date, kind: str = "") -> None:
    """End the work of people on a day, and tell what they do six months later."""
    for referral in referrals:
        proposal = Proposal.objects.get(referral=referral)
        seat = Seat.objects.create(place=proposal.place, number=1000 + Seat.objects.count(), created_on=REFERRED.date())
        placement = Placement.objects.create(
            proposal=proposal, referral=referral, person_id=referral.person_id, seat=seat, instrument="community_service",
            period=DateRange(date(2022, 4, 1), on), state="ended", ended_on=on, end_reason_code=reason, created_by="test",
            created_at=REFERRED,
        )  # fmt: skip
        moment = datetime(on.year, on.month, on.day, 8, tzinfo=UTC)
        ending = Ending.objects.create(placement=placement, referral=referral, on=on, reason_code=reason, by_label="test", at=moment)
        if kind:
            Outcome.objects.create(
                referral=referral, ending=ending, moment="m6", kind=kind, source="person", on=on, by_label="test", channel="link",
                at=moment + timedelta(days=190),
            )  # fmt: skip
