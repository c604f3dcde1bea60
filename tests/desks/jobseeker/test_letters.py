"""Telling the person: once, by e-mail or on paper, and never a word of health or benefit."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.desks.jobseeker.sent import AT, CANARY, ON, SYSTEM, host_link, page, person_link, send_one
from tests.journey.eligibility.cases import make_programme, make_user
from tests.journey.matching.rounds import make_ready, make_round_programme

from opstap.desks.host.jobs import tell_host
from opstap.desks.jobseeker.jobs import tell_person
from opstap.engine.shared import Refused
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.matching.enums import LetterChannel
from opstap.journey.matching.models import Letter, Proposal
from opstap.journey.matching.operations import issue_letter, propose_by_hand, withdraw_proposal
from opstap.journey.people.models import Person
from opstap.steering.overviews.queries.offers import person_offer
from opstap.ui.letters import proposal_letter, when_in_words

pytestmark = pytest.mark.django_db
WORDS_OF_HEALTH = ("stof", "allerg", "ziek", "riziv", "uitkering", "leefloon", "maatwerk", "imw", "kwetsbaar", "gemeenschapsdienst")

HOME = {"street": "Teststraat 1", "postcode": "8400"}
NONE_WAITS = "Er wacht geen brief"


def written(proposal: Proposal) -> str:
    """Return everything that the letter on paper says."""
    offer = person_offer(SYSTEM, proposal.pk, ON)
    assert offer is not None
    data = proposal_letter(offer, person_link(proposal), ON)
    return repr(data)


def told(text: str) -> list[str]:
    """Return the words of health and benefit that a text contains."""
    return [word for word in WORDS_OF_HEALTH if word in text.casefold()]


def test_sending_a_proposal_asks_to_tell_both_parties() -> None:
    """The jobs stand in the same transaction as the proposal."""
    proposal = send_one()
    jobs = ProcrastinateJob.objects.order_by("task_name").values_list("task_name", "args")
    assert list(jobs) == [(name, {"proposal_id": str(proposal.pk)}) for name in ("host.tell_host", "jobseeker.tell_person")]


def test_email_is_sent_once_and_opens_the_page() -> None:
    """A worker that runs the job again, as after a kill, sends nothing twice."""
    proposal = send_one()
    for _ in range(2):
        tell_person(str(proposal.pk))
    assert [message.to for message in mail.outbox] == [["an@example.be"]]
    address = next(word for word in str(mail.outbox[0].body).split() if "/mijn/v/" in word)
    assert Client().get("/mijn/v/" + address.split("/mijn/v/")[1]).status_code == 200
    letter = Letter.objects.get()
    assert (letter.channel, letter.recipient, letter.sent_at is not None, len(letter.digest)) == ("email", "an@example.be", True, 64)


def test_letter_that_was_never_sent_is_sent_by_the_next_run() -> None:
    """A worker that died between writing the row and sending leaves no person without word."""
    proposal = send_one()
    person_link(proposal)
    tell_person(str(proposal.pk))
    assert (len(mail.outbox), Letter.objects.count()) == (1, 1)


def test_proposal_that_ended_meanwhile_is_not_told() -> None:
    """Nobody gets word of what no longer is."""
    proposal = send_one()
    withdraw_proposal(proposal=proposal, reason="host closed", by=SYSTEM, at=AT)
    tell_person(str(proposal.pk))
    tell_host(str(proposal.pk))
    assert (mail.outbox, Letter.objects.count()) == ([], 0)


def test_person_without_email_stands_on_the_list_and_the_print_is_a_pdf() -> None:
    """The list shows who waits for a letter; printing gives the file, and then the letter waits to be posted."""
    proposal = send_one(email="", **HOME)
    tell_person(str(proposal.pk))
    tell_person(str(proposal.pk))
    client = Client()
    client.force_login(make_user("co", Role.COORDINATOR, programme=proposal.referral.programme))
    assert (Letter.objects.count(), str(proposal.person) in client.get("/mijn/brieven/").content.decode()) == (1, True)
    answer = client.post(f"/mijn/brieven/{proposal.pk}/")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    page = client.get("/mijn/brieven/").content.decode()
    assert (NONE_WAITS in page.split('id="posten"')[0], "checked" in page.split('id="posten"')[1]) == (True, True)


def test_letters_of_many_people_are_one_file_and_noted_per_person() -> None:
    """One click prints whoever waits; each person's letter is kept with who printed it, and then waits to be posted."""
    programme = make_round_programme()
    first = send_one(programme, email="", seats=3, **HOME)
    others = [make_ready(programme, email="", neighbourhood="Stene", **HOME) for _ in range(2)]
    proposals = [first, *(propose_by_hand(referral=each, place=first.place, motivation="", by=SYSTEM, at=AT) for each in others)]
    for proposal in proposals:
        tell_person(str(proposal.pk))
    client = Client()
    coordinator = make_user("co", Role.COORDINATOR, programme=programme)
    client.force_login(coordinator)
    page = client.get("/mijn/brieven/").content.decode()
    waiting = [f"brief:{key}" for key in Letter.objects.values_list("pk", flat=True)]
    assert ("3 brieven afdrukken" in page, [page.count(f'value="{key}" checked') for key in waiting]) == (True, [1, 1, 1])
    answer = client.post("/mijn/brieven/afdrukken/", {"brief": [*waiting[:2], "geen sleutel", f"brief:{coordinator.pk}"]})
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    printed = AuditEntry.objects.filter(action="print_letter", actor_id=str(coordinator.pk))
    told = {str(key) for key in Letter.objects.filter(sent_at__isnull=False).values_list("proposal__person_id", flat=True)}
    assert ({str(each.person_id) for each in printed}, told) == (told, {str(each.person_id) for each in proposals[:2]})
    after = client.get("/mijn/brieven/").content.decode()
    posting = after.split('id="posten"')[1]
    assert ("1 brief afdrukken" in after, [posting.count(f'value="{key}" checked') for key in waiting]) == (True, [1, 1, 0])


