"""A relay: made from what is known, without health, taken on by name, or somebody above hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from psycopg.types.range import DateRange
from tests.journey.agreements.signed import counsellor_of
from tests.journey.eligibility.cases import acting, make_programme, make_user
from tests.journey.matching.rounds import SYSTEM
from tests.journey.outcomes.ended import THEN, end, make_offered, make_running, make_written

from opstap.engine.shared import Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.queries import link_actor, link_by_token
from opstap.foundation.actor import Role
from opstap.foundation.outbox.models import Message
from opstap.journey.followup.models import Task
from opstap.journey.followup.operations import close_task, open_tasks
from opstap.journey.outcomes.assembly import health_words
from opstap.journey.outcomes.models import Relay
from opstap.journey.outcomes.operations import (
    Outside,
    accept_relay,
    decline_relay,
    escalate_relays,
    give_link,
    make_relay,
    offer_relay,
    withdraw_relay,
    write_relay,
)
from opstap.journey.outcomes.queries import relay_for, relays_not_taken_on, relays_to_answer, relays_to_make
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.models import Referral

pytestmark = pytest.mark.django_db


def test_relay_is_made_once() -> None:
    """A second click opens the relay that is there."""
    ending = end(make_running())
    by = counsellor_of(ending.placement)
    first = make_relay(referral=ending.referral, ending=ending, by=by, at=THEN)
    assert make_relay(referral=ending.referral, ending=ending, by=by, at=THEN).pk == first.pk


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bel de groendienst.", ()),
        ("Heeft een depressie, gaat naar de Psychiater.", ("depressie", "Psychiater")),
        ("Kan niet op zaterdag.", ()),
    ],
)
def test_health_is_found_in_words(text: str, found: tuple[str, ...]) -> None:
    """Words of health are named as they were written; ordinary words are not."""
    assert health_words([text]) == found


def test_relay_with_health_is_refused() -> None:
    """Nothing of health leaves the file, and the writer hears which word it was."""
    ending = end(make_running())
    by = counsellor_of(ending.placement)
    relay = make_relay(referral=ending.referral, ending=ending, by=by, at=THEN)
    with pytest.raises(Refused) as refused:
        write_relay(relay=relay, goals=["Werk zoeken na de operatie"], barriers=[], next_step="Bel.", by=by, at=THEN)
    assert (refused.value.reason.code, refused.value.reason.facts) == ("outcomes.speaks_of_health", {"words": "operatie"})


def test_offered_relay_is_taken_on_by_its_recipient() -> None:
    """The recipient sees it in their list and takes the person on; then nobody waits any more."""
    relay, recipient = make_offered(end(make_running()))
    them = acting(recipient)
    waiting = [row.pk for row in relays_to_answer(them)]
    row = accept_relay(relay=relay, by=them, at=THEN + timedelta(days=2))
    assert (waiting, row.state, row.answered_by, relays_to_answer(them)) == ([relay.pk], "accepted", "Karim", [])


def test_nobody_else_takes_somebody_on() -> None:
    """Not another counsellor, and not who wrote it: somebody by name says yes."""
    ending = end(make_running())
    relay, _ = make_offered(ending)
    refusals = []
    for by in (acting(make_user("Ann", Role.COUNSELLOR)), counsellor_of(ending.placement)):
        with pytest.raises(Refused) as refused:
            accept_relay(relay=relay, by=by, at=THEN)
        refusals.append(refused.value.reason.code)
    assert refusals == ["outcomes.not_your_relay"] * 2


def test_outside_recipient_accepts_by_link_with_a_name() -> None:
    """Somebody without account takes a person on by the link in the message, and says who they are."""
    ending = end(make_running())
    by = counsellor_of(ending.placement)
    to = Outside("Els Peeters", "VDAB", "els@example.be")
    relay = offer_relay(relay=make_written(ending), to=to, by=by, at=THEN)
    link = link_by_token(give_link(relay=relay, by=by, at=THEN).token)
    assert link is not None
    them = link_actor(link)
    with pytest.raises(Refused) as refused:
        accept_relay(relay=relay, by=them, at=THEN)
    row = accept_relay(relay=relay, name="Els Peeters", by=them, at=THEN)
    assert (link.purpose, refused.value.reason.code, row.answered_by) == (LinkPurpose.RELAY, "outcomes.answer_needs_name", "Els Peeters")


def test_message_of_a_relay_says_nothing_of_the_person() -> None:
    """The e-mail holds the last day and a link, no name."""
    relay, recipient = make_offered(end(make_running()))
    message = Message.objects.get(subject_id=relay.pk)
    assert (message.address, message.facts, message.link_purpose) == (recipient.email, {"until": "2023-12-11"}, "relay")


def test_unanswered_relay_goes_up_after_its_day() -> None:
    """On the tenth day it still waits; the day after, the list of who oversees it has it, and it can still be accepted."""
    ending = end(make_running())
    relay, recipient = make_offered(ending)
    by = counsellor_of(ending.placement)
    counts = [escalate_relays(by=SYSTEM, at=THEN + timedelta(days=days)) for days in (10, 11, 12)]
    listed = [row.pk for row in relays_not_taken_on(by)]
    row = accept_relay(relay=relay, by=acting(recipient), at=THEN + timedelta(days=12))
    assert (counts, listed, row.state, relays_not_taken_on(by)) == ([0, 1, 0], [relay.pk], "accepted", [])


def test_relays_go_up_in_one_programme_alone() -> None:
    """The night of another programme leaves them; that of their own does not."""
    ending = end(make_running())
    make_offered(ending)
    programmes, at = (make_programme("Elders"), ending.referral.programme), THEN + timedelta(days=11)
    assert [escalate_relays(programme=programme, by=SYSTEM, at=at) for programme in programmes] == [0, 1]


def test_late_relay_is_told_to_the_coordinators_of_its_own_programme() -> None:
    """Without a team lead its coordinators hear of it; those of another programme, or of none, do not."""
    ending = end(make_running())
    referral = ending.referral
    make_user("Elders", Role.COORDINATOR, programme=make_programme("Elders"))
    make_user("Nergens", Role.COORDINATOR)
    own = make_user("Hier", Role.COORDINATOR, programme=referral.programme)
    relay, _ = make_offered(ending)
    escalate_relays(by=SYSTEM, at=THEN + timedelta(days=11))
    told = Message.objects.filter(code="message.relay_late", subject_id=relay.pk).values_list("user_id", flat=True)
    assert list(told) == [own.pk]


def test_relay_sent_back_is_offered_to_somebody_else() -> None:
    """A no with its reason leaves the person with who followed them, who offers it again; the first cannot read it any more."""
    ending = end(make_running())
    relay, recipient = make_offered(ending)
    by = counsellor_of(ending.placement)
    row = decline_relay(relay=relay, words="Geen plaats.", by=acting(recipient), at=THEN)
    second = make_user("Lies", Role.COUNSELLOR)
    again = offer_relay(relay=row, to=second, by=by, at=THEN + timedelta(days=1))
    seen = [relay_for(acting(user), relay.pk) is not None for user in (recipient, second)]
    assert (row.state, again.state, seen) == ("declined", "offered", [False, True])


def test_withdrawn_relay_is_read_by_nobody() -> None:
    """Once taken back, the recipient finds nothing and a new one can be made."""
    ending = end(make_running())
    relay, recipient = make_offered(ending)
    by = counsellor_of(ending.placement)
    withdraw_relay(relay=relay, by=by, at=THEN)
    fresh = make_relay(referral=ending.referral, ending=ending, by=by, at=THEN)
    assert (relay_for(acting(recipient), relay.pk), fresh.pk == relay.pk) == (None, False)


def test_promised_relay_is_to_be_made_until_it_is_offered() -> None:
    """The end asks for a relay; it stays on the list until somebody has it."""
    ending = end(make_running())
    by = counsellor_of(ending.placement)
    before = [row.pk for row in relays_to_make(by)]
    make_offered(ending)
    assert (before, list(relays_to_make(by)), Relay.objects.count()) == ([ending.pk], [], 1)


def test_offered_relay_closes_the_task_that_work_ends_without_next_step() -> None:
    """The task opened thirty days before the end; the work ends, somebody is offered the person, and the task says who goes on."""
    placement = make_running()
    _open_task(placement)
    ending = end(placement)
    relay, _ = make_offered(ending)
    tasks = Task.objects.values_list("state", "end_reason", "note")
    assert (relay.state, list(tasks)) == ("offered", [("done", "handled", "Karim")])


def test_relay_before_the_end_leaves_no_warning() -> None:
    """Who is handed over while the work still runs is no warning later, however near the end."""
    placement = make_running()
    by = counsellor_of(placement)
    relay = make_relay(referral=placement.referral, by=by, at=THEN)
    relay = write_relay(relay=relay, goals=[], barriers=[], next_step="Bel de groendienst.", by=by, at=THEN)
    offer_relay(relay=relay, to=Outside("Els Peeters", "VDAB", "els@example.be"), by=by, at=THEN)
    before = list(Task.objects.values_list("rule", "state", "note"))
    Referral.objects.update(last_contact_at=_near_end(placement))
    opened = open_tasks(by=SYSTEM, at=_near_end(placement)).opened
    assert (before, opened) == ([("agreement_ending", "done", "Els Peeters, VDAB")], 0)


def test_accepted_relay_closes_a_task_that_opened_since_it_was_offered() -> None:
    """The work was prolonged after the offer, so that its end was a new warning; the recipient's yes closes it."""
    placement = make_running()
    by = counsellor_of(placement)
    relay = make_relay(referral=placement.referral, by=by, at=THEN)
    relay = write_relay(relay=relay, goals=[], barriers=[], next_step="Bel de groendienst.", by=by, at=THEN)
    recipient = make_user("Karim", Role.COUNSELLOR)
    offer_relay(relay=relay, to=recipient, by=by, at=THEN)
    Placement.objects.update(period=DateRange(placement.period.lower, placement.period.upper + timedelta(days=7)))
    placement.refresh_from_db()
    _open_task(placement)
    accept_relay(relay=relay, by=acting(recipient), at=THEN)
    closed = Task.objects.order_by("opened_at").values_list("state", "end_reason", "closed_by")
    assert list(closed) == [("done", "handled", "Sofie"), ("done", "handled", "Karim")]


def test_settling_leaves_a_task_that_somebody_saw_to() -> None:
    """What a counsellor noted when closing the task by hand stays, also after a relay."""
    placement = make_running()
    _open_task(placement)
    close_task(task=Task.objects.get(), is_done=False, note="Gaat met pensioen.", by=counsellor_of(placement), at=THEN)
    make_offered(end(placement))
    assert list(Task.objects.values_list("state", "note")) == [("dropped", "Gaat met pensioen.")]


def _near_end(placement: Placement) -> datetime:
    """Return a moment ten days before the work would end."""
    return datetime.combine(placement.period.upper - timedelta(days=10), time(3), tzinfo=UTC)


def _open_task(placement: Placement) -> None:
    """Let the night ten days before the end open its task; contact is recent, so that no other rule speaks."""
    Referral.objects.update(last_contact_at=_near_end(placement))
    assert open_tasks(by=SYSTEM, at=_near_end(placement)).opened == 1
