"""A round over rows: drafts, why for everybody, prices, and what pins, vetoes, holds and pauses do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.journey.eligibility.cases import AT, ON, REGION, acting, make_programme, make_user
from tests.journey.matching.rounds import SYSTEM, draft_of, make_host, make_place, make_ready, make_round_programme, run

from opstap.engine.shared import Refused
from opstap.foundation.actor import Role
from opstap.foundation.organisations.models import Mentor, Organisation
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.assembly import build_problem, find
from opstap.journey.matching.enums import DirectiveKind, ProposalState
from opstap.journey.matching.models import Proposal, RoundPerson, RoundPlace
from opstap.journey.matching.operations import finish_round, give_directive, propose_by_hand, request_round, send_proposal, set_aside
from opstap.journey.matching.queries import round_for, round_people
from opstap.journey.places.operations import hold_seats, pause_place
from opstap.journey.referrals.models import Referral
from opstap.steering.overviews.queries.round_people import not_placed

pytestmark = pytest.mark.django_db


def test_round_proposes_and_says_why_for_everybody() -> None:
    """One seat, two people: one draft, an explanation for both, a price for the place, proven optimal."""
    programme = make_round_programme()
    place = make_place(programme, make_host())
    make_ready(programme)
    make_ready(programme)
    match_round = run(programme)
    assert (match_round.status, match_round.solver_status, match_round.placed_count) == ("done", "optimal", 1)
    assert match_round.value == match_round.bound
    assert draft_of(match_round).place == place
    assert RoundPerson.objects.filter(round=match_round).count() == 2
    assert int(RoundPlace.objects.get(round=match_round).price) > 0
    waiting = Referral.objects.exclude(pk=draft_of(match_round).referral_id).get()
    assert waiting.waiting_cause == "place_taken_by_others"


def test_round_replaces_earlier_drafts_but_not_what_was_sent() -> None:
    """A new round replaces drafts; a sent proposal keeps its person and seat out of the round."""
    programme = make_round_programme()
    make_place(programme, make_host(), seats=2)
    make_ready(programme)
    make_ready(programme)
    first = run(programme)
    sent = send_proposal(proposal=Proposal.objects.filter(round=first).first(), by=SYSTEM, at=AT)
    second = run(programme)
    states = sorted(Proposal.objects.values_list("state", flat=True))
    assert states == ["draft", "replaced", "sent"]
    assert draft_of(second).referral_id != sent.referral_id


def test_round_keeps_vetoes_pins_and_forbidden_pairs() -> None:
    """The person's veto closes a place, a pin fixes one, a forbidden pair never comes back."""
    programme = make_round_programme()
    host = make_host()
    garden, kitchen = make_place(programme, host, "tuinier"), make_place(programme, host, "keukenhulp")
    referral = make_ready(programme, wishes=["tuinier"])
    assert draft_of(run(programme)).place == garden
    give_directive(kind=DirectiveKind.VETO, referral=referral, place=garden, reason="pollen", by=SYSTEM, at=AT)
    assert draft_of(run(programme)).place == kitchen
    give_directive(kind=DirectiveKind.FORBID, referral=referral, place=kitchen, reason="", by=SYSTEM, at=AT)
    assert run(programme).placed_count == 0


def test_round_leaves_held_and_paused_seats_alone() -> None:
    """A held seat and a paused place are not proposed."""
    programme = make_round_programme()
    place = make_place(programme, make_host())
    make_ready(programme)
    hold = hold_seats(place=place, seats=1, until=ON + timedelta(days=14), reason="opening", by=SYSTEM, at=AT)
    assert run(programme).placed_count == 0
    hold.released_at = AT
    hold.save()
    assert run(programme).placed_count == 1
    pause_place(place=place, return_on=date(2023, 12, 1), reason="works", by=SYSTEM, at=AT)
    assert run(programme).placed_count == 0


def test_round_twice_on_the_same_rows_gives_the_same() -> None:
    """Same input and seed, same digest, same proposals."""
    programme = make_round_programme()
    make_place(programme, make_host(), seats=2)
    for _ in range(4):
        make_ready(programme)
    first, second = run(programme), run(programme)
    assert first.input_digest == second.input_digest
    chosen = [set(Proposal.objects.filter(round=each).values_list("referral_id", flat=True)) for each in (first, second)]
    assert chosen[0] == chosen[1]


def test_round_does_not_see_sex_language_or_name() -> None:
    """Changing sex, language and name changes nothing in the problem."""
    programme = make_round_programme()
    make_place(programme, make_host())
    referral = make_ready(programme)
    before = run(programme).input_digest
    person = referral.person
    person.sex, person.language, person.last_name, person.folded_name = "f", "uk", "Another", "another"
    person.save()
    assert run(programme).input_digest == before


def test_request_round_by_somebody_else_is_refused() -> None:
    """Only the programme's own coordinators run its rounds, one at a time; others do not see them."""
    programme, other = make_round_programme(), make_programme("Ander", ("imw",))
    stranger = acting(make_user("stranger", Role.COORDINATOR, programme=other))
    with pytest.raises(Refused):
        request_round(programme=programme, on=ON, by=stranger, at=AT)
    own = acting(make_user("own", Role.COORDINATOR, programme=programme))
    match_round = request_round(programme=programme, on=ON, in_background=False, by=own, at=AT)
    with pytest.raises(Refused) as refused:
        request_round(programme=programme, on=ON, in_background=False, by=own, at=AT)
    assert refused.value.reason.code == "matching.round_under_way"
    assert round_for(own, match_round.pk) == match_round
    assert round_for(stranger, match_round.pk) is None
    assert list(round_people(stranger, match_round)) == []


