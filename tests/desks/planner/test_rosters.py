"""The planner's desk of rosters: read, dragged, chosen from a list, undone, published, repaired."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.journey.rosters.cases import AT, MONDAY, Case, day, make_case, make_roster, put, who_works

from opstap.foundation.outbox.models import Message
from opstap.journey.associations.models import ContractAbsence
from opstap.journey.rosters.enums import RosterState
from opstap.journey.rosters.models import Roster, RosterShift
from opstap.journey.rosters.operations import publish_roster
from opstap.steering.overviews.queries.roster_compare import roster_compare

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ONCE = "0e8b1f0e-6f5e-4a57-9b1c-0a2b3c4d5e6f"


@pytest.fixture
def case() -> Iterator[Case]:
    """Return the small association on the day of the cases."""
    with override_settings(FIXED_TODAY=AT.date()):
        yield make_case()


@pytest.fixture
def client(case: Case) -> Client:
    """Return the planner's browser."""
    browser = Client()
    browser.force_login(case.planner, backend=BACKEND)
    return browser


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    """Return a page as text."""
    answer = client.get(reverse(f"planner:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, name: str, *args: object, **body: str) -> int:
    """Post a form and return the status."""
    return client.post(reverse(f"planner:{name}", args=args), body | {"once_key": ONCE}).status_code


def shift_of(roster: Roster, case: Case, who: str, weekday: int = 0) -> RosterShift:
    """Return somebody's shift."""
    return RosterShift.objects.get(roster=roster, contract=case.people[who], on=day(weekday))


def key(case: Case, who: str, weekday: int = 0) -> str:
    """Return the hall on a day for somebody, as a form posts it."""
    to = case.target(who, weekday)
    return f"{to.contract_id}_{to.on.isoformat()}_{to.site_id}_{to.function_id}_{to.starts}"


def test_week_shows_people_with_site_work_and_hours(case: Case, client: Client) -> None:
    """Both views tell who is where; what is under the minimum is said in words."""
    roster = make_roster(case, ("An", 0, "hall"), ("Bea", 0, "shop"))
    people, work = (page(client, "roster", roster.pk, query=f"?zicht={view}") for view in ("mensen", "plekken"))
    assert [text in people for text in ("hall Lavoro", "pack Lavoro", "8:00-16:06", "9:00-17:00")] == [True] * 4
    assert [text in " ".join(work.split()) for text in ("1/2 gewenst", ">1/1<", "0/1 onder het minimum")] == [True] * 3


def test_verdict_is_that_of_the_checker(case: Case, client: Client) -> None:
    """Bea may take over, Cor as a learner alone may not; each with its words."""
    roster = make_roster(case, ("An", 0, "hall"))
    told = client.get(reverse("planner:shift_verdict", args=[shift_of(roster, case, "An").pk])).json()
    bea, cor = told[key(case, "Bea")], told[key(case, "Cor")]
    assert (bea["ok"], bea["points"], cor["ok"]) == (True, 0, False)
    assert "is er niemand die pack Lavoro kan" in cor["words"] or "niemand" in cor["words"].lower()


def test_drop_moves_the_shift_and_undo_takes_it_back(case: Case, client: Client) -> None:
    """What the hand does is done, and undone by one press."""
    roster = make_roster(case, ("An", 0, "hall"))
    assert send(client, "shift_move", shift_of(roster, case, "An").pk, plek=key(case, "Bea")) == 302
    assert who_works(roster) == [("Bea", 0, "hall")]
    assert client.post(reverse("planner:roster_undo", args=[roster.pk]), {"once_key": ONCE.replace("0e8b", "1e8b")}).status_code == 302
    assert who_works(roster) == [("An", 0, "hall")]


def test_forbidden_drop_is_refused_in_words(case: Case, client: Client) -> None:
    """A form that was made by hand meets the same rule as the mouse."""
    roster = make_roster(case, ("An", 0, "hall"))
    answer = client.post(
        reverse("planner:shift_move", args=[shift_of(roster, case, "An").pk]), {"plek": key(case, "Cor"), "once_key": ONCE}
    )
    assert (answer.status_code, who_works(roster)) == (409, [("An", 0, "hall")])


def test_shift_page_offers_by_keyboard_what_the_mouse_can(case: Case, client: Client) -> None:
    """Why, and a button for every place that may be; what may not be says why and has none."""
    roster = make_roster(case, ("An", 0, "hall"))
    text = page(client, "shift", shift_of(roster, case, "An").pk)
    offered = [f'value="{key(case, who)}"' in text for who in ("Bea", "Cor")]
    assert (offered, "De werknemer kan pack Lavoro" in text) == ([True, False], True)


def test_need_page_ranks_who_could_come(case: Case, client: Client) -> None:
    """Who is free comes before who would leave something that is needed."""
    roster = make_roster(case, ("Bea", 0, "shop"))
    text = page(client, "roster_need", roster.pk, key(case, "An").partition("_")[2])
    assert text.index(key(case, "An")) < text.index(key(case, "Bea"))
    assert send(client, "roster_give", roster.pk, plek=key(case, "An")) == 302
    assert who_works(roster) == [("An", 0, "hall"), ("Bea", 0, "shop")]


def test_pinned_shift_cannot_be_lifted(case: Case, client: Client) -> None:
    """A pin is a word in the grid, and the shift is not to be dragged any more."""
    roster = make_roster(case, ("An", 0, "hall"))
    assert send(client, "roster_pin", roster.pk, dag=f"{case.people['An'].pk}_{MONDAY.isoformat()}") == 302
    text = page(client, "roster", roster.pk)
    assert ("vastgezet" in text, "draggable" in text) == (True, False)


def test_publish_page_tells_per_person_and_publishes(case: Case, client: Client) -> None:
    """The difference of each person stands there before anything is told; then it is told."""
    publish_roster(roster=make_roster(case, ("An", 0, "hall"), ("Bea", 1, "hall")), by=case.by, at=AT)
    Message.objects.all().delete()
    draft = make_roster(case, ("An", 2, "hall"), ("Bea", 1, "hall"))
    text = page(client, "roster_publish", draft.pk)
    assert ([name in text for name in ("An", ">Bea ")], text.count("<del>")) == ([True, False], 1)
    assert send(client, "roster_publish", draft.pk) == 302
    assert (Roster.objects.get(pk=draft.pk).state, Message.objects.count()) == (RosterState.PUBLISHED, 1)


def test_publishing_within_the_notice_needs_a_tick(case: Case, client: Client) -> None:
    """Bea's hours vary: without her yes the page comes back with her name, with it the roster is told."""
    draft = make_roster(case, ("Bea", 1, "hall"))
    with override_settings(FIXED_TODAY=day(-3)):
        answer = client.post(reverse("planner:roster_publish", args=[draft.pk]), {"once_key": ONCE})
        assert (answer.status_code, "Nog niet afgesproken met" in answer.content.decode()) == (422, True)
        agreed = {"akkoord": str(case.people["Bea"].pk), "once_key": ONCE}
        assert client.post(reverse("planner:roster_publish", args=[draft.pk]), agreed).status_code == 302


def test_absence_leads_to_who_can_take_over(case: Case, client: Client) -> None:
    """One form, then the lost shift with the replacement; never why somebody is away."""
    publish_roster(roster=make_roster(case, ("An", 0, "hall")), by=case.by, at=AT)
    body = {"contract": str(case.people["An"].pk), "from_on": MONDAY.isoformat(), "last_on": MONDAY.isoformat(), "kind": "away"}
    answer = client.post(reverse("planner:away"), body | {"once_key": ONCE})
    draft = Roster.objects.get(state=RosterState.READY.value)
    assert answer.headers["Location"] == reverse("planner:lost", args=[draft.pk])
    text = page(client, "lost", draft.pk)
    assert (key(case, "Bea") in text, key(case, "Cor") in text, ContractAbsence.objects.count()) == (True, False, 1)


def test_what_fell_out_says_why_nobody_else_can_and_is_repaired_by_one_press(case: Case, client: Client) -> None:
    """Each lost shift leads to the page that says why the others cannot; the button asks for a repair beside what is told."""
    publish_roster(roster=make_roster(case, ("An", 0, "hall")), by=case.by, at=AT)
    body = {"contract": str(case.people["An"].pk), "from_on": MONDAY.isoformat(), "last_on": MONDAY.isoformat(), "kind": "away"}
    client.post(reverse("planner:away"), body | {"once_key": ONCE})
    draft = Roster.objects.get(state=RosterState.READY.value)
    text = page(client, "lost", draft.pk)
    work = f"{MONDAY.isoformat()}_{case.sites['hall'].pk}_{case.functions['pack'].pk}_480"
    address = reverse("planner:roster_need", args=[draft.pk, work])
    assert ([address in text, 'name="herstellen"' in text], client.get(address).status_code) == ([True, True], 200)
    client.post(reverse("planner:roster_again", args=[draft.pk]), {"herstellen": "1", "once_key": str(uuid4())})
    assert list(Roster.objects.filter(state=RosterState.DRAFT.value).values_list("kind", flat=True)) == ["repair"]


def test_refusal_of_an_absence_or_a_roster_is_a_sentence(case: Case, client: Client) -> None:
    """Away already, and a second roster while the first is made: both forms come back with words."""
    body = {"contract": str(case.people["An"].pk), "from_on": MONDAY.isoformat(), "kind": "away"}
    wanted = {"start": MONDAY.isoformat(), "weeks": "2", "order": "usual", "seconds": "10"}
    told = []
    for name, form in (("away", body), ("ask_roster", wanted)):
        for _ in range(2):
            answer = client.post(reverse(f"planner:{name}"), form | {"once_key": str(uuid4())})
        told.append([text in answer.content.decode() for text in ("deze dagen al afwezig", "al een rooster gemaakt", "Reason(")])
    assert told == [[True, False, False], [False, True, False]]


def test_score_page_says_what_is_missing_and_why(case: Case, client: Client) -> None:
    """The sheet has every criterion; the shop that nobody fills is told with a cause and a change."""
    text = page(client, "roster_score", make_roster(case, ("An", 0, "hall")).pk)
    words = ("minimale vraag", "sell Lavoro", "Kleinste verandering", "Cor")
    assert [word in text for word in words] == [True] * len(words)


def test_draft_stands_beside_what_is_published(case: Case, client: Client) -> None:
    """Without An on Monday the hall misses its minimum: what it costs in words, An's day in both, and the hours of both."""
    publish_roster(roster=make_roster(case, ("An", 0, "hall"), ("An", 1, "hall")), by=case.by, at=AT)
    draft = make_roster(case, ("An", 1, "hall"))
    found = roster_compare(case.by, draft, AT)
    assert found is not None
    assert [(each.label, each.more) for each in found.missing] == [
        ("rosters.beside.minimum", 1),
        ("rosters.beside.wanted", 1),
        ("rosters.beside.hours", 1),
        ("rosters.beside.reached", 0),
    ]
    assert (found.total.more > 0, found.total.change.code) == (True, "rosters.beside.worse")
    assert [(each.name, len(each.days), each.told, each.draft) for each in found.people] == [("An", 1, 2 * 456, 456)]
    text = page(client, "roster_compare", draft.pk)
    assert [word in text for word in ("15:12 → 7:36", "vrij", f"kost {found.total.more} punten meer")] == [True] * 3
    same = roster_compare(case.by, make_roster(case, ("An", 0, "hall"), ("An", 1, "hall")), AT)
    assert same is not None
    assert (same.total.more, same.total.change.code, same.people) == (0, "rosters.beside.same", ())


def test_other_association_sees_nothing(case: Case) -> None:
    """For the planner of another association these pages do not exist."""
    roster = make_roster(case, ("An", 0, "hall"))
    shift = shift_of(roster, case, "An")
    stranger = Client()
    stranger.force_login(make_case("Elders").planner, backend=BACKEND)
    pages = [("roster", roster.pk), ("roster_score", roster.pk), ("roster_publish", roster.pk), ("lost", roster.pk), ("shift", shift.pk)]
    pages += [("shift_verdict", shift.pk), ("roster_compare", roster.pk)]
    assert [stranger.get(reverse(f"planner:{name}", args=[given])).status_code for name, given in pages] == [404] * len(pages)
    posts = [("shift_move", shift.pk), ("shift_remove", shift.pk), ("roster_undo", roster.pk), ("roster_copy", roster.pk)]
    assert [send(stranger, name, given, plek=key(case, "Bea")) for name, given in posts] == [404] * len(posts)


def test_grid_of_49_people_asks_few_questions() -> None:
    """Forty-nine people with a full week cost no more questions than three."""
    with override_settings(FIXED_TODAY=AT.date()):
        case = make_case(people=46)
        roster = make_roster(case)
        for who in case.people:
            for weekday in range(5):
                put(case, roster, who, weekday)
        browser = Client()
        browser.force_login(case.planner, backend=BACKEND)
        address = reverse("planner:roster", args=[roster.pk])
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            text = browser.get(address).content.decode()
    own = [each["sql"] for each in queries if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert (len(own) <= 12, text.count("data-shift")) == (True, 245), len(own)


def test_repaired_roster_tells_what_is_scarce_from_the_search_before_it(case: Case, client: Client) -> None:
    """Who to train next does not vanish with a repair; what is only supposed says nothing for others, nor does a search of other weeks."""
    advice = {"code": "rosters.nobody", "facts": {}, "reference": ""}
    found = [{"name": name, "is_coach": False, "points": 40, "advice": advice} for name in ("lassen", "zagen", "breien")]
    for scarce, start, what in ((found[0], MONDAY, []), (found[1], MONDAY, [{}]), (found[2], day(7), [])):
        Roster.objects.filter(pk=make_roster(case, start=start).pk).update(scarce=[scarce], suppositions=what)
    repaired = make_roster(case, ("An", 0, "hall"))
    Roster.objects.filter(pk=repaired.pk).update(kind="repair")
    text = page(client, "roster_score", repaired.pk)
    assert [name in text for name in ("lassen", "zagen", "breien", "Zoals de zoektocht van 1 september 2023")] == [True, False, False, True]
