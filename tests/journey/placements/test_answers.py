"""Two yeses make a placement; a seat is never given twice; a no frees it at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.types.range import DateRange
from tests.journey.eligibility.cases import AT, ON, stage_of
from tests.journey.matching.rounds import SYSTEM, make_host, make_place, make_ready, make_round_programme, run

from opstap.engine.shared import Refused
from opstap.foundation.actor import Actor, ActorKind, Grant, Role, person_actor
from opstap.foundation.organisations.models import Mentor, Organisation, Site
from opstap.journey.matching.enums import Answer, ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import lapse_proposal, propose_by_hand, withdraw_proposal
from opstap.journey.matching.queries import learners_spoken_for, seats_spoken_for
from opstap.journey.placements.models import Placement, PlacementHalfDay
from opstap.journey.placements.operations import Outcome, answer_as_host, answer_as_person, cancel_placement
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral

pytestmark = pytest.mark.django_db


def host_of(place: Place) -> Actor:
    """Return somebody of the host organisation."""
    return Actor("host", ActorKind.PERSON, "host", (Grant(Role.HOST, place.organisation_id),))


def the_person(referral: Referral) -> Actor:
    """Return the job seeker."""
    return person_actor(referral.person_id)


def a_proposal(seats: int = 1) -> Proposal:
    """Return a proposal that was sent by hand."""
    programme = make_round_programme()
    place = make_place(programme, make_host(), seats=seats)
    return propose_by_hand(referral=make_ready(programme), place=place, motivation="fits", by=SYSTEM, at=AT)


def both_say_yes(proposal: Proposal) -> Outcome:
    """Let host and person say yes."""
    answer_as_host(proposal=proposal, answer=Answer.YES, by=host_of(proposal.place), at=AT)
    return answer_as_person(proposal=proposal, answer=Answer.YES, by=the_person(proposal.referral), at=AT).outcome


def test_two_yeses_make_a_placement_to_be_agreed() -> None:
    """The seat, the period and the half-days are held, and the person stands at "to be agreed"."""
    proposal = a_proposal()
    assert both_say_yes(proposal) is Outcome.PLACED
    placement = Placement.objects.get()
    assert (placement.state, placement.period) == ("to_be_agreed", DateRange(ON, date(2024, 3, 1)))
    assert [row.half_day for row in PlacementHalfDay.objects.all()] == [0]
    assert stage_of(proposal.referral_id) == "to_be_agreed"


def test_one_yes_waits_for_the_other() -> None:
    """After the person's yes the host is waited for, and nothing is placed."""
    proposal = a_proposal()
    result = answer_as_person(proposal=proposal, answer=Answer.YES, by=the_person(proposal.referral), at=AT)
    assert result.outcome is Outcome.RECORDED
    assert Referral.objects.get().waiting_cause == "host_answer"
    assert Placement.objects.count() == 0


@pytest.mark.parametrize("who", ["person", "host"])
def test_a_no_frees_the_seat_at_once(who: str) -> None:
    """A no of either party ends the proposal and the person waits for another place."""
    proposal = a_proposal()
    if who == "person":
        answer_as_person(proposal=proposal, answer=Answer.NO, by=the_person(proposal.referral), at=AT)
    else:
        answer_as_host(proposal=proposal, answer=Answer.NO, reason="full", by=host_of(proposal.place), at=AT)
    assert seats_spoken_for([proposal.place_id], ON)[proposal.place_id] == 0
    assert stage_of(proposal.referral_id) == "eligible"


def test_host_no_without_reason_is_refused() -> None:
    """The host says why, since the next round learns from it."""
    proposal = a_proposal()
    with pytest.raises(Refused) as refused:
        answer_as_host(proposal=proposal, answer=Answer.NO, by=host_of(proposal.place), at=AT)
    assert refused.value.reason.code == "matching.decline_needs_reason"


def test_call_me_keeps_the_seat_and_asks_for_a_call() -> None:
    """A wish to be called is no answer yet: the proposal stays open and somebody sees that a call is wanted."""
    proposal = a_proposal()
    answer_as_person(proposal=proposal, answer=Answer.CALL_ME, by=the_person(proposal.referral), at=AT)
    assert seats_spoken_for([proposal.place_id], ON)[proposal.place_id] == 1
    assert Referral.objects.get().waiting_cause == "person_wants_call"


