"""A link opens one thing: what stands behind it refuses everything else, whatever the desk shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.journey.eligibility.cases import AT, ON
from tests.journey.matching.rounds import SYSTEM, make_host, make_place, make_ready, make_round_programme

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import issue_link
from opstap.foundation.access.queries import link_actor
from opstap.foundation.actor import Actor, ActorKind, Grant, Role, person_actor
from opstap.journey.matching.enums import Answer, DirectiveKind, LetterChannel, ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import give_directive, issue_letter, note_letter_sent, propose_by_hand, settle_proposal
from opstap.journey.matching.queries import host_proposals, visible_proposals
from opstap.journey.placements.operations import answer_as_host, answer_as_person
from opstap.journey.places.models import Place
from opstap.journey.places.operations import close_place, confirm_place, pause_place
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.operations import advance

pytestmark = pytest.mark.django_db


def two_proposals() -> tuple[Proposal, Proposal]:
    """Return two sent proposals at places of one host organisation."""
    programme, host = make_round_programme(), make_host()
    places = [make_place(programme, host, title) for title in ("tuinier", "magazijnier")]
    one, other = (propose_by_hand(referral=make_ready(programme), place=place, motivation="", by=SYSTEM, at=AT) for place in places)
    return one, other


def host_by_link(purpose: LinkPurpose, subject_id: UUID, place: Place) -> Actor:
    """Return who comes in through a link of the host organisation."""
    new = issue_link(
        purpose=purpose,
        subject_id=subject_id,
        person_id=None,
        organisation_id=place.organisation_id,
        address=None,
        expires_at=AT + timedelta(days=10),
        by=SYSTEM,
        at=AT,
    )
    return link_actor(new.link)


def refusal(act: Callable[[], object]) -> str:
    """Return the code with which an act is refused."""
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.reason.code


def test_host_link_answers_its_own_proposal_alone() -> None:
    """The other proposal of the same organisation is neither seen nor answered."""
    one, other = two_proposals()
    host = host_by_link(LinkPurpose.HOST_PROPOSAL, one.pk, one.place)
    assert [row.pk for row in visible_proposals(host)] == [one.pk]
    assert [row.pk for row in host_proposals(host)] == [one.pk]
    assert refusal(lambda: answer_as_host(proposal=other, answer=Answer.YES, by=host, at=AT)) == "matching.may_not_answer"
    no = answer_as_host(proposal=one, answer=Answer.NO, reason="te ver", for_good=True, by=host, at=AT)
    assert (no.proposal.state, no.proposal.referral.stage) == (ProposalState.DECLINED, Stage.ELIGIBLE)


def test_host_link_keeps_nobody_else_away_and_changes_no_place() -> None:
    """A refusal for good is about the person proposed; a place is closed or paused by who logs in."""
    one, other = two_proposals()
    host = host_by_link(LinkPurpose.HOST_PROPOSAL, one.pk, one.place)
    refused = {"kind": DirectiveKind.HOST_REFUSAL, "reason": "", "by": host, "at": AT}
    assert refusal(lambda: give_directive(referral=other.referral, place=other.place, **refused)) == "matching.may_not_ask"  # type: ignore[arg-type]  # built from a mapping
    assert refusal(lambda: close_place(place=one.place, in_use=0, by=host, at=AT)) == "places.may_not_keep"
    assert refusal(lambda: confirm_place(place=one.place, by=host, at=AT)) == "places.may_not_keep"


def test_link_of_a_place_confirms_and_pauses_it_and_does_nothing_more() -> None:
    """One click says it is still right, or pauses it; closing it, another place and proposals stay closed."""
    one, other = two_proposals()
    host = host_by_link(LinkPurpose.HOST_PLACE, one.place_id, one.place)
    later = AT + timedelta(days=1)
    assert confirm_place(place=one.place, by=host, at=later).confirmed_at == later
    assert refusal(lambda: confirm_place(place=other.place, by=host, at=later)) == "places.may_not_keep"
    back = ON + timedelta(days=30)
    assert pause_place(place=one.place, return_on=back, reason="", by=host, at=AT).paused_until == back
    assert refusal(lambda: pause_place(place=other.place, return_on=back, reason="", by=host, at=AT)) == "places.may_not_keep"
    assert refusal(lambda: close_place(place=one.place, in_use=0, by=host, at=AT)) == "places.may_not_keep"
    assert list(host_proposals(host)) == []


def test_person_link_answers_the_proposal_of_the_letter_alone() -> None:
    """Somebody's old letter does not answer what was proposed later."""
    one, _other = two_proposals()
    late = person_actor(one.person_id, only_id=uuid4())
    assert refusal(lambda: answer_as_person(proposal=one, answer=Answer.YES, by=late, at=AT)) == "matching.may_not_answer"
    own = person_actor(one.person_id, only_id=one.pk)
    assert answer_as_person(proposal=one, answer=Answer.YES, by=own, at=AT).proposal.person_answer == "yes"


def test_settle_proposal_by_a_stranger_or_from_a_wrong_state_is_refused() -> None:
    """Only one of the parties settles, and only what was sent."""
    one, _other = two_proposals()
    stranger = Actor("x", ActorKind.PERSON, "x", (Grant(Role.HOST, uuid4()),))
    settle = {"proposal": one, "state": ProposalState.ACCEPTED, "at": AT}
    assert refusal(lambda: settle_proposal(by=stranger, **settle)) == "matching.may_not_decide"  # type: ignore[arg-type]  # built from a mapping
    Proposal.objects.filter(pk=one.pk).update(state=ProposalState.LAPSED)
    assert refusal(lambda: settle_proposal(by=SYSTEM, **settle)) == "matching.proposal_not_open"  # type: ignore[arg-type]  # built from a mapping


def test_note_letter_sent_by_a_host_is_refused() -> None:
    """Who may not propose does not say that a letter left."""
    one, _other = two_proposals()
    letter = issue_letter(proposal=one, channel=LetterChannel.EMAIL, recipient="an@example.be", by=SYSTEM, at=AT).letter
    host = Actor("host", ActorKind.PERSON, "host", (Grant(Role.HOST, one.place.organisation_id),))
    assert refusal(lambda: note_letter_sent(letter=letter, digest="", by=host, at=AT)) == "matching.may_not_decide"


def test_advance_by_a_host_outside_its_answer_is_refused() -> None:
    """A host moves nobody along but by answering."""
    one, _other = two_proposals()
    host = Actor("host", ActorKind.PERSON, "host", (Grant(Role.HOST, one.place.organisation_id),))
    step = {"to": Stage.ELIGIBLE, "reason": Reason("matching.answered"), "cause": WaitingCause.NO_ROUND_YET}
    assert refusal(lambda: advance(referral=one.referral, by=host, at=AT, **step)) == "referrals.may_not_move"  # type: ignore[arg-type]  # built from a mapping
