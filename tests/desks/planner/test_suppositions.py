"""What if at the planner's desk: supposed by a form, read beside what is known, thrown away, or done for real."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.journey.rosters.cases import AT, Case, day, make_case, make_roster

from opstap.journey.associations.models import Contract
from opstap.journey.rosters.assembly import Supposed, newcomers_in
from opstap.journey.rosters.enums import RosterState, SupposedKind
from opstap.journey.rosters.models import Roster, RosterShift
from opstap.journey.rosters.operations import publish_roster, suppose

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ONCE = "0e8b1f0e-6f5e-4a57-9b1c-0a2b3c4d5e6f"


@pytest.fixture
def case() -> Iterator[Case]:
    """Return the small association, in which An packs on Monday and Tuesday by what is published."""
    with override_settings(FIXED_TODAY=AT.date()):
        found = make_case()
        publish_roster(roster=make_roster(found, ("An", 0, "hall"), ("An", 1, "hall")), by=found.by, at=AT)
        yield found


@pytest.fixture
def client(case: Case) -> Client:
    """Return the planner's browser."""
    browser = Client()
    browser.force_login(case.planner, backend=BACKEND)
    return browser


def told(case: Case) -> Roster:
    """Return what is published."""
    return Roster.objects.get(association=case.association, state=RosterState.PUBLISHED.value)


def answered(case: Case, *shifts: tuple[str, int]) -> Roster:
    """Return the supposition that An leaves on Tuesday, answered with these people in the hall."""
    what = Supposed(SupposedKind.LEAVES, str(case.people["An"].pk), day(1))
    roster = suppose(beside=told(case), what=[what], in_background=False, by=case.by, at=AT)
    hours = {"starts": 480, "ends": 966, "pause": 30, "site": case.sites["hall"], "function": case.functions["pack"]}
    RosterShift.objects.bulk_create(
        RosterShift(roster=roster, contract=case.people[who], on=day(number), is_learner=False, **hours) for who, number in shifts
    )
    Roster.objects.filter(pk=roster.pk).update(state=RosterState.READY.value, cost=0)
    return Roster.objects.get(pk=roster.pk)


def text_of(client: Client, name: str, *args: object, query: str = "") -> str:
    """Return a page as text with single spaces."""
    answer = client.get(reverse(f"planner:{name}", args=args) + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("vertrekt", {}),
        ("afwezig", {"last_on": day(2).isoformat()}),
        ("gesloten", {"last_on": day(2).isoformat()}),
        ("meer", {"more": "2", "urgent": "minimum"}),
        ("erbij", {}),
    ],
)
def test_each_form_supposes_what_it_says(case: Case, client: Client, kind: str, more: dict[str, str]) -> None:
    """One press asks for the answer; what is stored is what was filled in."""
    subject = {
        "gesloten": str(case.sites["hall"].pk), "meer": f"{case.sites['hall'].pk}_{case.functions['pack'].pk}",
    }.get(kind, str(case.people["An"].pk))  # fmt: skip
    body = {
        "subject": subject,
        "from_on": day(1).isoformat(),
        "beside": str(told(case).pk),
        "how": "few",
        "title": "Proef",
        "once_key": ONCE,
    }
    answer = client.post(reverse("planner:suppose", args=[kind]), body | more)
    made = Roster.objects.exclude(suppositions=[]).get()
    kept = made.suppositions[0]
    assert (answer.headers["Location"], made.title, kept["from_on"], kept["until_on"], kept["more"], kept["is_minimum"]) == (
        reverse("planner:supposition", args=[made.pk]), "Proef", day(1).isoformat(), day(3).isoformat() if "last_on" in more else None,
        int(more.get("more", 0)), "urgent" in more,
    )  # fmt: skip


def test_refused_form_comes_back_with_its_reason(case: Case, client: Client) -> None:
    """A day before the roster's end is asked; what was filled in is still there."""
    body = {"subject": str(case.people["An"].pk), "from_on": "2024-01-08", "beside": str(told(case).pk), "how": "few", "once_key": ONCE}
    answer = client.post(reverse("planner:suppose", args=["vertrekt"]), body)
    text = answer.content.decode()
    assert (answer.status_code, "zover reikt het rooster" in text, 'value="2024-01-08"' in text) == (422, True, True)


def test_page_shows_both_sides_and_who_moves(case: Case, client: Client) -> None:
    """What is supposed in words, people missing now and then, An's Tuesday gone and Bea's new; no way to publish."""
    roster = answered(case, ("An", 0), ("Bea", 1))
    text = text_of(client, "supposition", roster.pk)
    people = text[text.index('id="people"') :]
    assert [each in text for each in ("An vertrekt; 19 september 2023", "bekendmaken/", "dagen van een contract zonder werk")] == [
        True, False, True,
    ]  # fmt: skip
    assert [people.count(f"<summary>{name} ") for name in ("An", "Bea", "Cor")] == [1, 1, 0]


