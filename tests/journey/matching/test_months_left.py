"""Who worked an instrument's months is not proposed for it again, and reads why and what is still possible."""

from __future__ import annotations

from datetime import date

import pytest
from psycopg.types.range import DateRange
from tests.journey.attendance.floor import run as work
from tests.journey.eligibility.cases import AT, ON
from tests.journey.matching.rounds import SYSTEM, make_host, make_place, make_ready, make_round_programme, run

from opstap.engine.shared import Reason
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.assembly import check_pair
from opstap.journey.matching.models import Proposal, RoundPerson
from opstap.journey.matching.operations import propose_by_hand
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral
from opstap.ui.words import say

pytestmark = pytest.mark.django_db
ENDED = {"state": "ended", "ended_on": date(2023, 8, 1), "end_reason_code": "completed"}


def worked(first: date, until: date = date(2023, 8, 1), **terms: object) -> tuple[Referral, Place]:
    """Return somebody who worked under community service before, and a place of that kind where a seat waits."""
    programme, host = make_round_programme(), make_host()
    referral, place = make_ready(programme), make_place(programme, host)
    work(make_place(programme, host, "bode", seats=0), referral, (), period=DateRange(first, until), **(ENDED | terms))
    return referral, place


def obstacles(referral: Referral, place: Place) -> list[str]:
    """Return what stands in the way."""
    return [reason.code for reason in check_pair(referral, place, ON).obstacles]


@pytest.mark.parametrize(
    ("first", "terms", "expected"),
    [
        (date(2023, 2, 1), {}, ["matching.months_used_up"]),
        (date(2023, 2, 2), {}, []),
        (date(2023, 2, 1), {"state": "cancelled", "ended_on": None, "end_reason_code": ""}, []),
        (date(2023, 2, 1), {"instrument": "work_learning_place"}, []),
    ],
)
def test_place_is_in_reach_by_hand_as_long_as_a_day_is_left(first: date, terms: dict[str, object], expected: list[str]) -> None:
    """Six months to the day leave none; a day fewer, work that was called off and another form leave some."""
    assert obstacles(*worked(first, **terms)) == expected


@pytest.mark.parametrize(
    ("first", "least", "expected"),
    [
        (date(2023, 2, 28), 30, "matching.few_days_left"),
        (date(2023, 3, 3), 30, ""),
        (date(2023, 2, 28), 28, "matching.few_days_left"),
        (date(2023, 2, 28), 27, ""),
        (date(2023, 2, 2), 1, ""),
    ],
)
def test_round_proposes_from_the_days_on_that_the_programme_sets(first: date, least: int, expected: str) -> None:
    """Of six months, 27 days are left after work from 28 February to the end of July; what the programme asks decides."""
    referral, _place = worked(first)
    Programme.objects.update(least_days_left=least)
    found = run(Programme.objects.get())
    told = RoundPerson.objects.get(round=found, referral=referral).explanation
    codes = {reason["code"] for miss in told.get("misses", ()) for reason in miss["reasons"]}
    assert (Proposal.objects.filter(round=found).count(), codes) == ((0, {expected}) if expected else (1, set()))


def test_few_days_are_a_warning_by_hand_and_the_proposal_goes_out() -> None:
    """The machine leaves them out, a person decides: the check says how many days are left, and the proposal is sent."""
    referral, place = worked(date(2023, 2, 12))
    pair = check_pair(referral, place, ON)
    sent = propose_by_hand(referral=referral, place=place, motivation="", by=SYSTEM, at=AT)
    facts = {"instrument": "community_service", "months": 6, "days": 11, "least": 30}
    assert (pair.obstacles, pair.warnings) == ((), (Reason("matching.few_days_left", facts),))
    assert (sent.state, sent.instrument) == ("sent", "community_service")


def test_place_with_another_form_is_proposed_under_the_one_with_days_enough() -> None:
    """Where few days are left under one form and the place offers another, by hand too the other one is taken, without a warning."""
    referral, _place = worked(date(2023, 2, 12), instrument="work_learning_place")
    both = make_place(referral.programme, make_host("Ander"), instruments=("community_service", "work_learning_place"))
    pair = check_pair(referral, both, ON)
    assert (pair.instrument, pair.warnings) == ("community_service", ())


def test_words_say_how_many_days_are_left_and_what_would_help() -> None:
    """The reason names the form, the days and the number, and who can still decide otherwise."""
    [reason] = check_pair(*worked(date(2023, 2, 2)), ON).warnings
    assert say(reason) == (
        "Van de 6 maanden die gemeenschapsdienst mag duren, is nog 1 dag over; een ronde stelt pas voor vanaf 30 dagen. "
        "Een andere vorm van werkplekleren kan nog wel, en wie de persoon kent, kan deze dagen zelf voorstellen."
    )


def test_round_proposes_no_start_that_no_agreement_could_follow() -> None:
    """The round leaves them without a proposal and says why; the same person with a month left gets the place."""
    referral, _place = worked(date(2023, 2, 1))
    first = run(referral.programme)
    told = RoundPerson.objects.get(round=first, referral=referral)
    assert (Proposal.objects.filter(round=first).count(), told.main_obstacle) == (0, "matching.rule_eligible_instrument")
    assert told.explanation["misses"][0]["reasons"][0]["code"] == "matching.months_used_up"


def test_other_form_of_the_same_place_is_still_open() -> None:
    """A place that offers another form too is proposed under that one."""
    referral, _place = worked(date(2023, 2, 1))
    both = make_place(referral.programme, make_host("Ander"), instruments=("community_service", "work_learning_place"))
    pair = check_pair(referral, both, ON)
    assert (pair.obstacles, pair.instrument) == ((), "work_learning_place")


def test_words_say_since_when_and_what_is_still_possible() -> None:
    """The obstacle names the form, its months and the day."""
    [reason] = check_pair(*worked(date(2023, 2, 1)), ON).obstacles
    assert say(reason) == (
        "De 6 maanden die gemeenschapsdienst mag duren, zijn gewerkt en sinds 1 augustus 2023 op: "
        "een andere vorm van werkplekleren kan nog wel."
    )
