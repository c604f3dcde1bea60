"""What a side has from a yes to lasting work: an invitation with a moment, a placement with a trial day, and the person's own link."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.house.access.parted import part
from tests.journey.appointments.cases import make_placement
from tests.journey.eligibility.cases import AT, ON
from tests.journey.matching.rounds import SYSTEM, make_place

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import issue_link
from opstap.foundation.outbox.enums import RESTRAINT
from opstap.foundation.outbox.operations import Content, Recipient, note_failed, queue_message
from opstap.journey.agreements.enums import Party
from opstap.journey.agreements.operations import Scan, give_link, make_agreement, send_for_signature, sign_on_paper
from opstap.journey.appointments.enums import InvitationKind
from opstap.journey.appointments.operations import book_slot, invite, open_slots, plan_trial
from opstap.journey.followup.models import Task
from opstap.journey.referrals.enums import Scope
from opstap.journey.referrals.operations import assign

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
    _follow_up(side)
    _agree(side, placement)
    part(side)
    _fail(side)
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


def _fail(side: Side) -> None:
    """Give the person an e-mail that did not arrive, and a letter that waits."""
    recipient = Recipient(person_id=side.referral.person_id, email="weg@example.be")
    terms = {"subject_kind": "referral", "subject_id": side.referral.pk, "by": SYSTEM, "at": AT}
    content = Content("message.outcome", {}, link_purpose=LinkPurpose.PERSON_JOURNEY, link_subject=side.referral.pk)
    message = queue_message(content=content, recipient=recipient, **terms)
    assert message is not None
    for _ in range(RESTRAINT.tries):
        note_failed(message=message, reason="SMTPRecipientsRefused", by=SYSTEM, at=AT)
    queue_message(
        content=content, recipient=Recipient(person_id=side.referral.person_id, postal=("An", "Plein 1", "8400 Oostende")), **terms
    )
    side.parts["message_id"] = message.pk


def _invite(side: Side) -> None:
    starts = [AT + timedelta(days=day) for day in (1, 2, 3)]
    counsellor = side.referral.counsellor
    slots = open_slots(counsellor=counsellor, place=None, starts=starts, minutes=30, where="Stadhuis", by=SYSTEM, at=AT)
    invitation = invite(referral=side.referral, kind=InvitationKind.FIRST_TALK, by=SYSTEM, at=AT)
    side.parts |= {"slot_id": slots[0].pk, "invitation_id": invitation.pk}


def _try(side: Side, placement: Placement) -> None:
    trial = plan_trial(placement=placement, starts_at=AT + timedelta(days=1), minutes=240, by=SYSTEM, at=AT)
    side.parts["trial_id"] = trial.pk


def _follow_up(side: Side) -> None:
    """Give a task that a rule opened, a colleague who will follow the person later, and a visit to a place."""
    referral = side.referral
    owned = {"programme": side.programme, "owner": referral.counsellor, "organisation": side.partner}
    facts = {"since": "2023-08-01"}
    task = Task.objects.create(
        rule="no_contact", once=f"no_contact:{referral.pk}", referral=referral, due_on=ON, opened_at=AT, facts=facts, **owned
    )
    later = assign(
        referral=referral,
        organisation=side.partner,
        user=side.staff["colleague"],
        scope=Scope.PLAN,
        from_on=ON + timedelta(days=30),
        until_on=None,
        reason="neemt over",
        by=SYSTEM,
        at=AT,
    )
    starts = [AT + timedelta(days=4), AT + timedelta(days=5)]
    slots = open_slots(counsellor=None, place=side.place, starts=starts, minutes=60, where="Plein 1", by=SYSTEM, at=AT)
    visit = invite(referral=referral, kind=InvitationKind.VISIT, place=side.place, by=SYSTEM, at=AT)
    book_slot(invitation=visit, slot=slots[0], by=SYSTEM, at=AT)
    side.parts |= {"task_id": task.pk, "assignment_id": later.pk, "visit_id": visit.pk, "visit_slot_id": slots[1].pk}


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