def test_second_person_on_the_last_seat_hears_that_it_is_taken() -> None:
    """A reserve who says yes after the seat went is told so, and waits for another place."""
    first = a_proposal()
    other = make_ready(first.referral.programme)
    reserve = propose_by_hand(referral=other, place=first.place, motivation="", as_reserve=True, by=SYSTEM, at=AT)
    assert both_say_yes(first) is Outcome.PLACED
    assert both_say_yes(reserve) is Outcome.SEAT_TAKEN
    assert Placement.objects.count() == 1
    assert (stage_of(other.pk), Proposal.objects.get(pk=reserve.pk).state) == ("eligible", ProposalState.SEAT_TAKEN)


def test_proposal_for_a_full_place_is_refused_unless_as_reserve() -> None:
    """A place whose seats are spoken for cannot be proposed again."""
    first = a_proposal()
    other = make_ready(first.referral.programme)
    with pytest.raises(Refused) as refused:
        propose_by_hand(referral=other, place=first.place, motivation="", by=SYSTEM, at=AT)
    assert refused.value.reason.code == "matching.no_free_seat"


def test_proposal_by_hand_against_a_rule_is_refused_with_the_obstacle() -> None:
    """The same rules hold by hand as in a round."""
    programme = make_round_programme()
    place = make_place(programme, make_host(), dutch_level="C1")
    with pytest.raises(Refused) as refused:
        propose_by_hand(referral=make_ready(programme), place=place, motivation="", by=SYSTEM, at=AT)
    assert "dutch" in refused.value.reason.code


@pytest.mark.parametrize("who", ["stranger", "other_host"])
def test_answer_by_somebody_else_is_refused(who: str) -> None:
    """Nobody answers for another person or another organisation."""
    proposal = a_proposal()
    if who == "stranger":
        with pytest.raises(Refused):
            answer_as_person(proposal=proposal, answer=Answer.YES, by=person_actor(proposal.place_id), at=AT)
    else:
        other = Actor("x", ActorKind.PERSON, "x", (Grant(Role.HOST, proposal.person_id),))
        with pytest.raises(Refused):
            answer_as_host(proposal=proposal, answer=Answer.YES, by=other, at=AT)
    assert Proposal.objects.get().person_answer == ""


def test_answer_to_a_withdrawn_proposal_is_refused() -> None:
    """What was withdrawn cannot be answered any more."""
    proposal = a_proposal()
    withdraw_proposal(proposal=proposal, reason="host closed", by=SYSTEM, at=AT)
    with pytest.raises(Refused) as refused:
        answer_as_person(proposal=proposal, answer=Answer.YES, by=the_person(proposal.referral), at=AT)
    assert refused.value.reason.facts == {"state": "withdrawn"}


def test_proposal_lapses_only_after_its_time() -> None:
    """Before the last moment lapsing is refused; at that moment the seat is free."""
    proposal = a_proposal()
    with pytest.raises(Refused):
        lapse_proposal(proposal=proposal, by=SYSTEM, at=AT)
    lapse_proposal(proposal=proposal, by=SYSTEM, at=AT + timedelta(days=10))
    assert seats_spoken_for([proposal.place_id], ON)[proposal.place_id] == 0


def test_cancelled_placement_frees_seat_and_half_days() -> None:
    """A placement that is called off leaves no trace on the seat; the person can be placed there again."""
    proposal = a_proposal()
    both_say_yes(proposal)
    cancel_placement(placement=Placement.objects.get(), reason="moved away", by=SYSTEM, at=AT)
    assert PlacementHalfDay.objects.count() == 0
    again = propose_by_hand(referral=Referral.objects.get(), place=proposal.place, motivation="", by=SYSTEM, at=AT)
    assert both_say_yes(again) is Outcome.PLACED


def test_words_of_an_end_are_unreadable_at_rest() -> None:
    """Why work was called off may speak of health: it comes back as written, and the table does not hold it."""
    both_say_yes(a_proposal())
    placement = Placement.objects.get()
    cancel_placement(placement=placement, reason="rug is te zwak", by=SYSTEM, at=AT)
    assert Placement.objects.get().end_reason == "rug is te zwak"
    with connection.cursor() as cursor:
        cursor.execute("SELECT end_reason FROM placements_placement WHERE id = %s", [placement.pk])
        (stored,) = cursor.fetchone()
    assert b"zwak" not in bytes(stored)


