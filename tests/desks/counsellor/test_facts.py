"""Recording what became known: the value with its source, and a colleague's change told instead of lost."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.desks.counsellor.conftest import Browser, World
from tests.journey.eligibility.cases import AT, acting

from opstap.engine.shared.vocabulary import half_day_mask
from opstap.journey.people.enums import FactSource
from opstap.journey.people.models import FactChange, Person
from opstap.journey.people.operations import set_facts
from opstap.journey.referrals.queries import followed_referrals

pytestmark = pytest.mark.django_db


def given(world: World, value: object, **other: object) -> dict[str, object]:
    """Return the form as it is posted."""
    version = Person.objects.get(pk=world.referral.person_id).version
    return {"value": value, "source": "person", "proof": "", "holds_until": "", "version": version, "once_key": str(uuid4())} | other


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("income", "living_wage", "living_wage"),
        ("income", "", None),
        ("work_limitation_right", "-", ""),
        ("work_limitation_right", "", None),
        ("registered_since", "2021-05-03", date(2021, 5, 3)),
        ("half_days", ["mon_am", "fri_pm"], half_day_mask(["mon_am", "fri_pm"])),
        ("limits", ["-"], []),
        ("limits", ["lifting", "dust"], ["lifting", "dust"]),
        ("limits", [], None),
        ("licences", "B\nheftruck", ["B", "forklift"]),
        ("licences", "geen", []),
        ("licences", "", None),
        ("wishes", "kok\n\nkok\ntuinier", ["kok", "tuinier"]),
        ("travel_minutes", "30", 30),
        ("municipality", "Bredene", "Bredene"),
        ("remarks", "belt liever na 17 u.", "belt liever na 17 u."),
    ],
)
def test_fact_is_kept_as_a_record_holds_it(world: World, browser: Browser, name: str, typed: object, kept: object) -> None:
    """Known, known to be none, and not known are three different things."""
    url = reverse("counsellor:fact", args=[world.referral.pk, name])
    answer = browser(world.an).post(url, given(world, typed))
    assert (answer.status_code, answer["Location"]) == (302, f"/begeleiding/dossiers/{world.referral.pk}/#vragen")
    assert getattr(Person.objects.get(pk=world.referral.person_id), name) == kept


def test_fact_remembers_source_proof_and_end(world: World, browser: Browser) -> None:
    """Who said it, what proves it, until when it holds, and who typed it."""
    form = given(world, "sickness_benefit", source="document", proof="attest RIZIV", holds_until="2023-12-01")
    browser(world.an).post(reverse("counsellor:fact", args=[world.referral.pk, "income"]), form)
    change = FactChange.objects.get()
    assert (change.value, change.source, change.proof) == ("sickness_benefit", "document", "attest RIZIV")
    assert (change.holds_until, change.recorded_by) == (date(2023, 12, 1), "an")


@pytest.mark.parametrize(("name", "typed"), [("income", "lottery"), ("registered_since", "morgen"), ("limits", ["-", "dust"])])
def test_fact_that_cannot_be_is_shown_again(world: World, browser: Browser, name: str, typed: object) -> None:
    """Nothing is written, and the page says what is wrong."""
    answer = browser(world.an).post(reverse("counsellor:fact", args=[world.referral.pk, name]), given(world, typed))
    assert (answer.status_code, FactChange.objects.count()) == (422, 0)
    assert 'id="errors"' in answer.content.decode()


def test_fact_changed_by_a_colleague_meanwhile_is_told(world: World, browser: Browser) -> None:
    """The page shows what the colleague wrote and keeps what was typed; saving again works."""
    url = reverse("counsellor:fact", args=[world.referral.pk, "income"])
    form = given(world, "living_wage")
    actor, person = acting(world.lead), Person.objects.get(pk=world.referral.person_id)
    set_facts(
        person=person, facts={"dutch_level": "A2"}, version=person.version, source=FactSource.PERSON,
        within=followed_referrals(actor), by=actor, at=AT,
    )  # fmt: skip
    client = browser(world.an)
    refused = client.post(url, form)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert ("Wat een collega intussen wijzigde" in page, "lead, 1 september 2023" in page) == (True, True)
    assert f'name="version" value="{person.version}"' in page
    assert client.post(url, form | {"version": person.version}).status_code == 302
    assert Person.objects.get(pk=person.pk).income == "living_wage"


def test_fact_left_unknown_changes_nothing(world: World, browser: Browser) -> None:
    """Saving "not known" over "not known" writes nothing, and says so."""
    url = reverse("counsellor:fact", args=[world.referral.pk, "benefit_exemption"])
    Person.objects.filter(pk=world.referral.person_id).update(benefit_exemption=None)
    page = browser(world.an).post(url, given(world, ""), follow=True).content.decode()
    assert (FactChange.objects.count(), "Er is niets gewijzigd." in page) == (0, True)


def test_fact_that_a_file_does_not_have_is_not_there(world: World, browser: Browser) -> None:
    """Sex is no fact of the file, and neither is a field that does not exist."""
    for name in ("sex", "folded_name", "anything"):
        assert browser(world.an).get(reverse("counsellor:fact", args=[world.referral.pk, name])).status_code == 404


def test_contact_data_are_changed_together(world: World, browser: Browser) -> None:
    """Another telephone and address, by who follows the person only."""
    form = {"phone": "+32470000000", "municipality": "Bredene", "version": 1, "once_key": str(uuid4())}
    url = reverse("counsellor:contact_data", args=[world.referral.pk])
    assert browser(world.bob).post(url, form).status_code == 404
    assert browser(world.an).post(url, form).status_code == 302
    person = Person.objects.get(pk=world.referral.person_id)
    assert (person.phone, person.municipality) == ("+32470000000", "Bredene")
