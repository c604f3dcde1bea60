"""Who may come to this desk, and whose file: what is out of reach does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest

from opstap.foundation.actor import Actor, Role
from opstap.journey.referrals.queries import followed_referral, shared_referral
from opstap.ui.addresses import reverse
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from opstap.journey.referrals.enums import Scope
    from opstap.journey.referrals.models import Referral


def staff_of(request: HttpRequest) -> Actor:
    """Return the counsellor or team lead who asks; raises Http404 for anybody else."""
    actor = actor_of(request)
    if not actor.has(Role.COUNSELLOR, Role.TEAM_LEAD):
        raise Http404
    return actor


def followed(request: HttpRequest, referral_id: UUID) -> tuple[Actor, Referral]:
    """Return who asks and the referral whose file they may open; raises Http404 when there is none within reach."""
    actor = staff_of(request)
    referral = followed_referral(actor, referral_id)
    if referral is None:
        raise Http404
    return actor, referral


def shared(request: HttpRequest, referral_id: UUID) -> tuple[Actor, Referral, frozenset[Scope]]:
    """Return who asks, a referral and how far they may follow it; raises Http404 when not at all."""
    actor = staff_of(request)
    found = shared_referral(actor, referral_id)
    if found is None:
        raise Http404
    return actor, *found


def journey_url(referral_id: UUID, section: str = "") -> str:
    """Return the address of somebody's journey, at one of its sections if named."""
    address = reverse("counsellor:journey", args=[referral_id])
    return f"{address}#{section}" if section else address


def case_url(referral_id: UUID, section: str = "") -> str:
    """Return the address of a case file, at one of its sections if named."""
    address = reverse("counsellor:case_file", args=[referral_id])
    return f"{address}#{section}" if section else address
