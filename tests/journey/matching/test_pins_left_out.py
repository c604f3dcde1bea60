"""One pin never stops everybody's round: it is left out, named with why, and stays a task until somebody decides."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.journey.eligibility.cases import AT, ON, acting, make_organisation, make_user
from tests.journey.matching.rounds import READY, SYSTEM, draft_of, make_host, make_place, make_ready, make_round_programme, run

from opstap.engine.shared.vocabulary import half_day_mask
from opstap.foundation.actor import Role, system_actor
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.models import Decision
from opstap.journey.eligibility.operations import overrule
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.matching.models import Directive
from opstap.journey.matching.operations import give_directive
from opstap.journey.people.models import Person
from opstap.journey.places.models import Place, Seat
from opstap.journey.places.operations import close_place
from opstap.journey.referrals.models import Referral
from opstap.steering.overviews.queries.my_day import my_day
from opstap.steering.overviews.queries.round import round_page

pytestmark = pytest.mark.django_db


def pin(referral: Referral, place: Place, at: datetime = AT) -> Directive:
    """Pin somebody to a place."""
    return give_directive(kind=DirectiveKind.PIN, referral=referral, place=place, reason="afgesproken", by=SYSTEM, at=at)


def end_decisions(referral: Referral) -> None:
    """Turn every decision on the person to a no."""
    organisation = make_organisation("OCMW")
    Referral.objects.filter(pk=referral.pk).update(counselling_organisation=organisation)
    lead = acting(make_user("lead", Role.TEAM_LEAD, organisation=organisation))
    for decision in Decision.objects.filter(referral=referral):
        overrule(decision=decision, answer="no", reason="woont niet meer in de gemeente", by=lead, at=AT)


def left_out(programme: Programme) -> list[tuple[str, str, tuple[str, ...]]]:
    """Run a round and return its pins that were left out: name, place and codes."""
    page = round_page(system_actor("test"), run(programme).pk)
    assert page is not None
    return [(line.name, line.place, tuple(reason.code for reason in line.reasons)) for line in page.pins]


def test_pin_on_somebody_who_became_ineligible_is_left_out_by_name() -> None:
    """The round places the others, and its report names who is pinned in vain, and why."""
    programme = make_round_programme()
    place = make_place(programme, make_host())
    pinned, other = make_ready(programme), make_ready(programme)
    asked = pin(pinned, place)
    end_decisions(pinned)
    assert left_out(programme) == [(str(pinned.person), "tuinier", ("matching.no_decision",))]
    asked.refresh_from_db()
    assert (asked.ended_at, asked.left_out_at) == (None, AT)
    assert Referral.objects.get(pk=other.pk).waiting_cause == "proposal_to_send"


def test_pin_that_can_be_kept_again_is_no_task_any_more() -> None:
    """Once the person has that half-day again the round keeps the pin, and nothing is left to decide."""
    programme = make_round_programme()
    place = make_place(programme, make_host())
    pinned = make_ready(programme)
    asked = pin(pinned, place)
    Person.objects.filter(pk=pinned.person_id).update(half_days=half_day_mask(["fri_am"]))
    assert left_out(programme) == [(str(pinned.person), "tuinier", ("matching.half_days_missing",))]
    Person.objects.filter(pk=pinned.person_id).update(half_days=READY["half_days"])
    assert left_out(programme) == []
    asked.refresh_from_db()
    assert asked.left_out_at is None


@pytest.mark.parametrize(("how", "code"), [("closed", "matching.pin_place_gone"), ("no_seat", "matching.pin_without_seat")])
def test_pin_whose_seat_is_gone_is_left_out(how: str, code: str) -> None:
    """A closed place, or a place without seats, leaves the pin out with that reason."""
    programme = make_round_programme()
    place = make_place(programme, make_host())
    pinned = make_ready(programme)
    pin(pinned, place)
    if how == "closed":
        close_place(place=place, in_use=0, by=SYSTEM, at=AT)
    else:
        Seat.objects.update(retired_on=ON)
    assert left_out(programme) == [(str(pinned.person), "tuinier", (code,))]


def test_second_pin_on_one_seat_is_left_out() -> None:
    """The older pin has the seat, the younger one is named."""
    programme = make_round_programme()
    place = make_place(programme, make_host())
    first, second = make_ready(programme), make_ready(programme)
    pin(first, place, AT)
    pin(second, place, AT + timedelta(minutes=5))
    assert left_out(programme) == [(str(second.person), "tuinier", ("matching.pin_without_seat",))]
    assert Referral.objects.get(pk=first.pk).waiting_cause == "proposal_to_send"


def test_report_of_a_pin_says_nothing_about_health() -> None:
    """A limit of the body is named as such to a coordinator, without which."""
    programme = make_round_programme()
    place = make_place(programme, make_host(), demands=("lifting",))
    pinned = make_ready(programme, limits=["lifting"])
    pin(pinned, place)
    assert left_out(programme) == [(str(pinned.person), "tuinier", ("matching.physical_limit_general",))]


def test_pin_left_out_waits_on_the_counsellors_day() -> None:
    """The counsellor who follows the person finds the pin among what waits."""
    programme = make_round_programme()
    place = make_place(programme, make_host(), dutch_level="C1")
    pinned = make_ready(programme)
    organisation = make_organisation("OCMW")
    user = make_user("counsellor", Role.COUNSELLOR, organisation=organisation)
    Referral.objects.filter(pk=pinned.pk).update(counsellor=user, counselling_organisation=organisation)
    pin(pinned, place)
    run(programme)
    queues = {queue.name: [person.referral_id for person in queue.people] for queue in my_day(acting(user), AT).queues}
    assert queues["pins"] == [pinned.pk]


def test_pin_that_holds_is_kept() -> None:
    """A pin that nothing stands against decides where its person is proposed."""
    programme = make_round_programme()
    host = make_host()
    make_place(programme, host, "tuinier")
    kitchen = make_place(programme, host, "keukenhulp")
    pin(make_ready(programme, wishes=["tuinier"]), kitchen)
    assert draft_of(run(programme)).place == kitchen
