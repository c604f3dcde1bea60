"""The journey of a person on one page: what to follow up, appointments, and who else follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime
from tests.desks.counsellor.conftest import Browser, World
from tests.journey.appointments.cases import make_placement
from tests.journey.eligibility.cases import AT, ON, acting
from tests.journey.matching.rounds import SYSTEM

from opstap.foundation.clock import on_day
from opstap.journey.appointments.enums import InvitationKind, InvitationState, TrialState
from opstap.journey.appointments.models import Invitation, Slot, TrialDay
from opstap.journey.appointments.operations import book_slot, invite, open_slots
from opstap.journey.followup.models import Task
from opstap.journey.referrals.enums import Scope
from opstap.journey.referrals.models import Assignment
from opstap.journey.referrals.operations import assign
from opstap.steering.overviews.queries.my_day import my_day

pytestmark = pytest.mark.django_db


def to_do(world: World, **terms: object) -> Task:
    """Return a task about An's person that a rule opened."""
    given = {"rule": "no_contact", "once": "no_contact:1", "due_on": ON, "opened_at": AT, "facts": {"since": "2023-07-01"}} | terms
    return Task.objects.create(programme=world.programme, referral=world.referral, owner=world.an, organisation=world.team, **given)


def moments(world: World, *days: int) -> list[Slot]:
    """Return An's moments, so many days from now."""
    starts = [AT + timedelta(days=day) for day in days]
    return open_slots(counsellor=world.an, place=None, starts=starts, minutes=30, where="Stadhuis", by=SYSTEM, at=AT - timedelta(days=9))


def queues(world: World) -> dict[str, list[str]]:
    """Return An's queues, as what each is about."""
    return {queue.name: [person.detail for person in queue.people] for queue in my_day(acting(world.an), AT).queues}


def test_my_day_shows_what_is_to_be_followed_up(world: World) -> None:
    """An open task is there until it is put off or closed; one put off comes back on its day."""
    task = to_do(world)
    assert queues(world) == {"quiet": [""]}
    Task.objects.filter(pk=task.pk).update(snoozed_until=ON + timedelta(days=1))
    assert queues(world) == {}
    assert [queue.name for queue in my_day(acting(world.an), AT + timedelta(days=1)).queues] == ["quiet"]


def test_my_day_shows_whom_to_note_and_whom_to_call(world: World) -> None:
    """An appointment that was, and an invitation without a choice that expired."""
    slots = moments(world, -1, 3, 4)
    invitation = invite(referral=world.referral, kind=InvitationKind.FIRST_TALK, by=SYSTEM, at=AT - timedelta(days=8))
    Invitation.objects.filter(pk=invitation.pk).update(state=InvitationState.EXPIRED)
    assert queues(world) == {"to_call": ["appointments.first_talk"]}
    Invitation.objects.filter(pk=invitation.pk).update(state=InvitationState.BOOKED, slot=slots[0])
    assert queues(world) == {"to_note": ["appointments.first_talk"]}


