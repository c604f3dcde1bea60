"""A round that broke off, or whose worker was killed, never keeps the next one from being asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journey.eligibility.cases import AT, ON
from tests.journey.matching.rounds import SYSTEM, make_host, make_place, make_ready, make_round_programme, run

from opstap.engine.shared import Reason, Refused
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.assembly import check_places
from opstap.journey.matching.models import MatchRound, RoundPlace
from opstap.journey.matching.operations import fail_round, request_round, start_round
from opstap.journey.matching.queries import stale_rounds
from opstap.journey.places.models import Place

pytestmark = pytest.mark.django_db


def asked(programme: Programme, at: object = AT) -> MatchRound:
    """Ask for a round that nobody computes."""
    return request_round(programme=programme, on=ON, in_background=False, by=SYSTEM, at=at)  # type: ignore[arg-type]  # a moment


def test_place_with_a_mentor_of_another_host_is_named_and_stops_nobody() -> None:
    """A place whose mentor belongs to another organisation is not matched, and says why; everybody else is."""
    programme = make_round_programme()
    one, other = make_host("Stad"), make_host("Haven")
    make_place(programme, one)
    wrong = make_place(programme, other, seats=2)
    Place.objects.filter(pk=wrong.pk).update(mentor=one[2])
    referral = make_ready(programme)
    done = run(programme)
    row = RoundPlace.objects.get(round=done, place=wrong)
    assert (done.status, done.placed_count) == ("done", 1)
    assert (row.free_seats, row.filled_seats, row.explanation["blocked"]["code"]) == (2, 0, "places.mentor_of_another_host")
    checks = check_places(referral, list(Place.objects.order_by("title", "pk")), ON)
    assert [reason.code for reason in checks[wrong.pk].obstacles] == ["places.mentor_of_another_host"]


def test_round_that_breaks_off_has_failed() -> None:
    """Rows that no round can be made of leave a failed round, not one that runs for ever."""
    programme = make_round_programme()
    make_place(programme, make_host())
    make_ready(programme)
    Programme.objects.filter(pk=programme.pk).update(order=["wishes"])
    with pytest.raises(ValueError, match="placed"):
        run(Programme.objects.get(pk=programme.pk))
    assert list(MatchRound.objects.values_list("status", "failure__code")) == [("failed", "matching.solver_stopped")]
    Programme.objects.filter(pk=programme.pk).update(order=["placed"])
    assert run(Programme.objects.get(pk=programme.pk)).status == "done"


def test_round_of_a_killed_worker_is_given_up_after_a_while() -> None:
    """Within a quarter of an hour a round under way keeps a second one out; after it, it counts as stopped."""
    programme = make_round_programme()
    left = start_round(match_round=asked(programme), by=SYSTEM, at=AT)
    with pytest.raises(Refused) as refused:
        asked(programme, AT + timedelta(minutes=14))
    assert refused.value.reason.code == "matching.round_under_way"
    assert list(stale_rounds(AT + timedelta(minutes=16))) == [left]
    assert asked(programme, AT + timedelta(minutes=16)).status == "queued"
    left.refresh_from_db()
    assert (left.status, left.failure) == ("failed", Reason("matching.solver_stopped").as_json())


def test_round_that_is_done_stays_done() -> None:
    """A second worker that gives up on a round which another one finished changes nothing."""
    programme = make_round_programme()
    make_place(programme, make_host())
    make_ready(programme)
    done = run(programme)
    fail_round(match_round=MatchRound.objects.get(pk=done.pk), reason=Reason("matching.solver_stopped"), by=SYSTEM, at=AT)
    assert MatchRound.objects.get(pk=done.pk).status == "done"
