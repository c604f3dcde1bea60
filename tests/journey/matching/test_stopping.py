"""Stopping somebody's way through a programme leaves nothing behind that holds a seat."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from tests.journey.eligibility.cases import AT, ON, stage_of
from tests.journey.matching.rounds import SYSTEM, draft_of, make_host, make_place, make_ready, make_round_programme, run

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, ActorKind, Grant, Role, person_actor
from opstap.journey.matching.enums import Answer, DirectiveKind, ProposalState
from opstap.journey.matching.models import Directive, Proposal
from opstap.journey.matching.operations import give_directive, propose_by_hand, record_host_answer, stop_journey
from opstap.journey.matching.queries import seats_spoken_for
from opstap.journey.placements.operations import answer_as_host, answer_as_person
from opstap.journey.referrals.enums import ClosingReason, Stage, WaitingCause
from opstap.journey.referrals.models import Referral, StageMove
from opstap.journey.referrals.operations import advance, close_referral

pytestmark = pytest.mark.django_db


def a_proposal() -> Proposal:
    """Return a proposal that was sent."""
    programme = make_round_programme()
    place = make_place(programme, make_host())
    return propose_by_hand(referral=make_ready(programme), place=place, motivation="", by=SYSTEM, at=AT)


def stop(referral: Referral, by: Actor = SYSTEM, words: str = "werk bij de bakker") -> Referral:
    """Stop with a reason."""
    return stop_journey(referral=referral, why=ClosingReason.FOUND_WORK, words=words, by=by, at=AT)


def test_stop_journey_withdraws_the_sent_proposal_and_frees_its_seat() -> None:
    """The proposal ends, the wish ends, the move says why, and an answer that comes late is refused."""
    proposal = a_proposal()
    referral = proposal.referral
    give_directive(kind=DirectiveKind.PIN, referral=referral, place=proposal.place, reason="", by=SYSTEM, at=AT)
    stop(referral)
    assert (stage_of(referral.pk), Proposal.objects.get().state) == (Stage.CLOSED, ProposalState.WITHDRAWN)
    assert seats_spoken_for([proposal.place_id], ON)[proposal.place_id] == 0
    assert Directive.objects.filter(ended_at__isnull=True).count() == 0
    reason = StageMove.objects.get(to_stage=Stage.CLOSED).reason
    assert reason == Reason("referrals.closed_found_work", {"words": "werk bij de bakker"}).as_json()
    host = Actor("host", ActorKind.PERSON, "host", (Grant(Role.HOST, proposal.place.organisation_id),))
    with pytest.raises(Refused) as refused:
        record_host_answer(proposal=proposal, answer=Answer.YES, reason="", by=host, at=AT)
    assert refused.value.reason.code == "matching.proposal_not_open"


def test_stop_journey_sets_a_draft_aside() -> None:
    """A draft that nobody sent does not outlive the referral."""
    programme = make_round_programme()
    make_place(programme, make_host())
    make_ready(programme)
    draft = draft_of(run(programme))
    stop(draft.referral)
    assert (stage_of(draft.referral_id), Proposal.objects.get().state) == (Stage.CLOSED, ProposalState.SET_ASIDE)


def test_closing_past_an_open_proposal_is_refused() -> None:
    """Neither by advancing nor by closing alone: the proposal would hold its seat for nobody."""
    proposal = a_proposal()
    step = {"to": Stage.CLOSED, "reason": Reason("people.merged"), "cause": WaitingCause.NONE}
    for act in (
        lambda: advance(referral=proposal.referral, by=SYSTEM, at=AT, **step),  # type: ignore[arg-type]  # built from a mapping
        lambda: close_referral(referral=proposal.referral, why=ClosingReason.MISTAKE, by=SYSTEM, at=AT),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason.code == "referrals.stage_cannot_follow"
    assert (stage_of(proposal.referral_id), Proposal.objects.get().state) == (Stage.PROPOSED, ProposalState.SENT)


def test_stop_journey_with_an_agreed_start_is_refused() -> None:
    """The placement ends first; until then everything stays as it is."""
    proposal = a_proposal()
    host = Actor("host", ActorKind.PERSON, "host", (Grant(Role.HOST, proposal.place.organisation_id),))
    answer_as_host(proposal=proposal, answer=Answer.YES, by=host, at=AT)
    answer_as_person(proposal=proposal, answer=Answer.YES, by=person_actor(proposal.person_id), at=AT)
    with pytest.raises(Refused) as refused:
        stop(proposal.referral)
    assert (refused.value.reason.code, stage_of(proposal.referral_id)) == ("referrals.placement_ends_first", Stage.TO_BE_AGREED)


def test_stop_journey_by_a_stranger_without_words_or_twice_is_refused() -> None:
    """Who follows the person says why, once."""
    referral = a_proposal().referral
    stranger = Actor(str(uuid4()), ActorKind.USER, "x", (Grant(Role.COUNSELLOR, uuid4()),))
    codes = []
    for by, words in ((stranger, "x"), (person_actor(referral.person_id), "x"), (SYSTEM, "  ")):
        with pytest.raises(Refused) as refused:
            stop(referral, by, words)
        codes.append(refused.value.reason.code)
    stop(referral)
    with pytest.raises(Refused) as refused:
        stop(referral)
    codes.append(refused.value.reason.code)
    assert codes == ["referrals.may_not_close", "referrals.may_not_close", "referrals.close_needs_words", "referrals.closed_already"]


def test_words_of_host_and_staff_are_unreadable_at_rest() -> None:
    """Why a host says no and why a proposal was sent may speak of health: both come back as written, and the table does not hold them."""
    proposal = a_proposal()
    host = Actor("host", ActorKind.PERSON, "host", (Grant(Role.HOST, proposal.place.organisation_id),))
    record_host_answer(proposal=proposal, answer=Answer.NO, reason="rug is te zwak", by=host, at=AT)
    kept = Proposal.objects.get(pk=proposal.pk)
    kept.decision_reason = "na een operatie"
    kept.save()
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.host_reason, fresh.decision_reason) == ("rug is te zwak", "na een operatie")
    with connection.cursor() as cursor:
        cursor.execute("SELECT host_reason, decision_reason FROM matching_proposal WHERE id = %s", [proposal.pk])
        stored = b"".join(map(bytes, cursor.fetchone()))
    assert (b"zwak" in stored, b"operatie" in stored) == (False, False)