def test_journey_shows_what_is_urgent_and_links_to_the_rest(world: World, browser: Browser) -> None:
    """Tasks with their rule and appointments are there; each other theme is a link that works by itself."""
    to_do(world)
    client = browser(world.an)
    page = client.get(reverse("counsellor:journey", args=[world.referral.pk])).content.decode()
    assert "geen contact sinds 1 juli 2023" in page
    assert "We bellen je omdat we elkaar sinds 1 juli 2023 niet spraken" in page
    for slug in ("overeenkomst", "plan", "uren", "evaluaties", "einde", "berichten"):
        address = reverse("counsellor:journey_theme", args=[world.referral.pk, slug])
        assert (f'href="{address}"' in page, client.get(address).status_code) == (True, 200)
        assert "<html" not in client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_journey_asks_few_queries(world: World, browser: Browser) -> None:
    """Twelve at most, with a task, an invitation and a trial day."""
    to_do(world)
    moments(world, 1, 2)
    invite(referral=world.referral, kind=InvitationKind.FIRST_TALK, by=SYSTEM, at=AT)
    placement = make_placement(world.referral, world.place)
    TrialDay.objects.create(placement=placement, starts_at=AT, minutes=240, state="planned", planned_by="test", planned_at=AT)
    client, address = browser(world.an), reverse("counsellor:journey", args=[world.referral.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    own = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) <= 12, own


def test_task_is_closed_with_a_note(world: World, browser: Browser) -> None:
    """Not needed says why; then the journey says that nothing waits, and shows how it ended under what is done."""
    task, client = to_do(world), browser(world.an)
    address = reverse("counsellor:close_task", args=[task.pk])
    refused = client.post(address, {"outcome": "dropped", "note": ""})
    assert (refused.status_code, "Zeg waarom het niet nodig is" in refused.content.decode()) == (422, True)
    assert client.post(address, {"outcome": "dropped", "note": "Is met verlof."}).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.end_reason, task.note) == ("dropped", "not_needed", "Is met verlof.")
    page = client.get(reverse("counsellor:journey", args=[world.referral.pk])).content.decode()
    order = [page.find(words) for words in ("Er is niets op te volgen", "1 taak die klaar is", "Is met verlof.")]
    assert (min(order) > 0, order) == (True, sorted(order))


def test_task_is_put_off_until_a_day(world: World, browser: Browser) -> None:
    """It waits with its reason."""
    task = to_do(world)
    body = {"until": (ON + timedelta(days=5)).isoformat(), "reason": "belt zelf terug"}
    assert browser(world.an).post(reverse("counsellor:put_off_task", args=[task.pk]), body).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.snoozed_until, task.note) == ("open", ON + timedelta(days=5), "belt zelf terug")


def series(**changes: object) -> dict[str, object]:
    """Return a form for Mondays and Tuesdays of two weeks, from nine to half past ten."""
    first = ON + timedelta(days=7 - ON.weekday())
    return {
        "first_on": first.isoformat(),
        "last_on": (first + timedelta(days=13)).isoformat(),
        "days": ["0", "1"],
        "begins": "09:00",
        "ends": "10:30",
        "minutes": "45",
        "where": "Stadhuis, lokaal 2",
    } | changes


def test_series_of_moments_opens_in_one_form(world: World, browser: Browser) -> None:
    """Two days a week for two weeks, two moments a day; sending it again opens nothing twice."""
    client = browser(world.an)
    for _ in range(2):
        assert client.post(reverse("counsellor:appointments"), series()).status_code == 302
    starts = [localtime(slot.starts_at) for slot in Slot.objects.filter(counsellor=world.an).order_by("starts_at")]
    assert [(start.weekday(), f"{start:%H:%M}") for start in starts] == [(0, "09:00"), (0, "09:45"), (1, "09:00"), (1, "09:45")] * 2


@pytest.mark.parametrize("changes", [{"ends": "08:00"}, {"last_on": "2023-01-01"}, {"days": []}])
def test_series_that_cannot_be_is_explained(world: World, browser: Browser, changes: dict[str, object]) -> None:
    """Hours or days that end before they begin, and no day: the form comes back with what was filled in."""
    answer = browser(world.an).post(reverse("counsellor:appointments"), series(**changes))
    assert (answer.status_code, Slot.objects.count(), "Stadhuis, lokaal 2" in answer.content.decode()) == (422, 0, True)


def test_appointment_by_telephone_from_invitation_to_outcome(world: World, browser: Browser) -> None:
    """Invite, choose a moment for the person, and note in one tap that they were there: it counts as contact."""
    client, slots = browser(world.an), moments(world, -2, 1, 2)
    assert client.post(reverse("counsellor:invite", args=[world.referral.pk]), {"kind": "first_talk"}).status_code == 302
    invitation = Invitation.objects.get()
    address = reverse("counsellor:choose", args=[invitation.pk])
    assert slots[1].where in client.get(address).content.decode()
    assert client.post(address, {"slot": str(slots[1].pk)}).status_code == 302
    invitation.refresh_from_db()
    assert (invitation.state, invitation.slot) == (InvitationState.BOOKED, slots[1])
    Invitation.objects.update(slot=slots[0])
    assert "Wie kwam er?" in client.get(reverse("counsellor:appointments")).content.decode()
    client.post(reverse("counsellor:outcome", args=[invitation.pk, "seen"]), {"back": "journey"})
    invitation.refresh_from_db()
    world.referral.refresh_from_db()
    assert (invitation.state, world.referral.last_contact_at) == (InvitationState.SEEN, slots[0].starts_at)


