"""A small programme with people whose answers are known by heart: resident, 24 months registered, on a benefit, or not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from opstap.foundation.access.models import RoleGrant, User
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Actor, Role
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.programmes.enums import Part
from opstap.foundation.programmes.models import Participation, Programme
from opstap.journey.people.models import Person
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.models import Referral

ON = date(2023, 9, 1)
AT = datetime(2023, 9, 1, 9, 0, tzinfo=UTC)
REGION = ["Oostende", "Bredene", "De Haan", "Gistel", "Ichtegem", "Middelkerke", "Oudenburg"]
OPEN_TO_ALL = {
    "municipality": "Oostende",
    "registered_since": date(2020, 1, 1),
    "income": "unemployment_benefit",
    "benefit_since": date(2020, 1, 1),
    "benefit_exemption": "",
    "work_limitation_right": "",
    "maatwerk_advice": "",
}
"""Facts with which the work-learning place is open on `ON`."""


def make_programme(name: str = "Leerwerkplekken", instruments: tuple[str, ...] = ("work_learning_place", "imw")) -> Programme:
    """Return a programme in the region of Oostende."""
    return Programme.objects.create(name=name, starts_on=date(2023, 4, 4), municipalities=REGION, instruments=list(instruments))


def make_organisation(name: str, programme: Programme | None = None) -> Organisation:
    """Return an association, counselling in the programme if one is given."""
    organisation = Organisation.objects.create(name=name, folded_name=name.lower(), kind="nonprofit")
    if programme is not None:
        Participation.objects.create(programme=programme, organisation=organisation, part=Part.COUNSELS.value)
    return organisation


def make_user(name: str, role: Role, *, organisation: Organisation | None = None, programme: Programme | None = None) -> User:
    """Return somebody who holds the role."""
    user = User.objects.create_user(f"{name}@example.be", name=name)
    RoleGrant.objects.create(
        user=user,
        role=role.value,
        organisation_id=organisation.pk if organisation else None,
        programme_id=programme.pk if programme else None,
        starts_on=date(2020, 1, 1),
    )
    return user


def acting(user: User) -> Actor:
    """Return the user as an actor on the day of the cases."""
    return actor_for(user, ON)


def make_referral(
    programme: Programme, *, counsellor: User | None = None, organisation: Organisation | None = None, **facts: object
) -> Referral:
    """Return an open referral of a person with `OPEN_TO_ALL`, changed by the facts given."""
    number = Person.objects.count()
    known = OPEN_TO_ALL | facts
    person = Person(last_name=f"Test{number}", first_name="An", folded_name=f"test{number} an", created_at=AT, changed_at=AT, **known)
    person.save()
    return Referral.objects.create(
        person=person,
        programme=programme,
        counsellor=counsellor,
        counselling_organisation=organisation,
        referred_on=date(2023, 5, 1),
        stage=Stage.OPEN.value,
        stage_since=AT,
        waiting_cause=WaitingCause.NOT_YET_DECIDED.value,
    )


def stage_of(referral_id: UUID) -> str:
    """Return where the referral stands now."""
    return Referral.objects.get(pk=referral_id).stage
