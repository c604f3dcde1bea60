"""What is sent is checked on the day it is sent: the instrument, the place, the load of mentor and host, the decisions of this way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.journey.eligibility.cases import AT, ON, REGION, acting, make_organisation, make_user
from tests.journey.matching.rounds import SYSTEM, draft_of, make_host, make_place, make_ready, make_round_programme, run

from opstap.engine.shared import Refused
from opstap.foundation.actor import Actor, Role
from opstap.foundation.organisations.models import Mentor, Organisation
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.models import Decision
from opstap.journey.eligibility.operations import decide_all, overrule
from opstap.journey.matching.assembly import check_pair
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import propose_by_hand, send_proposal
from opstap.journey.places.models import Place
from opstap.journey.places.operations import close_place, pause_place
from opstap.journey.referrals.models import Referral

pytestmark = pytest.mark.django_db


def by_hand(referral: Referral, place: Place, *, as_reserve: bool = False, at: datetime = AT) -> Proposal:
    """Propose the place by hand."""
    return propose_by_hand(referral=referral, place=place, motivation="", as_reserve=as_reserve, by=SYSTEM, at=at)


def code_of(referral: Referral, place: Place, *, as_reserve: bool = False, at: datetime = AT) -> str:
    """Return why a proposal by hand is refused."""
    with pytest.raises(Refused) as refused:
        by_hand(referral, place, as_reserve=as_reserve, at=at)
    return refused.value.reason.code


def test_send_goes_by_the_instrument_and_days_of_today() -> None:
    """A draft of weeks ago leaves with the instrument that is still open, and starts on the day it can still start."""
    programme = make_round_programme()
    place = make_place(programme, make_host(), instruments=("work_learning_place", "community_service"))
    referral = make_ready(programme)
    draft = draft_of(run(programme))
    Proposal.objects.filter(pk=draft.pk).update(instrument="work_experience")
    sent = send_proposal(proposal=draft, by=SYSTEM, at=AT + timedelta(days=20))
    pair = check_pair(referral, place, ON + timedelta(days=20))
    assert pair.instrument == "work_learning_place"
    assert (sent.instrument, sent.starts_on, sent.until_on) == (pair.instrument, pair.starts_on, pair.until_on)
    assert sent.starts_on == ON + timedelta(days=20)


def test_hand_refuses_a_mentor_who_is_full() -> None:
    """A mentor who guards one learner gets no second one, whatever seats the place has."""
    programme = make_round_programme()
    host = make_host()
    Mentor.objects.filter(pk=host[2].pk).update(learner_limit=1)
    place, other = make_place(programme, host, seats=2), make_place(programme, host, "kok", seats=1)
    by_hand(make_ready(programme), place)
    assert code_of(make_ready(programme), place) == "matching.mentor_full"
    assert code_of(make_ready(programme), other) == "matching.mentor_full"


def test_hand_refuses_a_host_that_is_full() -> None:
    """A host with room for one learner gets no second one."""
    programme = make_round_programme()
    host = make_host()
    Organisation.objects.filter(pk=host[0].pk).update(learner_limit=1)
    place = make_place(programme, host, seats=2)
    by_hand(make_ready(programme), place)
    assert code_of(make_ready(programme), place) == "matching.host_full"


@pytest.mark.parametrize("how", ["closed", "paused"])
def test_hand_refuses_a_reserve_for_a_place_that_is_shut(how: str) -> None:
    """A reserve needs no free seat, but it does need a place that is open."""
    programme = make_round_programme()
    place = make_place(programme, make_host())
    referral = make_ready(programme)
    if how == "closed":
        close_place(place=place, in_use=0, by=SYSTEM, at=AT)
    else:
        pause_place(place=place, return_on=ON + timedelta(days=30), reason="", by=SYSTEM, at=AT)
    assert code_of(referral, place, as_reserve=True) == f"matching.place_{how}"


def test_hand_refuses_a_place_of_another_programme() -> None:
    """Somebody is proposed places of the programme they were referred to, and of no other."""
    programme = make_round_programme()
    other = Programme.objects.create(name="Elders", starts_on=date(2023, 4, 4), municipalities=REGION, instruments=["community_service"])
    place = make_place(other, make_host())
    assert code_of(make_ready(programme), place) == "matching.may_not_decide"


def test_hand_goes_by_the_decisions_of_this_referral_only() -> None:
    """A yes in one programme opens nothing in another where nobody decided yet."""
    programme = make_round_programme()
    elsewhere = Programme.objects.create(
        name="Elders", starts_on=date(2023, 4, 4), municipalities=REGION, instruments=["work_learning_place", "community_service"]
    )
    here = make_ready(programme)
    there = Referral.objects.create(
        person=here.person, programme=elsewhere, referred_on=ON, stage="eligible", stage_since=AT, waiting_cause="no_round_yet"
    )
    assert code_of(there, make_place(elsewhere, make_host())) == "matching.decision_unknown"


def test_hand_goes_by_the_decision_of_the_open_referral_after_an_earlier_one() -> None:
    """Somebody who was overruled to a no in an earlier, closed referral is not kept out by it."""
    programme = make_round_programme()
    earlier = make_ready(programme)
    lead = _lead_of(earlier)
    for decision in Decision.objects.filter(referral=earlier):
        overrule(decision=decision, answer="no", reason="kwam nooit opdagen", by=lead, at=AT + timedelta(hours=1))
    Referral.objects.filter(pk=earlier.pk).update(stage="closed")
    again = Referral.objects.create(
        person=earlier.person, programme=programme, referred_on=ON, stage="open", stage_since=AT, waiting_cause="not_yet_decided"
    )
    decide_all(referral=again, on=ON, by=SYSTEM, at=AT)
    again.refresh_from_db()
    assert by_hand(again, make_place(programme, make_host())).state == ProposalState.SENT


def _lead_of(referral: Referral) -> Actor:
    organisation = make_organisation("OCMW")
    Referral.objects.filter(pk=referral.pk).update(counselling_organisation=organisation)
    return acting(make_user("lead", Role.TEAM_LEAD, organisation=organisation))


def test_hand_just_after_midnight_counts_the_day_in_belgium() -> None:
    """Half an hour into the first of September it is still August in Greenwich; the decision of that day holds all the same."""
    programme = make_round_programme()
    night = datetime(2023, 8, 31, 22, 30, tzinfo=UTC)
    sent = by_hand(make_ready(programme), make_place(programme, make_host(), until_on=None), at=night)
    assert sent.starts_on == ON
