"""The planner's pages of the association: hire, note, ask, bring in; and what nobody else gets."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from tests.factories import make_person, make_referral, make_user
from tests.house.access.visitors import browser
from tests.journey.associations.cases import AT, SYSTEM, TODAY, Group, make_group, make_region, make_worker, workbook

from opstap.foundation.access.models import User
from opstap.foundation.actor import Role
from opstap.foundation.organisations.models import Organisation, Site
from opstap.journey.associations.enums import HiringStage, SupportStatus
from opstap.journey.associations.models import Candidate, Coach, Contract, ContractAbsence, Intake, Membership, Shortage, SiteDemand
from opstap.journey.associations.operations import move_candidate, put_forward
from opstap.steering.overviews.queries.associations import towards_target

pytestmark = pytest.mark.django_db
CONTRACT = {"from_on": "2023-09-04", "weekly_hours": "19", "half_days": ["mon_am", "mon_pm", "tue_am"], "status": "imw"}


@pytest.fixture(autouse=True)
def on_the_day(settings: Settings) -> None:
    """Let it be 1 September 2023."""
    settings.FIXED_TODAY = TODAY


def planner(group: Group) -> Client:
    """Return the browser of the group's planner."""
    return browser(User.objects.get(pk=group.planner.id))


def send(client: Client, address: str, **given: object) -> int:
    """Send a form, and return the status of the answer."""
    return client.post(f"/rooster/{address}", {"once_key": str(uuid4()), **given}).status_code


def test_new_worker_is_registered_and_hired() -> None:
    """A form makes the person and the contract; nothing is made when the hours cannot be."""
    group = make_group()
    client, who = planner(group), {"first_name": "Noor", "last_name": "Peeters", "birth_date": "1999-03-02"}
    assert send(client, "werknemers/nieuw/", **who, **CONTRACT | {"weekly_hours": "50"}) == 422
    assert send(client, "werknemers/nieuw/", **who, **CONTRACT) == 302
    contract = Contract.objects.get()
    assert (str(contract.person), contract.weekly_hours, contract.weekdays) == ("Noor Peeters", Decimal(19), frozenset({0, 1}))


def test_cap_is_said_on_the_form() -> None:
    """Who would be one too many is refused in words, with the form as it was filled in."""
    group = make_group(target=1, next_target=None, worker_cap=1)
    make_worker(group)
    client = planner(group)
    answer = client.post(
        "/rooster/werknemers/nieuw/",
        {"once_key": str(uuid4()), "first_name": "Noor", "last_name": "Peeters", "birth_date": "1999-03-02", **CONTRACT},
    )
    assert (answer.status_code, "hoogstens 1 werknemer tegelijk" in answer.content.decode()) == (422, True)


def test_worker_page_shows_the_premium_and_hides_which_limit_it_is() -> None:
    """The planner reads the amount and which function is barred, never the limit."""
    group = make_group()
    contract = make_worker(group)
    contract.person.limits = ["outdoors"]
    contract.person.save()
    page = planner(group).get(f"/rooster/werknemers/{contract.pk}/")
    assert [line.title for line in page.context["page"].barred] == ["tuinier"]
    assert page.context["page"].quarters[1].total == Decimal("3600.00")
    assert "buiten werken" not in page.content.decode()


def test_support_is_changed_and_its_premium_follows() -> None:
    """Another length of the right gives another per cent."""
    group = make_group()
    contract = make_worker(group)
    client = planner(group)
    given = {"status": "imw", "from_on": "2023-07-03", "until_on": "2025-07-01", "right_years": "2", "wage_cost": "9000"}
    assert send(client, f"werknemers/{contract.pk}/premie/", **given) == 302
    page = client.get("/rooster/werknemers/premies/?kwartaal=2023-4")
    assert (page.context["page"].total, page.context["quarter"].number) == (Decimal("1800.00"), 4)


def test_skills_wishes_and_absence_are_kept() -> None:
    """Three forms of one worker: can, wishes, away and back."""
    group = make_group()
    contract, client = make_worker(group), planner(group)
    pack, garden = group.functions["inpakker"], group.functions["tuinier"]
    assert send(client, f"werknemers/{contract.pk}/kan/", functions=[pack.pk]) == 302
    assert send(client, f"werknemers/{contract.pk}/wil-leren/", wish_1=garden.pk) == 302
    assert send(client, f"werknemers/{contract.pk}/afwezig/", from_on="2023-09-04", kind="away") == 302
    absence = ContractAbsence.objects.get()
    assert send(client, f"werknemers/terug/{absence.pk}/", until_on="2023-09-06") == 302
    absence.refresh_from_db()
    kept = ([each.function for each in contract.skills.all()], [each.function for each in contract.wishes.all()], str(absence.until_on))
    assert kept == ([pack], [garden], "2023-09-06")
    assert send(client, f"werknemers/{contract.pk}/kan/") == 302
    assert contract.skills.count() == 0


