"""Closing days: the host and the coordinator keep them; they count for what is expected, and take no worked day back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories import make_actor, make_organisation, make_place, make_programme
from tests.journey.attendance.floor import MONDAYS, MONTH, OCTOBER, START, Floor, at

from opstap.engine.shared import Refused
from opstap.foundation.actor import Actor, Role
from opstap.journey.attendance.assembly import month_sheets
from opstap.journey.attendance.models import Closure
from opstap.journey.attendance.operations import add_closure, end_closure
from opstap.journey.attendance.queries.closures import closure_for, kept_closures
from opstap.journey.attendance.queries.reach import attended_placements
from opstap.journey.placements.models import Placement

pytestmark = pytest.mark.django_db
END_OF_WEEK = START + timedelta(days=5)


def shut(floor: Floor, by: Actor, first: date = MONDAYS[1], days: int = 8, *, on_site: bool = True) -> Closure:
    """Return a closure of the floor's site, or of the whole organisation."""
    site = floor.place.site_id if on_site else None
    until = first + timedelta(days=days)
    return add_closure(
        organisation_id=floor.host.pk, site_id=site, starts_on=first, until_on=until, reason="verbouwing", by=by, at=at(START)
    )


def expected(floor: Floor, placement: Placement) -> list[date]:
    """Return the days of September on which somebody is expected."""
    row = attended_placements(floor.mentor, START).get(pk=placement.pk)
    return sorted(month_sheets([row], MONTH)[placement.pk].agreed)


def refusal(floor: Floor, by: Actor, **days: object) -> str:
    """Return why closing days are refused."""
    with pytest.raises(Refused) as caught:
        shut(floor, by, **days)  # type: ignore[arg-type]  # the arguments of shut
    return caught.value.reason.code


@pytest.mark.parametrize("who", ["contact", "coordinator"])
def test_host_and_coordinator_keep_closing_days(floor: Floor, who: str) -> None:
    """Nobody is expected on the two Mondays; opened again from the second one on, that one is expected."""
    by, placement = getattr(floor, who), floor.learner()
    closure = shut(floor, by, on_site=who == "contact")
    closed = expected(floor, placement)
    end_closure(closure=closure, on=MONDAYS[2], by=by, at=OCTOBER)
    assert (closed, expected(floor, placement)) == ([MONDAYS[0], MONDAYS[3]], [MONDAYS[0], MONDAYS[2], MONDAYS[3]])


def test_nobody_else_keeps_them(floor: Floor) -> None:
    """The mentor, the counsellor, another host and the coordinator of another programme neither see nor change them."""
    closure = shut(floor, floor.contact)
    strangers = (
        floor.mentor, floor.counsellor, make_actor(Role.HOST, organisation=make_organisation()),
        make_actor(Role.COORDINATOR, programme=make_programme()),
    )  # fmt: skip
    assert [(refusal(floor, by), closure_for(by, closure.pk), kept_closures(by, START).count()) for by in strangers] == [
        ("attendance.may_not_close_site", None, 0)
    ] * 4
    with pytest.raises(Refused):
        end_closure(closure=closure, on=START, by=floor.mentor, at=OCTOBER)


def test_site_of_somebody_else_is_not_closed(floor: Floor) -> None:
    """An organisation's contact names the own sites only."""
    other = make_place(floor.programme, make_organisation()).site
    with pytest.raises(Refused) as caught:
        add_closure(
            organisation_id=floor.host.pk,
            site_id=other.pk,
            starts_on=START,
            until_on=END_OF_WEEK,
            reason="",
            by=floor.contact,
            at=at(START),
        )
    assert caught.value.reason.code == "attendance.may_not_close_site"


def test_day_that_was_worked_is_not_closed(floor: Floor) -> None:
    """What was noted stays: the closing days are refused, and name the day."""
    floor.note(floor.learner(), MONDAYS[1])
    assert refusal(floor, floor.contact) == "attendance.worked_then"
    assert shut(floor, floor.contact, MONDAYS[1] + timedelta(days=1)).starts_on == date(2023, 9, 12)


@pytest.mark.parametrize(("days", "code"), [(0, "attendance.closure_without_days"), (400, "attendance.closure_too_long")])
def test_closing_days_that_cannot_be(floor: Floor, days: int, code: str) -> None:
    """No days, or more than a year of them."""
    assert refusal(floor, floor.contact, days=days) == code


def test_closing_days_that_did_not_begin_are_taken_back_and_past_ones_stay(floor: Floor) -> None:
    """Taken back they are gone; those that are over stay as they were."""
    closure = shut(floor, floor.contact)
    assert end_closure(closure=closure, on=START, by=floor.contact, at=at(START)) is None
    past = shut(floor, floor.contact)
    with pytest.raises(Refused) as caught:
        end_closure(closure=past, on=date(2023, 10, 2), by=floor.contact, at=OCTOBER)
    assert (caught.value.reason.code, list(Closure.objects.values_list("pk", flat=True))) == ("attendance.closure_is_over", [past.pk])
