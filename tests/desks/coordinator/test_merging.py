"""Two records of one person, on the coordinator's desk: found, side by side, merged with the chosen values, or kept apart."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.desks.coordinator.visits import Scene, browser, once, text_of
from tests.journey.eligibility.cases import make_programme, make_user
from tests.journey.matching.rounds import make_ready

from opstap.foundation.actor import Role
from opstap.journey.people.models import KeptApart, Person
from opstap.journey.referrals.models import Referral

pytestmark = pytest.mark.django_db
FIND = "/coordinatie/samenvoegen/"


@pytest.fixture
def twice(scene: Scene) -> tuple[Person, Person]:
    """Somebody who came in twice, with two telephones and two birth dates; only the second has an e-mail address."""
    facts = {"birth_date": date(1990, 1, 1), "phone": "059111111", "limits": ["dust"]}
    other = {"birth_date": date(1990, 10, 1), "phone": "059111111", "email": "fatima@example.be", "limits": ["lifting"], "street": "Kaai 2"}
    people = [make_ready(scene.programme, **given).person for given in (facts | {"street": "Kaai 1"}, other)]
    Person.objects.filter(pk__in=[each.pk for each in people]).update(last_name="Benali", first_name="Fatima", folded_name="benali fatima")
    return Person.objects.get(pk=people[0].pk), Person.objects.get(pk=people[1].pk)


def side_by_side(keep: Person, other: Person, name: str = "merge") -> str:
    """Return the address of both records."""
    return reverse(f"coordinator:{name}", args=[keep.pk, other.pk])


def test_find_shows_who_looks_like_the_chosen_one(client: Client, twice: tuple[Person, Person]) -> None:
    """Typing a name gives both; choosing one gives the other, with why, and the way to put them side by side."""
    one, other = twice
    both = text_of(client, f"{FIND}?q=benali")
    assert [f"een={each.pk}" in both for each in twice] == [True, True]
    chosen = text_of(client, f"{FIND}?een={one.pk}")
    assert ("dezelfde naam" in chosen, chosen.count(side_by_side(one, other))) == (True, 1)


def test_side_by_side_asks_where_both_know_something_else(client: Client, twice: tuple[Person, Person]) -> None:
    """A choice for birth date and street, none for the e-mail that only one has; nothing of health stands there but that it differs."""
    page = text_of(client, side_by_side(*twice))
    choices = [name for name in ("birth_date", "street", "email", "phone", "limits") if f'name="{name}"' in page]
    assert (choices, "wordt ingevuld" in page, "1 gegeven over uitkering of gezondheid verschilt" in page) == (
        ["birth_date", "street"],
        True,
        True,
    )
    assert [word in page for word in ("zwaar tillen", "stof")] == [False, False]


def test_merging_takes_the_chosen_values_and_moves_the_referral(client: Client, twice: tuple[Person, Person]) -> None:
    """The birth date of the other was chosen, the street not; the e-mail is filled in; one referral goes on."""
    keep, other = twice
    answer = client.post(side_by_side(keep, other), once(birth_date="other", street="kept", limits="other"))
    merged = Person.objects.get(pk=keep.pk)
    assert (answer.status_code, answer.headers["Location"]) == (302, FIND)
    assert (merged.birth_date, merged.street, merged.email, merged.limits) == (other.birth_date, "Kaai 1", "fatima@example.be", ["dust"])
    assert Person.objects.get(pk=other.pk).merged_into_id == keep.pk
    assert sorted(Referral.objects.filter(person=keep).values_list("stage", flat=True)) == ["closed", "eligible"]
    assert client.get(side_by_side(keep, other)).status_code == 404


def test_merging_that_is_refused_says_why_and_keeps_both(client: Client, twice: tuple[Person, Person]) -> None:
    """Both have a proposal: nothing changes, and the page says what to do first."""
    Referral.objects.filter(person__in=twice).update(stage="proposed")
    answer = client.post(side_by_side(*twice), once())
    assert (answer.status_code, "Beide dossiers hebben" in answer.content.decode()) == (409, True)
    assert Person.objects.filter(merged_into__isnull=False).count() == 0


def test_kept_apart_is_not_asked_again(client: Client, twice: tuple[Person, Person]) -> None:
    """Two people with one name are no longer shown as one."""
    one, other = twice
    client.post(side_by_side(one, other, "keep_apart"), once())
    assert (KeptApart.objects.count(), side_by_side(one, other) in text_of(client, f"{FIND}?een={one.pk}")) == (1, False)


def test_people_of_another_programme_are_not_there(twice: tuple[Person, Person]) -> None:
    """A coordinator elsewhere finds neither of them, and cannot put them side by side or merge them."""
    stranger = browser(make_user("elders", Role.COORDINATOR, programme=make_programme("Ander")))
    assert "Benali" not in text_of(stranger, f"{FIND}?q=benali&een={twice[0].pk}").replace("benali", "")
    answers = [stranger.get(side_by_side(*twice)), stranger.post(side_by_side(*twice), once())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert Person.objects.filter(merged_into__isnull=False).count() == 0


def test_one_record_is_not_merged_with_itself(client: Client, twice: tuple[Person, Person]) -> None:
    """There is no page of one record beside itself."""
    assert client.get(side_by_side(twice[0], twice[0])).status_code == 404