def test_demand_is_asked_changed_and_taken_away() -> None:
    """Two weekdays at once, one of them changed, the other taken away."""
    group = make_group()
    client = planner(group)
    given = {"starts": "08:00", "ends": "16:00", "pause": 30, "minimum": 1, "wanted": 2, "maximum": 3}
    where = {"site": group.sites[0].pk, "function": group.functions["inpakker"].pk}
    assert send(client, "vraag/nieuw/", **where, **given, weekdays=[0, 1]) == 302
    assert send(client, "vraag/nieuw/", **where, **given) == 422
    monday, tuesday = SiteDemand.objects.order_by("weekday")
    assert send(client, f"vraag/{monday.pk}/", **given | {"maximum": 5, "starts": "09:00"}) == 302
    assert send(client, f"vraag/{tuesday.pk}/weg/") == 302
    assert list(SiteDemand.objects.values_list("weekday", "starts", "maximum")) == [(0, 540, 5)]


def test_members_coaches_and_sites_are_kept() -> None:
    """A membership ends, a coach is named, a site becomes a shop at the coast that closes for a week."""
    group = make_group()
    make_region()
    client, site = planner(group), group.sites[0]
    membership = Membership.objects.get(organisation=group.members[1])
    assert send(client, f"leden/{membership.pk}/einde/", until_on="2024-01-01") == 302
    assert send(client, "coach/nieuw/", site=site.pk, name="Natalia", weekdays=[0, 1], maximum=7) == 302
    given = {"municipality": "Bredene", "neighbourhood": "", "is_seaside_shop": "on"}
    assert send(client, f"werkplek/{site.pk}/", **given, extra_sundays="2023-12-16") == 422
    assert send(client, f"werkplek/{site.pk}/", **given, extra_sundays="2023-12-17") == 302
    assert send(client, f"werkplek/{site.pk}/gesloten/", from_on="2023-12-25", until_on="2024-01-02") == 302
    site.refresh_from_db()
    membership.refresh_from_db()
    assert (str(membership.until_on), Coach.objects.get().weekdays, site.municipality) == ("2024-01-01", [0, 1], "Bredene")


def test_site_that_is_not_on_the_map_is_refused() -> None:
    """A town outside the region is refused in words, and the site stays where it was."""
    group = make_group()
    make_region()
    site = group.sites[0]
    assert send(planner(group), f"werkplek/{site.pk}/", municipality="Parijs") == 422
    site.refresh_from_db()
    assert site.municipality == "Oostende"


def test_shortage_list_is_brought_in_by_form() -> None:
    """A csv flags the gardener; the button takes the flag away."""
    group = make_group()
    client, garden = planner(group), group.functions["tuinier"]
    file = SimpleUploadedFile("lijst.csv", b"Beroep\ntuinier\n")
    assert send(client, "functies/knelpunt/", year=2023, source="VDAB", file=file) == 302
    assert [row.function for row in Shortage.objects.all()] == [garden]
    assert send(client, f"functies/{garden.pk}/knelpunt/", year=2023) == 302
    assert Shortage.objects.count() == 0


def test_workbook_is_looked_at_then_applied() -> None:
    """The upload leads to the rows; one press brings them in; a text file is refused on the form."""
    group = make_group()
    client = planner(group)
    assert send(client, "lijsten/nieuw/", as_of="2023-09-01", file=SimpleUploadedFile("x.xlsx", b"hallo")) == 422
    assert send(client, "lijsten/nieuw/", as_of="2023-09-01", file=SimpleUploadedFile("lavoro.xlsx", workbook())) == 302
    intake = Intake.objects.get()
    page = client.get(f"/rooster/lijsten/{intake.pk}/?toon=new")
    assert (page.context["useful"], len(page.context["page"].object_list), Contract.objects.count()) == (7, 7, 0)
    assert send(client, f"lijsten/{intake.pk}/toepassen/") == 302
    assert sorted(Contract.objects.values_list("number", flat=True)) == ["1", "2"]