def test_database_refuses_a_seat_twice() -> None:
    """Even past all checks, the database does not give one seat to two people for overlapping days."""
    proposal = a_proposal()
    both_say_yes(proposal)
    first = Placement.objects.get()
    other = propose_by_hand(
        referral=make_ready(proposal.referral.programme), place=proposal.place, motivation="", as_reserve=True, by=SYSTEM, at=AT
    )
    with pytest.raises(IntegrityError, match="one_person_per_seat"), transaction.atomic():
        Placement.objects.create(
            proposal=other,
            referral=other.referral,
            person_id=other.person_id,
            seat=first.seat,
            instrument="community_service",
            period=DateRange(date(2024, 1, 1), date(2024, 2, 1)),
            state="to_be_agreed",
            created_by="test",
            created_at=AT,
        )


def test_reserve_does_not_win_from_a_mentor_who_is_full() -> None:
    """A reserve's two yeses win no seat when the mentor already guides as many as they may, at another place."""
    first = a_proposal()
    Mentor.objects.filter(pk=first.place.mentor_id).update(learner_limit=1)
    other_place = make_place(first.referral.programme, _host_of(first.place), "kok")
    reserve = propose_by_hand(
        referral=make_ready(first.referral.programme), place=other_place, motivation="", as_reserve=True, by=SYSTEM, at=AT
    )
    assert both_say_yes(first) is Outcome.PLACED
    assert both_say_yes(reserve) is Outcome.SEAT_TAKEN
    assert learners_spoken_for(first.place, ON) == (1, 1)


def test_reserve_does_not_win_from_a_host_that_is_full() -> None:
    """Nor when the host receives as many people as it can."""
    first = a_proposal(seats=2)
    Organisation.objects.filter(pk=first.place.organisation_id).update(learner_limit=1)
    referral = make_ready(first.referral.programme)
    reserve = propose_by_hand(referral=referral, place=first.place, motivation="", as_reserve=True, by=SYSTEM, at=AT)
    assert both_say_yes(first) is Outcome.PLACED
    assert both_say_yes(reserve) is Outcome.SEAT_TAKEN


def test_reserve_who_won_counts_in_the_next_round() -> None:
    """The first two yeses win, and the mentor then guides one learner more: a round proposes nobody beside them."""
    first = a_proposal()
    programme = first.referral.programme
    Mentor.objects.filter(pk=first.place.mentor_id).update(learner_limit=1)
    reserve = propose_by_hand(referral=make_ready(programme), place=first.place, motivation="", as_reserve=True, by=SYSTEM, at=AT)
    assert both_say_yes(reserve) is Outcome.PLACED
    assert both_say_yes(first) is Outcome.SEAT_TAKEN
    make_place(programme, _host_of(first.place), "kok")
    assert run(programme).placed_count == 0


def _host_of(place: Place) -> tuple[Organisation, Site, Mentor]:
    assert place.mentor is not None
    return place.organisation, place.site, place.mentor


def test_placement_that_is_over_frees_seat_and_mentor() -> None:
    """Seats and mentors are counted by the period of the placement: after its last day both are free again."""
    proposal = a_proposal()
    assert both_say_yes(proposal) is Outcome.PLACED
    last = date(2024, 3, 1)
    counted = [_counted(proposal.place, day) for day in (last - timedelta(days=1), last)]
    assert counted == [(1, (1, 1)), (0, (0, 0))]


def _counted(place: Place, day: date) -> tuple[int, tuple[int, int]]:
    return seats_spoken_for([place.pk], day)[place.pk], learners_spoken_for(place, day)


def test_placement_that_ends_early_frees_seat_and_mentor() -> None:
    """A shorter period frees them from that day on, whatever the proposal says; so does a placement that is called off."""
    proposal = a_proposal()
    both_say_yes(proposal)
    Placement.objects.update(period=DateRange(ON, ON + timedelta(days=30)))
    month = ON + timedelta(days=30)
    assert seats_spoken_for([proposal.place_id], month - timedelta(days=1))[proposal.place_id] == 1
    assert learners_spoken_for(proposal.place, month) == (0, 0)
    Placement.objects.update(state="cancelled")
    assert seats_spoken_for([proposal.place_id], ON)[proposal.place_id] == 0
