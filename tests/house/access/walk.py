"""What a side has from a yes to lasting work: an invitation with a moment, a placement with a trial day, and the person's own link."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.journey.appointments.cases import make_placement
from tests.journey.eligibility.cases import AT
from tests.journey.matching.rounds import SYSTEM, make_place

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import issue_link
from opstap.journey.appointments.enums import InvitationKind
from opstap.journey.appointments.operations import invite, open_slots, plan_trial

if TYPE_CHECKING:
    from tests.house.access.world import Side

    from opstap.journey.placements.models import Placement


def walk_on(side: Side) -> None:
    """Give the first person of the side everything that comes after a yes, and a link to their own page."""
    _invite(side)
    placement = make_placement(side.referral, make_place(side.programme, side.hosting, f"bibliotheek {side.name}", half_days=1 << 8))
    side.parts["placement_id"] = placement.pk
    _try(side, placement)
    side.parts["journey_token"] = issue_link(
        purpose=LinkPurpose.PERSON_JOURNEY,
        subject_id=side.referral.pk,
        person_id=side.referral.person_id,
        organisation_id=None,
        address=None,
        expires_at=AT + timedelta(days=30),
        by=SYSTEM,
        at=AT,
    ).token


def _invite(side: Side) -> None:
    starts = [AT + timedelta(days=day) for day in (1, 2, 3)]
    counsellor = side.referral.counsellor
    slots = open_slots(counsellor=counsellor, place=None, starts=starts, minutes=30, where="Stadhuis", by=SYSTEM, at=AT)
    invitation = invite(referral=side.referral, kind=InvitationKind.FIRST_TALK, by=SYSTEM, at=AT)
    side.parts |= {"slot_id": slots[0].pk, "invitation_id": invitation.pk}


def _try(side: Side, placement: Placement) -> None:
    trial = plan_trial(placement=placement, starts_at=AT + timedelta(days=1), minutes=240, by=SYSTEM, at=AT)
    side.parts["trial_id"] = trial.pk
