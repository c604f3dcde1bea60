"""A round that broke off, or whose worker was killed, never keeps the next one from being asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journey.eligibility.cases import AT, ON
from tests.journey.matching.rounds import SYSTEM, make_host, make_place, make_ready, make_round_programme, run

from opstap.engine.shared import Reason, Refused
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.models import MatchRound
from opstap.journey.matching.operations import fail_round, request_round, start_round
from opstap.journey.matching.queries import stale_rounds
from opstap.journey.places.models import Place

pytestmark = pytest.mark.django_db


def asked(programme: Programme, at: object = AT) -> MatchRound:
    """Ask for a round that nobody computes."""
    return request_round(programme=programme, on=ON, in_background=False, by=SYSTEM, at=at)  # type: ignore[arg-type]  # a moment


def test_round_that_breaks_off_has_failed() -> None:
    """Rows that no round can be made of (one mentor at two hosts) leave a failed round, not one that runs for ever."""
    programme = make_round_programme()
    one, other = make_host("Stad"), make_host("Haven")
    make_place(programme, one)
    wrong = make_place(programme, other)
    Place.objects.filter(pk=wrong.pk).update(mentor=one[2])
    make_ready(programme)
    with pytest.raises(ValueError, match="mentor"):
        run(programme)
    assert list(MatchRound.objects.values_list("status", "failure__code")) == [("failed", "matching.solver_stopped")]
    Place.objects.filter(pk=wrong.pk).update(mentor=other[2])
    assert run(programme).status == "done"


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
