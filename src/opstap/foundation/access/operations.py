"""Making users, giving and ending roles, and handing out links; each with its audit row."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import Q

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.models import AccessLink, CodeAttempt, RoleGrant, User
from opstap.foundation.access.permissions import may_give_links, may_manage_role, may_manage_roles, may_renew_link
from opstap.foundation.access.queries import CODE_ALPHABET, code_hash, token_hash
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.fields import Retention, kept_since


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link at the one moment at which its token and code are known."""

    link: AccessLink
    token: str
    code: str

    @property
    def spoken_code(self) -> str:
        """The code in two groups of five, as it is printed."""
        return f"{self.code[:5]}-{self.code[5:]}"


@operation
def create_user(*, email: str, name: str, password: str | None = None, by: Actor, at: datetime) -> User:
    """Return a new user, or the existing one with this e-mail address. Raises `Refused` when the actor may not manage users."""
    if not may_manage_roles(by, organisation_id=None):
        raise Refused(Reason("access.may_not_manage_users"))
    user = User.objects.filter(email=email.strip().lower()).first() or User.objects.create_user(email, password, name=name)
    record(by=by, at=at, action="create_user", subject_kind="user", subject_id=user.pk)
    return user


@operation
def give_role(
    *, user: User, role: Role, organisation_id: UUID | None, programme_id: UUID | None, starts_on: date, by: Actor, at: datetime
) -> RoleGrant:
    """Give a role from a day on.

    Raises `Refused` for a role to oneself, for an organisation one does not manage, and for a role that reaches beyond it.
    """
    may = may_manage_role(by, role, organisation_id=organisation_id, programme_id=programme_id)
    if not may or by.id == str(user.pk):
        raise Refused(Reason("access.may_not_give_role", {"role": role.value}))
    grant, _ = RoleGrant.objects.get_or_create(
        user=user,
        role=role.value,
        organisation_id=organisation_id,
        programme_id=programme_id,
        until_on=None,
        defaults={"starts_on": starts_on},
    )
    record(by=by, at=at, action="give_role", subject_kind="user", subject_id=user.pk, facts={"role": role.value})
    return grant


@operation
def end_role(*, grant: RoleGrant, on: date, by: Actor, at: datetime) -> RoleGrant:
    """End a role; it no longer counts from this day's next request."""
    if not may_manage_role(by, Role(grant.role), organisation_id=grant.organisation_id, programme_id=grant.programme_id):
        raise Refused(Reason("access.may_not_give_role", {"role": grant.role}))
    if on <= grant.starts_on:
        grant.delete()
    else:
        grant.until_on = on
        grant.save(update_fields=["until_on"])
    record(by=by, at=at, action="end_role", subject_kind="user", subject_id=grant.user_id, facts={"role": grant.role})
    return grant


@operation
def issue_link(
    *,
    purpose: LinkPurpose,
    subject_id: UUID,
    person_id: UUID | None,
    organisation_id: UUID | None,
    address: str | None,
    expires_at: datetime,
    by: Actor,
    at: datetime,
) -> NewLink:
    """Return a fresh link (128 random bits) and short code (10 characters, 49 bits) that open one thing until `expires_at`.

    Raises `Refused` for who gives nobody links: what it opens is checked by the room that asks for it.
    """
    if not may_give_links(by):
        raise Refused(Reason("access.may_not_give_link"))
    new = _new_link(purpose, subject_id, (person_id, organisation_id), address, (at, expires_at))
    record(by=by, at=at, action="issue_link", subject_kind=purpose.value, subject_id=subject_id, person_id=person_id)
    return new


def _new_link(
    purpose: LinkPurpose,
    subject_id: UUID,
    party: tuple[UUID | None, UUID | None],
    address: str | None,
    period: tuple[datetime, datetime],
) -> NewLink:
    """Write a fresh link; `party` is the person and the organisation, `period` [made, expires)."""
    token = secrets.token_urlsafe(16)
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(10))
    link = AccessLink(
        purpose=purpose.value,
        subject_id=subject_id,
        person_id=party[0],
        organisation_id=party[1],
        token_hash=token_hash(token),
        code_hash=code_hash(code),
        created_at=period[0],
        expires_at=period[1],
    )
    link.address = address
    link.save()
    return NewLink(link, token, code)


@operation
def renew_link(*, link: AccessLink, expires_at: datetime, by: Actor, at: datetime) -> NewLink:
    """Replace a link by a fresh one for the same party, purpose and address; the old one stops working.

    Raises `Refused` for who neither gives links nor is the link's own party, and for a link that was stopped or replaced before.
    """
    row = AccessLink.objects.select_for_update().get(pk=link.pk)
    if not may_renew_link(by, row):
        raise Refused(Reason("access.may_not_give_link"))
    if row.revoked_at is not None:
        raise Refused(Reason("access.link_stopped"))
    purpose = LinkPurpose(row.purpose)
    new = _new_link(purpose, row.subject_id, (row.person_id, row.organisation_id), row.address, (at, expires_at))
    link.revoked_at = at
    link.replaced_by = new.link
    link.save(update_fields=["revoked_at", "replaced_by"])
    record(by=by, at=at, action="issue_link", subject_kind=purpose.value, subject_id=row.subject_id, person_id=row.person_id)
    return new


@operation
def revoke_links(*, purpose: LinkPurpose, subject_id: UUID, by: Actor, at: datetime) -> int:
    """Stop every link of this purpose to this subject; return how many stopped. Raises `Refused` for who gives nobody links."""
    if not may_give_links(by):
        raise Refused(Reason("access.may_not_give_link"))
    stopped = AccessLink.objects.filter(purpose=purpose.value, subject_id=subject_id, revoked_at__isnull=True).update(revoked_at=at)
    record(by=by, at=at, action="revoke_links", subject_kind=purpose.value, subject_id=subject_id, facts={"count": stopped})
    return stopped


@operation
def note_wrong_code(*, source_hash: str, by: Actor, at: datetime) -> None:
    """Count a wrong short code from a source, so that guessing is slowed down there and nowhere else."""
    CodeAttempt.objects.create(source_hash=source_hash, at=at)
    record(by=by, at=at, action="wrong_code", subject_kind="code", subject_id="", facts={"source": source_hash[:12]})


@operation
def forget_ended(*, by: Actor, at: datetime) -> dict[str, int]:
    """Remove what has no holder any more: links that ended, wrong codes counted, sessions that ran out; return how many of each.

    Links and codes go when their term after the end is over, sessions as soon as they no longer open anything. Raises `Refused` for
    anybody but the product itself.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise Refused(Reason("access.only_the_product_forgets"))
    before = kept_since(Retention.TECHNICAL, at)
    ended = {
        "link": AccessLink.objects.filter(Q(revoked_at__lt=before) | Q(expires_at__lt=before)),
        "code": CodeAttempt.objects.filter(at__lt=before),
        "session": Session.objects.filter(expire_date__lt=at),
    }
    removed = {kind: rows.delete()[0] for kind, rows in ended.items()}
    for kind, count in removed.items():
        record(by=by, at=at, action="forget_ended", subject_kind=kind, subject_id="", facts={"removed": count})
    return removed
