"""Who follows a person, who did, and with whom following them can be shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from opstap.foundation.access.models import RoleGrant, User
from opstap.foundation.actor import Actor, Role
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.programmes.enums import Part
from opstap.foundation.programmes.models import Participation
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_share
from opstap.journey.referrals.queries import assignments_of


@dataclass(frozen=True, slots=True)
class Follower:
    """One line of who follows or followed: `[from_on, until_on)`; `holds` today, `will_hold` later, `may_end` by the actor."""

    id: UUID
    organisation: str
    name: str
    scope: str
    is_main: bool
    from_on: date
    until_on: date | None
    reason: str
    given_by: str
    ended_by: str
    holds: bool
    will_hold: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation, or one counsellor of it, that can follow somebody too."""

    organisation: Organisation
    user: User | None

    @property
    def label(self) -> str:
        """How it reads in a list."""
        return f"{self.organisation.name}: {self.user.name}" if self.user else self.organisation.name


def followers_of(actor: Actor, referral: Referral, on: date) -> list[Follower]:
    """Return who follows and followed a person whose file the actor may open: who does today first. One query."""
    may = may_share(actor, referral)
    lines = []
    for row in assignments_of(actor, referral):
        is_over = row.until_on is not None and row.until_on <= on
        lines.append(
            Follower(
                id=row.pk,
                organisation=row.organisation.name,
                name=row.user.name if row.user else "",
                scope=row.scope,
                is_main=row.is_main,
                from_on=row.from_on,
                until_on=row.until_on,
                reason=row.reason,
                given_by=row.given_by,
                ended_by=row.ended_by,
                holds=not is_over and row.from_on <= on,
                will_hold=not is_over and row.from_on > on,
                may_end=may and not is_over and not row.is_main,
            )
        )
    return sorted(lines, key=lambda line: (not line.holds, not line.is_main))


def whom_to_share_with(actor: Actor, referral: Referral, on: date) -> dict[str, Partner]:
    """Return the organisations that follow people in the programme, and their counsellors, by a key for a form. Three queries."""
    if not may_share(actor, referral):
        return {}
    parts = Participation.objects.filter(programme_id=referral.programme_id, part=Part.COUNSELS)
    organisations = {row.pk: row for row in Organisation.objects.filter(pk__in=parts.values("organisation_id"))}
    held = RoleGrant.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on),
        role=Role.COUNSELLOR.value,
        organisation_id__in=organisations,
        starts_on__lte=on,
        user__is_active=True,
    )
    found = {str(key): Partner(organisation, None) for key, organisation in organisations.items()}
    for grant in held.select_related("user").order_by("user__name"):
        if grant.organisation_id is not None and grant.user_id != referral.counsellor_id:
            found[f"{grant.organisation_id}:{grant.user_id}"] = Partner(organisations[grant.organisation_id], grant.user)
    return dict(sorted(found.items(), key=lambda item: item[1].label))
