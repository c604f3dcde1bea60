"""Rows for tests, made the short way: each takes what the test is about and fills in the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from opstap.bridges.spreadsheets.cells import fold
from opstap.engine.shared.vocabulary import half_day_mask
from opstap.foundation.access.models import RoleGrant, User
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Actor, Role
from opstap.foundation.organisations.models import Mentor, Organisation, Site
from opstap.foundation.programmes.enums import Part
from opstap.foundation.programmes.models import Participation, Programme
from opstap.journey.people.models import Person
from opstap.journey.people.queries import folded_name
from opstap.journey.places.models import Place, Seat
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.models import Referral

DAY = date(2023, 9, 1)
NOW = datetime(2023, 9, 1, 8, 0, tzinfo=UTC)
_numbers = count(1)


def make_organisation(name: str = "", *, kind: str = "nonprofit") -> Organisation:
    """Return an organisation; without a name it gets one of its own."""
    name = name or f"Organisatie {next(_numbers)} vzw"
    return Organisation.objects.create(name=name, folded_name=fold(name), kind=kind)


def make_programme(name: str = "", **terms: Any) -> Programme:  # noqa: ANN401 - any field of a programme
    """Return a programme of Oostende that runs on DAY."""
    given = {
        "starts_on": date(2023, 4, 4),
        "until_on": date(2025, 1, 1),
        "municipalities": ["Oostende"],
        "instruments": ["work_learning_place", "community_service", "work_experience"],
    } | terms
    return Programme.objects.create(name=name or f"Programma {next(_numbers)}", **given)


def take_part(programme: Programme, organisation: Organisation, part: Part) -> Participation:
    """Let an organisation take part in a programme."""
    return Participation.objects.create(programme=programme, organisation=organisation, part=part.value)


def make_user(
    role: Role | None = None, *, name: str = "", organisation: Organisation | None = None, programme: Programme | None = None
) -> User:
    """Return a user, with a role for the organisation and programme when one is given."""
    number = next(_numbers)
    user = User.objects.create_user(f"user{number}@example.be", name=name or f"Gebruiker {number}")
    if role is not None:
        RoleGrant.objects.create(
            user=user,
            role=role.value,
            organisation_id=organisation.pk if organisation else None,
            programme_id=programme.pk if programme else None,
            starts_on=date(2023, 1, 1),
        )
    return user


def make_actor(role: Role, *, name: str = "", organisation: Organisation | None = None, programme: Programme | None = None) -> Actor:
    """Return a new user with the role, as actor on DAY."""
    return actor_for(make_user(role, name=name, organisation=organisation, programme=programme), DAY)


def make_person(last_name: str = "", first_name: str = "Noor", **facts: Any) -> Person:  # noqa: ANN401 - any field of a person
    """Return a person's record; half-days may be given as codes."""
    last_name = last_name or f"Janssens {next(_numbers)}"
    if isinstance(facts.get("half_days"), tuple | list):
        facts["half_days"] = half_day_mask(facts["half_days"])
    given = {"folded_name": folded_name(last_name, first_name), "created_at": NOW, "changed_at": NOW, "municipality": "Oostende"} | facts
    return Person.objects.create(last_name=last_name, first_name=first_name, **given)


def make_referral(
    person: Person,
    programme: Programme,
    *,
    counsellor: User | None = None,
    organisation: Organisation | None = None,
    stage: Stage = Stage.OPEN,
    referred_on: date = date(2023, 6, 1),
) -> Referral:
    """Return a person's referral in a programme, standing in the stage."""
    return Referral.objects.create(
        person=person,
        programme=programme,
        counsellor=counsellor,
        counselling_organisation=organisation,
        referred_on=referred_on,
        stage=stage.value,
        stage_since=NOW,
        waiting_cause=WaitingCause.NOT_YET_DECIDED.value,
    )


def make_mentor(organisation: Organisation, name: str = "", *, learner_limit: int = 3) -> Mentor:
    """Return a trained mentor of the organisation."""
    name = name or f"Mentor {next(_numbers)}"
    return Mentor.objects.create(organisation=organisation, name=name, certified_on=date(2023, 1, 1), learner_limit=learner_limit)


def make_place(
    programme: Programme,
    organisation: Organisation,
    *,
    seats: int = 1,
    mentor: Mentor | None = None,
    **terms: Any,  # noqa: ANN401 - any field of a place
) -> Place:
    """Return a place with its seats at a site of its own; half-days may be given as codes."""
    site = Site.objects.create(organisation=organisation, name=f"Vestiging {next(_numbers)}", municipality="Oostende", postcode="8400")
    if isinstance(terms.get("half_days"), tuple | list):
        terms["half_days"] = half_day_mask(terms["half_days"])
    given = {
        "title": "groenwerker",
        "half_days": half_day_mask(("mon_am", "mon_pm")),
        "instruments": ["work_learning_place"],
        "starts_on": date(2023, 9, 1),
    } | terms
    place = Place.objects.create(programme=programme, organisation=organisation, site=site, mentor=mentor, **given)
    Seat.objects.bulk_create(Seat(place=place, number=number, created_on=DAY) for number in range(1, seats + 1))
    return place
