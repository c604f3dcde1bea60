"""A counsellor with somebody to talk to, moments to choose from, and a placement to try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from psycopg.types.range import DateRange
from tests.factories import make_organisation, make_person, make_place, make_programme, make_referral, make_user

from opstap.foundation.access.models import User
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Actor, Role
from opstap.journey.appointments.models import Slot
from opstap.journey.appointments.operations import open_slots
from opstap.journey.matching.models import Proposal
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.places.models import Place
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral

NOW = datetime(2023, 9, 4, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """A counsellor, the person they follow, and the same as actor."""

    counsellor: User
    actor: Actor
    referral: Referral


def make_office() -> Office:
    """Return a counsellor of an organisation who follows one person with an e-mail address."""
    organisation, programme = make_organisation(), make_programme()
    counsellor = make_user(Role.COUNSELLOR, organisation=organisation)
    return Office(counsellor, actor_for(counsellor, date(2023, 9, 4)), another(programme, organisation, counsellor))


def another(programme: object, organisation: object, counsellor: User) -> Referral:
    """Return one more person whom the counsellor follows."""
    person = make_person(email="noor@example.be")
    return make_referral(person, programme, counsellor=counsellor, organisation=organisation, stage=Stage.OPEN)  # type: ignore[arg-type]  # rows of the office


def somebody_else(office: Office) -> Referral:
    """Return one more person of the same counsellor."""
    return another(office.referral.programme, office.referral.counselling_organisation, office.counsellor)


def moments(office: Office, *days: int) -> list[Slot]:
    """Return moments of the counsellor, so many days from now."""
    starts = [NOW + timedelta(days=day) for day in days]
    return open_slots(counsellor=office.counsellor, place=None, starts=starts, minutes=30, where="Stadhuis", by=office.actor, at=NOW)


def make_placement(referral: Referral, place: Place | None = None) -> Placement:
    """Return a placement of the person that is still to be agreed."""
    place = place or make_place(referral.programme, make_organisation(kind="local_government"))
    first, last = date(2023, 9, 18), date(2024, 3, 18)
    proposal = Proposal.objects.create(
        referral=referral,
        person_id=referral.person_id,
        place=place,
        instrument="community_service",
        state="accepted",
        starts_on=first,
        until_on=last,
        created_by="test",
        created_at=NOW,
    )
    return Placement.objects.create(
        proposal=proposal,
        referral=referral,
        person_id=referral.person_id,
        seat=place.seats.get(number=1),
        instrument="community_service",
        period=DateRange(first, last),
        state=PlacementState.TO_BE_AGREED,
        created_by="test",
        created_at=NOW,
    )