def test_counsellor_puts_forward_and_the_planner_hires() -> None:
    """From the counsellor's page to a contract: each sees only their own part."""
    group = make_group()
    counsellor = make_user(Role.COUNSELLOR, organisation=group.members[0])
    referral = make_referral(make_person(), group.association.programme, counsellor=counsellor, organisation=group.members[0])
    desk, address = browser(counsellor), f"/begeleiding/dossiers/{referral.pk}/groepering/"
    assert desk.post(address, {"once_key": str(uuid4()), "association": group.association.pk}).status_code == 302
    candidate, client = Candidate.objects.get(), planner(group)
    for step in ("eligible", "interview"):
        assert send(client, f"kandidaten/{candidate.pk}/", to=step) == 302
    assert send(client, f"kandidaten/{candidate.pk}/contract/", **CONTRACT) == 302
    contract = Contract.objects.get()
    assert (contract.person_id, contract.supported.status) == (referral.person_id, SupportStatus.IMW)
    assert "contract" in desk.get(address).content.decode()
    assert client.get(f"/begeleiding/dossiers/{referral.pk}/").status_code == 404


def test_focus_groups_are_counted_and_order_nobody() -> None:
    """Candidates stand in the order in which they came, whatever their age; the count says how many belong to a group."""
    group = make_group()
    people = [
        make_person(name, birth_date=born) for name, born in (("Jong", "2001-01-01"), ("Oud", "1960-01-01"), ("Midden", "1985-01-01"))
    ]
    for person in people:
        referral = make_referral(person, group.association.programme)
        candidate = put_forward(association=group.association, referral=referral, by=SYSTEM, at=AT)
        move_candidate(candidate=candidate, to=HiringStage.ELIGIBLE, by=SYSTEM, at=AT)
    towards = planner(group).get("/rooster/kandidaten/").context["towards"]
    eligible = dict(towards.stages)[HiringStage.ELIGIBLE]
    assert sorted(row.referral.person.last_name for row in eligible) == ["Jong", "Midden", "Oud"]
    assert [(focus.value, working, coming) for focus, working, coming in towards.focus] == [
        ("low_educated_under_25", 0, 0),
        ("aged_55_plus", 0, 1),
    ]


@pytest.mark.parametrize(("target", "missing", "aim"), [(1, 48, 49), (25, 24, 25)])
def test_reached_target_counts_toward_the_next(target: int, missing: int, aim: int) -> None:
    """With the first target reached the page says how many are missing for the one after it."""
    group = make_group(target=target)
    make_worker(group)
    found = towards_target(group.planner, group.association, AT.date() + timedelta(days=30))
    text = planner(group).get("/rooster/").content.decode()
    assert (found.missing, found.aim, f"voor de doelstelling van {aim}" in text) == (missing, aim, True)


def test_planner_adds_a_site_of_a_member() -> None:
    """It lies on the map; the same name again, a place that nobody knows and no name at all are said in the form."""
    group = make_group()
    make_region()
    client, membership = planner(group), Membership.objects.get(organisation=group.members[1])
    page, given = f"leden/{membership.pk}/werkplek/", {"street": "Kaai 1", "postcode": "", "municipality": "Bredene", "neighbourhood": ""}
    found = [send(client, page, **given | more) for more in ({"name": "Kaaihal"}, {"name": " kaaihal"}, {"name": " "})]
    found.append(send(client, page, **given | {"name": "Elders", "municipality": "Nergenshuizen"}))
    site = Site.objects.get(name="Kaaihal")
    assert 'Kaaihal</a> <span class="muted small">vraagt nog niemand' in client.get("/rooster/").content.decode()
    assert (found, site.organisation, site.street, site.longitude is None) == ([302, 422, 422, 422], group.members[1], "Kaai 1", False)


def test_site_needs_a_membership_that_runs() -> None:
    """Of who was a member once, no site is added."""
    group = make_group()
    make_region()
    membership = Membership.objects.get(organisation=group.members[1])
    Membership.objects.filter(pk=membership.pk).update(until_on=membership.from_on + timedelta(days=1))
    status = send(planner(group), f"leden/{membership.pk}/werkplek/", name="Kaaihal", municipality="Bredene")
    assert (status, Site.objects.filter(name="Kaaihal").count()) == (422, 0)


def test_member_that_nobody_knows_is_made_and_joins() -> None:
    """By its name and what it is; a name that is known already is no second organisation; one of both is chosen."""
    group = make_group()
    client, form = planner(group), {"organisation": "", "kind": "company", "from_on": "2023-09-01", "until_on": ""}
    first = send(client, "leden/nieuw/", **form, new_name="Kaai en Zonen bv")
    made = Membership.objects.get(organisation__name="Kaai en Zonen bv")
    again = send(client, "leden/nieuw/", **form, new_name="kaai en zonen BV")
    neither = send(client, "leden/nieuw/", **form, new_name="")
    both = send(client, "leden/nieuw/", **form | {"organisation": str(group.members[0].pk)}, new_name="Nog een")
    assert (first, made.organisation.kind, again, neither, both) == (302, "company", 422, 422, 422)
    assert Organisation.objects.filter(folded_name__contains="kaai en zonen").count() == 1
