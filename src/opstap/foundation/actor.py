"""Who acts: every query and operation takes an actor, and sees no further than the actor's grants reach."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody may be for an organisation or a programme; each has one sentence in `ROLE_SENTENCES`."""

    COUNSELLOR = "counsellor"
    TEAM_LEAD = "team_lead"
    HOST = "host"
    MENTOR = "mentor"
    PLANNER = "planner"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


ROLE_SENTENCES: dict[Role, str] = {
    Role.COUNSELLOR: "Follows the own caseload: sees the case files, decides, proposes and overrules with a reason.",
    Role.TEAM_LEAD: "Sees the own organisation's caseloads, assigns counsellors and approves rule changes that others proposed.",
    Role.HOST: "Keeps the places of the own organisation right, and answers the proposals for them; sees no other case data.",
    Role.MENTOR: "Guides the learners on the own floor: notes who is there and how it goes; sees no case files.",
    Role.PLANNER: "Keeps the contracts of an employers' association and makes its roster; sees no case files and no health details.",
    Role.COORDINATOR: "Runs the programme: imports lists, runs matching rounds, decides on proposals; sees no health details.",
    Role.ADMINISTRATOR: "Keeps organisations, users and rule parameters; sees no case files.",
    Role.AUDITOR: "Sees who read and changed what, and replays decisions; changes nothing.",
}


class ActorKind(StrEnum):
    """A member of staff, a job seeker through a link or code, or the product itself in a job."""

    USER = "user"
    PERSON = "person"
    SYSTEM = "system"


class Channel(StrEnum):
    """The door through which something was done; all doors open on the same operations."""

    WEB = "web"
    LINK = "link"
    CODE = "code"
    DESK = "desk"
    JOB = "job"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Grant:
    """One role, within one organisation and/or one programme; None means not limited by it.

    With a `subject_id` it is the role for that one thing (a proposal, a place) and for nothing else, not even at that organisation.
    """

    role: Role
    organisation_id: UUID | None = None
    programme_id: UUID | None = None
    subject_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who reads or changes something, and through which door.

    `id` is the user's or person's id as text; `person_id` is set for a job seeker acting for themselves, and `only_id` when they
    came in by a letter about one thing: they answer for that one only. `purpose` is why a case file is opened.
    """

    id: str
    kind: ActorKind
    label: str
    grants: tuple[Grant, ...] = ()
    channel: Channel = Channel.WEB
    person_id: UUID | None = None
    purpose: str = ""
    only_id: UUID | None = None

    def has(self, *roles: Role) -> bool:
        """Tell whether the actor holds one of the roles, for more than one thing."""
        return any(grant.role in roles and grant.subject_id is None for grant in self.grants)

    def organisation_ids(self, *roles: Role) -> frozenset[UUID]:
        """Return the organisations for which the actor holds one of the roles, wholly."""
        wholly = (grant for grant in self.grants if grant.role in roles and grant.subject_id is None)
        return frozenset(grant.organisation_id for grant in wholly if grant.organisation_id)

    def programme_ids(self, *roles: Role) -> frozenset[UUID]:
        """Return the programmes for which the actor holds one of the roles, wholly."""
        wholly = (grant for grant in self.grants if grant.role in roles and grant.subject_id is None)
        return frozenset(grant.programme_id for grant in wholly if grant.programme_id)

    def subject_ids(self, *roles: Role) -> frozenset[UUID]:
        """Return the single things for which the actor holds one of the roles: what a link opened."""
        return frozenset(grant.subject_id for grant in self.grants if grant.role in roles and grant.subject_id)

    @property
    def user_id(self) -> UUID | None:
        """The user's id, or None for a job seeker or the product itself."""
        return UUID(self.id) if self.kind is ActorKind.USER else None

    @property
    def role_words(self) -> str:
        """The roles held, for an audit row: "coordinator, counsellor"."""
        return ", ".join(sorted({grant.role.value for grant in self.grants})) or self.kind.value

    def for_purpose(self, purpose: str) -> Actor:
        """Return the same actor, opening something for this purpose."""
        return replace(self, purpose=purpose)

    def acting_for(self, role: Role, subject_id: UUID) -> Actor:
        """Return the same actor with a role for one thing, for the part of an operation that a later permission has already allowed."""
        return replace(self, grants=(*self.grants, Grant(role, subject_id=subject_id)))


def system_actor(label: str, channel: Channel = Channel.JOB) -> Actor:
    """Return the product itself as actor: for jobs and commands; it has no grants and reads only what operations hand it."""
    return Actor(id=f"system:{label}", kind=ActorKind.SYSTEM, label=label, channel=channel)


def person_actor(person_id: UUID, channel: Channel = Channel.LINK, only_id: UUID | None = None) -> Actor:
    """Return a job seeker acting for themselves through a link or code; with `only_id` the letter speaks of that one thing."""
    return Actor(id=str(person_id), kind=ActorKind.PERSON, label="job seeker", channel=channel, person_id=person_id, only_id=only_id)


def anybody() -> Actor:
    """Return whoever reads what is public: without name, role or file, so without reach."""
    return Actor(id="anybody", kind=ActorKind.PERSON, label="anybody")