def test_sent_proposal_holds_its_seat_and_moves_the_referral() -> None:
    """Sending moves the person to "proposed"; a second draft for the same seat is refused with why."""
    programme = make_round_programme()
    make_place(programme, make_host())
    make_ready(programme)
    sent = send_proposal(proposal=draft_of(run(programme)), by=SYSTEM, at=AT)
    assert (sent.state, sent.referral.stage) == (ProposalState.SENT, "proposed")
    assert sent.expires_at == AT + timedelta(days=programme.answer_days)
    with pytest.raises(Refused) as refused:
        send_proposal(proposal=sent, by=SYSTEM, at=AT)
    assert refused.value.reason.code == "matching.proposal_not_open"


def test_draft_set_aside_leaves_the_person_waiting_for_a_round() -> None:
    """A draft waits to be sent; set aside with a reason, its person waits for another round, at the same stage."""
    programme = make_round_programme()
    make_place(programme, make_host())
    referral = make_ready(programme)
    draft = draft_of(run(programme))
    referral.refresh_from_db()
    assert (referral.stage, referral.waiting_cause) == ("eligible", "proposal_to_send")
    set_aside(proposal=draft, reason="wants to wait", by=SYSTEM, at=AT)
    referral.refresh_from_db()
    assert (referral.stage, referral.waiting_cause) == ("eligible", "no_round_yet")


@pytest.mark.parametrize("limits", [["lifting"], None])
def test_round_keeps_no_health_in_clear(limits: list[str] | None) -> None:
    """What a list needs is the rule in the way; whether a limit clashes or was never asked is sealed."""
    programme = make_round_programme()
    make_place(programme, make_host(), demands=("lifting",))
    make_ready(programme, limits=limits)
    found = RoundPerson.objects.get(round=run(programme))
    assert found.main_obstacle == "matching.rule_physical_limits"
    actor = acting(make_user("own", Role.COORDINATOR, programme=programme))
    page = not_placed(actor, found.round, obstacle="rule_physical_limits")
    assert [(facet.value, facet.count) for facet in page.facets] == [("rule_physical_limits", 1)]
    assert [line.referral_id for line in page.lines] == [found.referral_id]
    assert not_placed(actor, found.round, obstacle="rule_half_days").lines == ()


@pytest.mark.parametrize(("mentor", "host", "placed"), [(2, None, 1), (1, None, 0), (3, 1, 0), (3, 2, 1)])
def test_round_counts_the_learners_of_other_programmes(mentor: int, host: int | None, placed: int) -> None:
    """A mentor or host with a learner in another programme has so much less room in this one."""
    here, there = (
        make_round_programme(),
        Programme.objects.create(
            name="Elders", starts_on=date(2023, 4, 4), municipalities=REGION, instruments=["work_learning_place", "community_service"]
        ),
    )
    shared = make_host()
    Mentor.objects.filter(pk=shared[2].pk).update(learner_limit=mentor)
    Organisation.objects.filter(pk=shared[0].pk).update(learner_limit=host)
    make_place(there, shared)
    make_ready(there)
    send_proposal(proposal=draft_of(run(there)), by=SYSTEM, at=AT)
    make_place(here, shared, seats=2)
    make_ready(here)
    make_ready(here)
    assert run(here).placed_count == placed


def test_round_makes_no_draft_for_somebody_who_was_proposed_meanwhile() -> None:
    """A proposal sent by hand while the round was computed stands alone; the round says that it was overtaken."""
    programme = make_round_programme()
    host = make_host()
    garden = make_place(programme, host, "tuinier")
    kitchen = make_place(programme, host, "keukenhulp")
    referral = make_ready(programme, wishes=["keukenhulp"])
    asked = request_round(programme=programme, on=ON, in_background=False, by=SYSTEM, at=AT)
    finding = find(build_problem(programme, ON))
    propose_by_hand(referral=referral, place=garden, motivation="", by=SYSTEM, at=AT)
    done = finish_round(match_round=asked, finding=finding, by=SYSTEM, at=AT)
    assert list(Proposal.objects.values_list("state", "place")) == [("sent", garden.pk)]
    assert (done.placed_count, RoundPlace.objects.get(round=done, place=kitchen).filled_seats) == (0, 0)
    assert list(RoundPerson.objects.values_list("is_placed", "main_obstacle")) == [(False, "matching.overtaken")]


def test_draft_is_replaced_by_a_proposal_by_hand() -> None:
    """Once something was sent to a person, no draft for them waits for a decision any more."""
    programme = make_round_programme()
    host = make_host()
    make_place(programme, host, "tuinier")
    other = make_place(programme, host, "keukenhulp")
    referral = make_ready(programme, wishes=["tuinier"])
    draft = draft_of(run(programme))
    propose_by_hand(referral=referral, place=other, motivation="", by=SYSTEM, at=AT)
    draft.refresh_from_db()
    assert draft.state == ProposalState.REPLACED