def test_page_answers_within_its_queries(case: Case, client: Client) -> None:
    """With facts that are in memory, as after the first look: twelve queries at most."""
    roster = answered(case, ("An", 0))
    text_of(client, "supposition", roster.pk)
    with CaptureQueriesContext(connection) as seen:
        text_of(client, "supposition", roster.pk)
    assert len(seen) <= 12


def test_suppositions_stand_in_their_own_list(case: Case, client: Client) -> None:
    """The list of rosters does not know it; the list of what if does, in words."""
    roster = answered(case)
    address = str(roster.pk)
    assert [address in text_of(client, name) for name in ("rosters", "suppositions")] == [False, True]


def test_weeks_of_a_supposition_offer_no_publishing(case: Case, client: Client) -> None:
    """The grid leads back to the supposition; the page of publishing is not there."""
    roster = answered(case, ("Bea", 1))
    grid = text_of(client, "roster", roster.pk)
    missing = client.get(reverse("planner:roster_publish", args=[roster.pk])).status_code
    back = client.get(reverse("planner:roster_compare", args=[roster.pk])).headers["Location"]
    here = reverse("planner:supposition", args=[roster.pk])
    assert (here in grid, "bekendmaken/" in grid, missing, back) == (True, False, 404, here)


def test_doing_it_for_real_asks_why_and_leads_to_the_draft(case: Case, client: Client) -> None:
    """Without a reason nothing happens and the page says so; with it the contract ends and the draft stands beside what is known."""
    roster = answered(case, ("An", 0), ("Bea", 1))
    url = reverse("planner:supposition_real", args=[roster.pk])
    first = client.post(url, {"once_key": ONCE, "waarom": " "})
    still = Contract.objects.get(pk=case.people["An"].pk).until_on
    second = client.post(url, {"once_key": ONCE.replace("0e8b", "1e8b"), "waarom": "ander werk"})
    ended = Contract.objects.get(pk=case.people["An"].pk).until_on
    assert (first.status_code, still, second.headers["Location"], ended) == (
        422, None, reverse("planner:roster_compare", args=[roster.pk]), day(1),
    )  # fmt: skip


def test_thrown_away_is_gone(case: Case, client: Client) -> None:
    """The list is empty, and its page is not there any more."""
    roster = answered(case)
    client.post(reverse("planner:supposition_drop", args=[roster.pk]), {"once_key": ONCE})
    assert client.get(reverse("planner:supposition", args=[roster.pk])).status_code == 404


def test_supposition_of_another_association_is_not_there(client: Client) -> None:
    """Neither to read, nor to do, nor to suppose something beside."""
    other = make_case("Elders")
    publish_roster(roster=make_roster(other, ("An", 0, "hall"), ("An", 1, "hall")), by=other.by, at=AT)
    theirs = answered(other)
    found = [
        client.get(reverse("planner:supposition", args=[theirs.pk])).status_code,
        client.post(reverse("planner:supposition_real", args=[theirs.pk]), {"once_key": ONCE, "waarom": "x"}).status_code,
        client.get(reverse("planner:suppose", args=["vertrekt"]) + f"?bij={theirs.pk}").status_code,
        client.get(reverse("planner:suppose", args=["anders"])).status_code,
    ]
    assert found == [404] * 4


def test_somebody_new_is_shown_with_their_work_and_hired_by_a_form(case: Case, client: Client) -> None:
    """The page says what they would do and has no button that does it; the form of hiring begins with the hours of the other."""
    what = Supposed(SupposedKind.JOINS, str(case.people["Bea"].pk), day(1))
    roster = suppose(beside=told(case), what=[what], in_background=False, by=case.by, at=AT)
    shift = {"site": str(case.sites["shop"].pk), "function": str(case.functions["sell"].pk), "starts": 540, "ends": 1020, "pause": 60}
    (key,) = newcomers_in(roster)
    told_new = [{"worker": key, "on": day(number).isoformat(), "is_learner": False, **shift} for number in (1, 2)]
    Roster.objects.filter(pk=roster.pk).update(state=RosterState.READY.value, cost=0, newcomers=told_new)
    text = text_of(client, "supposition", roster.pk)
    words = ("Wat N.N. ≈ Bea zou doen", "shop Lavoro, sell Lavoro", "14:00", reverse("planner:supposition_real", args=[roster.pk]))
    assert [word in text for word in words] == [True, True, True, False]
    form = text_of(client, "new_worker", query=f"?zoals={case.people['Bea'].pk}&vanaf={day(1).isoformat()}")
    assert [word in form for word in (f'value="{day(1).isoformat()}"', 'value="38.00"')] == [True, True]


@pytest.mark.usefixtures("case")
def test_hiring_form_tells_nothing_of_a_worker_of_elsewhere(client: Client) -> None:
    """The form is as if nobody was named; so it is with nonsense."""
    strange = make_case("Elders").people["Bea"]
    pages = [text_of(client, "new_worker", query=f"?zoals={key}&vanaf={day(1).isoformat()}") for key in (strange.pk, "x")]
    assert ['value="38.00"' in page for page in pages] == [False, False]
