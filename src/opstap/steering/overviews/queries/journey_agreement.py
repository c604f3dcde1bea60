"""The agreements of one person's way through a programme, for the page of the journey: how far each is, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from opstap.foundation.actor import Actor
from opstap.journey.agreements.enums import AgreementKind, AgreementState, SignatureState
from opstap.journey.agreements.models import Agreement
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_follow, may_see_plan


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One agreement or addendum: how many of how many have signed, and since when it counts."""

    id: UUID
    number: str
    state: AgreementState
    is_addendum: bool
    place: str
    signed: int
    asked: int
    refused: int
    in_force_on: date | None
    ended_on: date | None

    @property
    def has_file(self) -> bool:
        """Tell whether its file is kept: it went out to be signed."""
        return self.state is not AgreementState.DRAFT


@dataclass(frozen=True, slots=True)
class JourneyAgreement:
    """All agreements, newest first, and the proposals to which both said yes and that have none yet (id and place).

    `may_open` is false for who was assigned for plan and agreement only: they see how far it is, and read the file once it went out.
    """

    lines: tuple[AgreementLine, ...]
    to_make: tuple[tuple[UUID, str], ...]
    may_open: bool


def journey_agreement(actor: Actor, referral: Referral) -> JourneyAgreement:
    """Return the agreements of a person whose plan the actor may see, and nothing for anybody else. Two queries."""
    if not may_see_plan(actor, referral):
        return JourneyAgreement((), (), may_open=False)
    live = ~Q(signatures__state=SignatureState.VOID)
    counted = Agreement.objects.filter(placement__referral=referral).annotate(
        asked=Count("signatures", filter=live),
        signed=Count("signatures", filter=Q(signatures__state=SignatureState.SIGNED)),
        refused=Count("signatures", filter=Q(signatures__state=SignatureState.REFUSED)),
    )
    follows = may_follow(actor, referral)
    rows = list(counted.order_by("-created_at", "id"))
    there = {row.placement_id for row in rows if row.state != AgreementState.WITHDRAWN}
    waiting = Placement.objects.filter(referral=referral, state=PlacementState.TO_BE_AGREED).exclude(pk__in=there)
    to_make = waiting.order_by("created_at").values_list("proposal_id", "seat__place__title") if follows else ()
    return JourneyAgreement(
        lines=tuple(
            AgreementLine(
                id=row.pk,
                number=row.number,
                state=AgreementState(row.state),
                is_addendum=row.kind == AgreementKind.ADDENDUM,
                place=row.fields["job_title"],
                signed=row.signed,
                asked=row.asked,
                refused=row.refused,
                in_force_on=row.in_force_on,
                ended_on=row.ended_on,
            )
            for row in rows
        ),
        to_make=tuple(to_make),
        may_open=follows,
    )