def test_letters_of_others_are_not_printed() -> None:
    """Who may not see the person prints nothing, whatever is posted; choosing nothing leads back to the list."""
    proposal = send_one(email="")
    tell_person(str(proposal.pk))
    client = Client()
    client.force_login(make_user("other", Role.COORDINATOR, programme=make_programme("Ander")))
    answers = [client.post("/mijn/brieven/afdrukken/", given) for given in ({"brief": [f"brief:{Letter.objects.get().pk}"]}, {})]
    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [(302, "/mijn/brieven/")] * 2
    assert Letter.objects.get().sent_at is None


def test_letters_are_not_there_for_hosts_and_other_programmes() -> None:
    """A host, and a coordinator of another programme, find no letter and no list of them."""
    proposal = send_one(email="")
    host = Client()
    host.force_login(make_user("host", Role.HOST, organisation=proposal.place.organisation))
    assert (host.get("/mijn/brieven/").status_code, host.post(f"/mijn/brieven/{proposal.pk}/").status_code) == (404, 404)
    with pytest.raises(Refused):
        issue_letter(proposal=proposal, channel=LetterChannel.PAPER, recipient="An", by=Actor("x", ActorKind.USER, "x"), at=AT)


def test_no_letter_email_or_host_page_tells_of_health_or_benefit() -> None:
    """Someone with limits, a sickness benefit and an advice reads a letter that could be anybody's, and so does the host."""
    proposal = send_one()
    person = Person.objects.get(pk=proposal.person_id)
    for name, value in CANARY.items():
        setattr(person, name, value)
    person.save()
    make_user("host", Role.HOST, organisation=proposal.place.organisation)
    tell_person(str(proposal.pk))
    tell_host(str(proposal.pk))
    host = Client().get(f"/werkvloer/v/{host_link(proposal).token}/").content.decode()
    offer = Client().get(page(person_link(proposal))).content.decode()
    texts = [written(proposal), host, offer, *(str(message.body) + message.subject for message in mail.outbox)]
    assert (len(texts), [told(text) for text in texts]) == (5, [[]] * 5)


def test_letter_carries_the_code_and_the_address_of_the_window() -> None:
    """What is printed lets the person answer by every door."""
    text = written(send_one(street="Teststraat 1", postcode="8400"))
    wanted = ("Teststraat 1", "8400 Oostende", "QR-code", "Je code:", "059 00 00 00", "voormiddag: dinsdag", "Tuinier".lower())
    assert [word for word in wanted if word not in text] == []


def test_half_days_are_said_as_people_say_them() -> None:
    """Days per part of the day, in the order of the week."""
    assert when_in_words(0b0000_0000_0101_01) == "voormiddag: maandag, dinsdag en woensdag"
    assert when_in_words(0b1000_0000_0000_10) == "namiddag: maandag en zondag"
