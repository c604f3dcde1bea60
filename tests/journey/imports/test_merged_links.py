"""What somebody holds in their hands keeps working after their records became one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import make_person
from tests.journey.eligibility.cases import AT
from tests.journey.matching.rounds import SYSTEM, make_host, make_place, make_ready, make_round_programme

from opstap.foundation.access.queries import link_actor, link_by_token, works
from opstap.journey.imports.operations import merge_records
from opstap.journey.matching.enums import Answer, LetterChannel, ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import issue_letter, propose_by_hand
from opstap.journey.placements.operations import answer_as_person
from opstap.journey.referrals.models import Referral

pytestmark = pytest.mark.django_db


def test_link_in_a_mailbox_still_answers_after_a_merge() -> None:
    """The proposal goes on under the kept record; the letter that was sent for the other one still opens and answers it."""
    programme = make_round_programme()
    referral = make_ready(programme)
    proposal = propose_by_hand(referral=referral, place=make_place(programme, make_host()), motivation="", by=SYSTEM, at=AT)
    issued = issue_letter(proposal=proposal, channel=LetterChannel.EMAIL, recipient="an@example.be", by=SYSTEM, at=AT)
    merge_records(keep=make_person(), other=referral.person, within=Referral.objects.none(), by=SYSTEM, at=AT + timedelta(hours=1))
    link = link_by_token(issued.link.token)
    assert link is not None
    assert works(link, AT + timedelta(hours=2))
    found = Proposal.objects.get(pk=proposal.pk)
    answer_as_person(proposal=found, answer=Answer.YES, by=link_actor(link), at=AT + timedelta(hours=2))
    found.refresh_from_db()
    assert (found.state, found.person_answer) == (ProposalState.SENT, "yes")
