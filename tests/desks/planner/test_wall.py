"""The wall print of a site and the coach's day: names and hours of what was told, for the own site alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from tests.journey.eligibility.cases import acting, make_user
from tests.journey.rosters.cases import AT, MONDAY, Case, day, make_case, make_roster

from opstap.foundation.actor import Role
from opstap.journey.associations.enums import AbsenceKind
from opstap.journey.associations.operations import note_worker_absence
from opstap.journey.people.models import Person
from opstap.journey.rosters.operations import publish_roster
from opstap.steering.overviews.queries.rotation_floor import rotation_floor
from opstap.steering.overviews.queries.site_wall import site_wall

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def case() -> Iterator[Case]:
    """Return the small association with a published week, on its Monday; An has a first name too."""
    with override_settings(FIXED_TODAY=MONDAY):
        found = make_case()
        Person.objects.filter(pk=found.people["An"].person_id).update(first_name="Anna", last_name="Peeters", phone="0478123456")
        publish_roster(roster=make_roster(found, ("An", 0, "hall"), ("Cor", 0, "hall"), ("An", 1, "hall")), by=found.by, at=AT)
        yield found


def visitor(case: Case, role: Role) -> Client:
    """Return the browser of somebody of the member."""
    client = Client()
    client.force_login(make_user(f"wie-{role}", role, organisation=case.sites["hall"].organisation), backend=BACKEND)
    return client


def test_wall_has_names_hours_and_coach_and_nothing_else(case: Case) -> None:
    """An hangs there by first name and letter; no last name, number or address does."""
    wall = site_wall(case.by, case.sites["hall"].pk, day(2))
    assert wall is not None
    assert [[(each.name, each.hours, each.is_learner) for each in people] for people in wall.rows[0].days[:3]] == [
        [("Anna P.", "8:00-16:06", False), ("Cor", "8:00-16:06", True)], [("Anna P.", "8:00-16:06", False)], [],
    ]  # fmt: skip
    assert wall.coaches == (("Coach hall",),) * 5 + ((),) * 2
    client = Client()
    client.force_login(case.planner, backend=BACKEND)
    text = client.get(reverse("planner:wall", args=[case.sites["hall"].pk])).content.decode()
    assert [word in text for word in ("Anna P.", "ui/wall.css", "Peeters", "0478123456", "example.be")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("role", [Role.HOST, Role.MENTOR])
def test_coach_sees_who_should_be_here_today(case: Case, role: Role) -> None:
    """Who is away since it was told is marked; the shop of the same member shows its coach without people."""
    note_worker_absence(contract=case.people["Cor"], from_on=MONDAY, until_on=day(1), kind=AbsenceKind.AWAY, by=case.by, at=AT)
    user = make_user("coach", role, organisation=case.sites["hall"].organisation)
    floor = rotation_floor(acting(user), MONDAY, MONDAY)
    assert floor is not None
    found = [(site.site.name, [(each.name, each.person.is_away) for each in site.people]) for site in floor.sites]
    assert found == [("hall Lavoro", [("Anna P.", False), ("Cor", True)]), ("shop Lavoro", [])]


def test_pages_of_the_floor(case: Case) -> None:
    """The day, the wall, and the link on the floor of today for who has a rotation."""
    client, hall = visitor(case, Role.MENTOR), case.sites["hall"].pk
    texts = [client.get(reverse(f"host:{name}", args=args)).content.decode() for name, args in (("rotation", ()), ("wall", (hall,)))]
    assert ["Anna P." in text for text in texts] == [True, True]
    assert reverse("host:rotation") in client.get(reverse("host:floor")).content.decode()


def test_site_of_another_is_not_there(case: Case) -> None:
    """A host of elsewhere and another association's planner find no wall and nobody."""
    elsewhere = make_case("Elders")
    host = make_user("vreemd", Role.HOST, organisation=elsewhere.sites["hall"].organisation)
    hall = case.sites["hall"].pk
    assert [site_wall(by, hall, MONDAY) for by in (acting(host), elsewhere.by)] == [None, None]
    theirs = rotation_floor(acting(host), MONDAY, MONDAY)
    assert theirs is not None
    assert [person for site in theirs.sites for person in site.people] == []
    assert rotation_floor(case.by, MONDAY, MONDAY) is None
