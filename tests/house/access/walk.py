"""What a side has from a yes to lasting work: an invitation with a moment, a placement with a trial day, and the person's own link."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.journey.appointments.cases import make_placement
from tests.journey.eligibility.cases import AT
from tests.journey.matching.rounds import SYSTEM, make_place

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import issue_link
from opstap.journey.agreements.enums import Party
from opstap.journey.agreements.operations import Scan, give_link, make_agreement, send_for_signature, sign_on_paper
from opstap.journey.appointments.enums import InvitationKind
from opstap.journey.appointments.operations import invite, open_slots, plan_trial

if TYPE_CHECKING:
    from tests.house.access.world import Side

    from opstap.journey.placements.models import Placement


LIBRARY: dict[str, object] = {"half_days": 1 << 8, "teaches": ("op tijd komen",)}
SCAN = Scan(b"%PDF-1.7 een scan")


def walk_on(side: Side) -> None:
    """Give the first person of the side everything that comes after a yes, and a link to their own page."""
    _invite(side)
    placement = make_placement(side.referral, make_place(side.programme, side.hosting, f"bibliotheek {side.name}", **LIBRARY))
    side.parts["placement_id"] = placement.pk
    _try(side, placement)
    _agree(side, placement)
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


def _agree(side: Side, placement: Placement) -> None:
    """Send the agreement: the partner signed on paper, person and host still have to."""
    sent = send_for_signature(agreement=make_agreement(placement=placement, by=SYSTEM, at=AT), by=SYSTEM, at=AT)
    by_party = {Party(row.party): row for row in sent.signatures.select_related("agreement__placement__seat")}
    sign_on_paper(signature=by_party[Party.PARTNER], scan=SCAN, by=SYSTEM, at=AT)
    side.parts |= {
        "placed_id": placement.proposal_id,
        "agreement_id": sent.pk,
        "signature_id": by_party[Party.HOST].pk,
        "paper_id": by_party[Party.PARTNER].pk,
        "sign_token": give_link(signature=by_party[Party.HOST], by=SYSTEM, at=AT).token,
    }