def test_moment_that_is_gone_is_said(world: World, browser: Browser) -> None:
    """Somebody else took it: the page shows the others, with why."""
    slots = moments(world, 1, 2, 3)
    mine = invite(referral=world.referral, kind=InvitationKind.FIRST_TALK, by=SYSTEM, at=AT)
    other = invite(referral=world.ready(), kind=InvitationKind.FIRST_TALK, by=SYSTEM, at=AT)
    book_slot(invitation=other, slot=slots[0], by=SYSTEM, at=AT)
    answer = browser(world.an).post(reverse("counsellor:choose", args=[mine.pk]), {"slot": str(slots[0].pk)})
    assert (answer.status_code, Invitation.objects.get(pk=mine.pk).state) == (409, InvitationState.OFFERED)


def test_trial_day_is_planned_and_judged_by_telephone(world: World, browser: Browser) -> None:
    """Planned before the agreement; the person's words are kept."""
    client, placement = browser(world.an), make_placement(world.referral, world.place)
    body = {"on": (ON + timedelta(days=3)).isoformat(), "begins": "09:00", "hours": "4"}
    assert client.post(reverse("counsellor:plan_trial", args=[placement.pk]), body).status_code == 302
    trial = TrialDay.objects.get()
    assert (trial.minutes, f"{localtime(trial.starts_at):%Y-%m-%d %H:%M}") == (240, f"{ON + timedelta(days=3)} 09:00")
    TrialDay.objects.update(starts_at=on_day(AT, ON - timedelta(days=1)))
    client.post(reverse("counsellor:trial_verdict", args=[trial.pk]), {"verdict": "more_days", "words": "Nog eens proberen."})
    trial.refresh_from_db()
    assert (trial.person_verdict, trial.person_words, trial.state) == ("more_days", "Nog eens proberen.", TrialState.PLANNED)


def test_person_is_shared_and_that_is_ended(world: World, browser: Browser) -> None:
    """A colleague sees the plan's sections and nothing else, until it ends."""
    client, shared = browser(world.an), browser(world.bob)
    journey = reverse("counsellor:journey", args=[world.referral.pk])
    assert shared.get(journey).status_code == 404
    assign(
        referral=world.referral,
        organisation=world.team,
        user=world.bob,
        scope=Scope.PLAN,
        from_on=ON,
        until_on=None,
        reason="samen volgen",
        by=SYSTEM,
        at=AT,
    )
    page = shared.get(journey).content.decode()
    assert ("#deel-plan" in page, "#deel-uren" in page, 'id="afspraken"' in page) == (True, False, False)
    hidden = [reverse("counsellor:journey_theme", args=[world.referral.pk, slug]) for slug in ("uren", "berichten")]
    assert [shared.get(address).status_code for address in [*hidden, reverse("counsellor:case_file", args=[world.referral.pk])]] == [
        404
    ] * 3
    client.post(reverse("counsellor:end_share", args=[Assignment.objects.get().pk]))
    assert shared.get(journey).status_code == 404


def test_share_form_gives_an_organisation_a_dated_look(world: World, browser: Browser) -> None:
    """The form offers who counsels in the programme; the row says from when, until when and why."""
    client, address = browser(world.an), reverse("counsellor:share", args=[world.referral.pk])
    body = {
        "who": str(world.team.pk),
        "scope": "attendance",
        "from_on": ON.isoformat(),
        "until_on": (ON + timedelta(days=30)).isoformat(),
        "reason": "uren nakijken",
    }
    assert client.post(address, body).status_code == 302
    row = Assignment.objects.get()
    assert (row.organisation, row.user, row.scope, row.until_on) == (world.team, None, "attendance", ON + timedelta(days=30))
    assert "uren nakijken" in client.get(address).content.decode()
