"""Who acts in the simulated year: the programme's own users, the job seekers themselves, and the product's nightly jobs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from opstap.foundation.access.queries import actor_for, users_with_role
from opstap.foundation.actor import Actor, Channel, Role, person_actor, system_actor
from opstap.foundation.organisations.queries import every_mentor
from opstap.journey.referrals.queries import visible_referrals

if TYPE_CHECKING:
    from opstap.foundation.access.models import User
    from opstap.foundation.organisations.models import Mentor
    from opstap.foundation.programmes.models import Programme
    from opstap.journey.people.models import Person
    from opstap.journey.referrals.models import Referral

NIGHT = system_actor("Opstap")
"""The product itself: what its jobs would do at night."""


@dataclass(slots=True)
class Cast:
    """The programme and its staff as they are on a day."""

    programme: Programme
    on: date
    _hosts: dict[UUID, Actor] = field(default_factory=dict)
    _counsellors: dict[UUID, Actor] = field(default_factory=dict)
    _coordinators: list[Actor] = field(default_factory=list)
    _taking_part: list[UUID] = field(default_factory=list)

    def coordinators(self) -> list[Actor]:
        """Return the programme's coordinators, by name."""
        if not self._coordinators:
            users = users_with_role(Role.COORDINATOR, organisation_id=None, on=self.on)
            actors = [actor_for(user, self.on) for user in users]
            self._coordinators = [each for each in actors if self.programme.pk in each.programme_ids(Role.COORDINATOR)]
        return self._coordinators

    def actor_of(self, user: User) -> Actor:
        """Return a user with the roles of the day."""
        return actor_for(user, self.on)

    def team_lead(self) -> Actor:
        """Return a team lead of the partner that follows people: the second person of a rule change."""
        return actor_for(self._own(Role.TEAM_LEAD)[0], self.on)

    def host(self, organisation_id: UUID) -> Actor:
        """Return who keeps the places of an organisation."""
        if organisation_id not in self._hosts:
            users = users_with_role(Role.HOST, organisation_id=organisation_id, on=self.on)
            self._hosts[organisation_id] = actor_for(users[0], self.on)
        return self._hosts[organisation_id]

    def counsellor(self, referral: Referral) -> Actor:
        """Return the counsellor who follows a person."""
        user = referral.counsellor
        if user is None:
            return NIGHT
        if user.pk not in self._counsellors:
            self._counsellors[user.pk] = actor_for(user, self.on)
        return self._counsellors[user.pk]

    def counsellors(self) -> list[User]:
        """Return the counsellors of the programme's own partners, by name."""
        return self._own(Role.COUNSELLOR)

    def mentors(self) -> list[Mentor]:
        """Return the mentors of the organisations that take part, by name."""
        return list(every_mentor(NIGHT).filter(organisation_id__in=self._partners()))

    def _partners(self) -> list[UUID]:
        if not self._taking_part:
            self._taking_part = list(
                self.programme.participations.order_by("organisation__folded_name").values_list("organisation_id", flat=True).distinct()
            )
        return self._taking_part

    def _own(self, role: Role) -> list[User]:
        users = {user.pk: user for each in self._partners() for user in users_with_role(role, organisation_id=each, on=self.on)}
        return sorted(users.values(), key=lambda user: (user.name, user.email))


def self_of(person: Person) -> Actor:
    """Return a job seeker acting for themselves through a link."""
    return person_actor(person.pk, Channel.LINK)


_names: dict[UUID, str] = {}


def remember_names(programme: Programme) -> None:
    """Learn what everybody of a programme is called, once, instead of asking for each of them every week."""
    for row in visible_referrals(NIGHT).filter(programme=programme).select_related("person"):
        _names[row.person_id] = _name(row.person)


def key_of(person: Person) -> str:
    """Return what names a person in every run, whatever their id: the client number, else name and birth date."""
    return _names.get(person.pk) or _name(person)


def _name(person: Person) -> str:
    return person.client_number or f"{person.folded_name}|{person.birth_date}"
