"""A yes makes a placement only while a decision still carries it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journey.eligibility.cases import AT, ON, stage_of
from tests.journey.matching.rounds import SYSTEM, make_host, make_place, make_ready, make_round_programme

from opstap.foundation.actor import Actor, ActorKind, Grant, Role, person_actor
from opstap.journey.eligibility.operations import decide_all
from opstap.journey.matching.enums import Answer, ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import propose_by_hand
from opstap.journey.matching.queries import seats_spoken_for
from opstap.journey.people.models import Person
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import Outcome, answer_as_host, answer_as_person
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import StageMove

pytestmark = pytest.mark.django_db


def test_second_yes_after_the_decision_turned_frees_the_seat_at_once() -> None:
    """Sent while the way was open; the person moved out of the region and was decided again: the host's yes takes it back."""
    programme = make_round_programme()
    place = make_place(programme, make_host())
    referral = make_ready(programme)
    proposal = propose_by_hand(referral=referral, place=place, motivation="", by=SYSTEM, at=AT)
    answer_as_person(proposal=proposal, answer=Answer.YES, by=person_actor(referral.person_id), at=AT)
    Person.objects.filter(pk=referral.person_id).update(municipality="Gent")
    decide_all(referral=referral, on=ON + timedelta(days=1), by=SYSTEM, at=AT + timedelta(days=1))
    host = Actor(id="host", kind=ActorKind.PERSON, label="host", grants=(Grant(Role.HOST, organisation_id=place.organisation_id),))
    later = AT + timedelta(days=1)
    result = answer_as_host(proposal=Proposal.objects.get(pk=proposal.pk), answer=Answer.YES, by=host, at=later)
    assert result.outcome is Outcome.DECISION_TURNED
    assert Placement.objects.count() == 0
    assert Proposal.objects.get().state == ProposalState.WITHDRAWN
    assert seats_spoken_for([place.pk], ON)[place.pk] == 0
    moved = StageMove.objects.get(referral=referral, to_stage=Stage.ELIGIBLE, from_stage=Stage.PROPOSED)
    assert (moved.reason["code"], stage_of(referral.pk)) == ("matching.no_decision", Stage.NOT_ELIGIBLE)
