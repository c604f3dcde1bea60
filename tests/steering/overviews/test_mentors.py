"""Mentors over many rooms: load over all programmes, places at risk, the package and what it still misses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from psycopg.types.range import DateRange
from tests.factories import make_mentor, make_place, make_programme, make_referral
from tests.journey.attendance.conftest import floor  # noqa: F401 - the fixture
from tests.journey.attendance.floor import END, START, Floor, run
from tests.journey.mentoring.cases import NOW, TODAY

from opstap.foundation.actor import system_actor
from opstap.foundation.organisations.models import Mentor
from opstap.journey.attendance.operations import add_closure
from opstap.journey.mentoring.operations import plan_absence
from opstap.journey.places.models import Place
from opstap.steering.overviews.queries.mentor_list import mentor_load
from opstap.steering.overviews.queries.mentor_risks import places_at_risk, touched_learners
from opstap.steering.overviews.queries.package import certificate_register, package

pytestmark = pytest.mark.django_db
BY = system_actor("test")
AWAY = (date(2023, 9, 11), date(2023, 9, 18))


def test_load_counts_learners_of_every_programme(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Who works with a mentor in another programme takes room too; who starts later is coming, who was cancelled is not counted."""
    floor.learner()
    floor.learner(state="cancelled")
    floor.learner(period=DateRange(date(2023, 10, 2), END))
    other = make_place(make_programme(), floor.host, seats=0, mentor=floor.guide)
    run(other, make_referral(floor.learner().person, other.programme), half_days=())
    lines = mentor_load(floor.coordinator, TODAY)
    assert [(line.name, line.now, line.coming, line.limit, line.is_full) for line in lines] == [("Mia Mentor", 3, 1, 3, True)]


def test_risk_names_the_learners_and_who_could_stand_in(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A mentor who is away while a learner is there puts the place at risk; who is trained and there can solve it."""
    floor.learner("Peeters")
    make_mentor(floor.host, "Bert")
    Mentor.objects.create(organisation=floor.host, name="Zonder attest")
    plan_absence(mentor=floor.guide, starts_on=AWAY[0], until_on=AWAY[1], by=floor.contact, at=NOW)
    (risk,) = places_at_risk(floor.coordinator, TODAY)
    assert [(each.name, each.from_on, each.until_on) for each in risk.learners] == [("Noor Peeters", *AWAY)]
    assert (risk.reason.code, risk.reason.facts["learners"]) == ("mentoring.risk_away", 1)
    assert [(each.code, dict(each.facts)) for each in risk.solved_by] == [
        ("mentoring.solve_back_up", {"names": "Bert"}),
        ("mentoring.solve_close", {}),
    ]


def test_risk_is_gone_when_solved(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Without learners, with a back-up, or with the floor closed on all of the days there is nothing to warn of."""
    plan_absence(mentor=floor.guide, starts_on=AWAY[0], until_on=AWAY[1], by=floor.contact, at=NOW)
    without_learners = places_at_risk(floor.coordinator, TODAY)
    floor.learner()
    halves = ((AWAY[0], date(2023, 9, 14)), (date(2023, 9, 14), AWAY[1]))
    counts = [len(places_at_risk(floor.coordinator, TODAY))]
    for starts_on, until_on in halves:
        days = {"starts_on": starts_on, "until_on": until_on}
        add_closure(organisation_id=floor.host.pk, site_id=floor.place.site_id, reason="dicht", by=floor.contact, at=NOW, **days)
        counts.append(len(places_at_risk(floor.coordinator, TODAY)))
    assert (without_learners, counts) == ((), [1, 1, 0])


def test_risk_of_a_certificate_that_ends(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A certificate that ends within six weeks while learners are there is said in time, and one that ends later is not yet."""
    floor.learner()
    found = []
    for until in (date(2023, 10, 15), date(2023, 10, 16)):
        Mentor.objects.filter(pk=floor.guide.pk).update(certified_until=until)
        found.append([risk.reason.code for risk in places_at_risk(floor.coordinator, TODAY)])
    assert found == [["mentoring.risk_certificate"], []]


def test_risk_stays_within_reach(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A counsellor reads no warnings of mentors, and no learners of a mentor who is not theirs."""
    floor.learner()
    plan_absence(mentor=floor.guide, starts_on=AWAY[0], until_on=AWAY[1], by=floor.contact, at=NOW)
    assert (places_at_risk(floor.counsellor, TODAY), touched_learners(floor.counsellor, floor.guide, *AWAY)) == ((), ())
    assert (len(places_at_risk(floor.mentor, TODAY)), len(touched_learners(floor.mentor, floor.guide, *AWAY))) == (1, 1)


def test_package_stands_against_its_lump_sum_and_says_what_is_missing(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Three places with one trained mentor make the smallest package; six would ask three places and one mentor more."""
    for _ in range(3):
        floor.learner()
    Place.objects.filter(pk=floor.place.pk).update(tasks="harken", teaches=["snoeien"], hours_per_month=40, confirmed_at=NOW)
    found = package(floor.coordinator, floor.programme, START)
    assert found is not None
    assert found.reached is not None
    assert (found.seats, found.mentors, found.reached.euro, found.missing) == (3, 1, Decimal("7396.84"), ())
    floor.programme.target_places = 6
    Mentor.objects.filter(pk=floor.guide.pk).update(certified_until=START)
    more = package(floor.coordinator, floor.programme, START)
    assert more is not None
    codes = [each.code.removeprefix("mentoring.package_") for each in more.missing]
    assert (more.reached, more.aim.euro, codes) == (None, Decimal("14793.69"), ["places", "mentors", "untrained"])


def test_package_is_the_coordinators(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A host sees no package."""
    assert package(floor.contact, floor.programme, START) is None


def test_register_names_who_has_none(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A mentor without a certificate stands in the register too, as one that does not hold."""
    Mentor.objects.create(organisation=floor.host, name="Zonder attest")
    lines = [(line.mentor.name, line.certificate, line.holds) for line in certificate_register(floor.coordinator, TODAY)]
    assert lines == [("Mia Mentor", None, True), ("Zonder attest", None, False)]
