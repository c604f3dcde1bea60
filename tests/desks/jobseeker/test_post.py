"""Messages that go by letter: printed, posted, put back; what did not arrive; and who may do so for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings
from tests.factories import make_organisation, make_person, make_programme, make_referral, make_user
from tests.journey.agreements.signed import counsellor_of, make_sent, signature_of
from tests.journey.eligibility.cases import acting

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.models import AccessLink, User
from opstap.foundation.actor import Role, system_actor
from opstap.foundation.clock import now
from opstap.foundation.outbox.enums import MessageState, Weight
from opstap.foundation.outbox.models import Message
from opstap.foundation.outbox.operations import Content, cancel_messages, note_failed, queue_message
from opstap.journey.agreements.enums import Party
from opstap.journey.people.models import Person
from opstap.journey.people.operations import update_contact
from opstap.journey.people.queries import recipient_of
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import followed_referrals
from opstap.steering.overviews.queries.letters import LetterCount, letter_box, letters_count, persons_of
from opstap.steering.overviews.queries.timeline import timeline
from opstap.ui.jobs import send
from opstap.ui.outgoing import as_letter, paper_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_day")]
BY = system_actor("test")
HOME = {"street": "Kerkstraat 1", "postcode": "8400", "municipality": "Oostende"}
LIST = "/mijn/brieven/"


@pytest.fixture
def counsellor() -> User:
    """Somebody who follows people."""
    return make_user(Role.COUNSELLOR, organisation=make_organisation("Glow"))


def follow(counsellor: User, **facts: object) -> Referral:
    """Return somebody without e-mail and mobile telephone whom the counsellor follows."""
    person = make_person(email="", phone="", **facts)
    return make_referral(person, make_programme(), counsellor=counsellor, organisation=None)


def say_to(referral: Referral, code: str = "message.plan", weight: Weight = Weight.MUST) -> Message:
    """Put a message with a link to the own page in the outbox."""
    content = Content(code, {}, weight, LinkPurpose.PERSON_JOURNEY, referral.pk)
    to = recipient_of(referral.person)
    known = set(Message.objects.values_list("pk", flat=True))
    queue_message(content=content, recipient=to, subject_kind="plan", subject_id=referral.pk, by=BY, at=now())
    return Message.objects.exclude(pk__in=known).get()


def logged_in(user: User) -> Client:
    """Return the user's browser."""
    client = Client()
    client.force_login(user)
    return client


def test_message_for_the_post_is_printed_posted_and_kept(counsellor: User) -> None:
    """The counsellor sees it on the list and in the day, prints it, posts it; then it stands in the file's timeline only."""
    referral = follow(counsellor, **HOME)
    message = say_to(referral)
    client, actor, key = logged_in(counsellor), acting(counsellor), f"bericht:{message.pk}"
    page = client.get(LIST).content.decode()
    assert (f'value="{key}" checked' in page, "Je plan is klaar om te lezen" in page) == (True, True)
    assert letters_count(actor, now()) == LetterCount(to_print=1, to_post=0, stuck=0)
    answer = client.post(f"{LIST}afdrukken/", {"brief": [key]})
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert letters_count(actor, now()) == LetterCount(to_print=0, to_post=1, stuck=0)
    client.post(f"{LIST}gepost/", {"brief": [key], "wat": "gepost"})
    assert (letters_count(actor, now()), len(letter_box(actor, now()).posted)) == (LetterCount(0, 0, 0), 1)
    noted = [(moment.title.code, dict(moment.detail.facts) if moment.detail else {}) for moment in timeline(actor, referral)]
    about = {"about": "message.plan"}
    assert noted[:2] == [("counsellor.noted_post_letter", about), ("counsellor.noted_print_letter", about)]


def test_letter_that_came_out_badly_is_back_on_the_list(counsellor: User) -> None:
    """One click puts it back; the codes that were printed keep working, so that nothing breaks when it was posted after all."""
    message = say_to(follow(counsellor, **HOME))
    client, key = logged_in(counsellor), f"bericht:{message.pk}"
    client.post(f"{LIST}afdrukken/", {"brief": [key]})
    page = client.post(f"{LIST}gepost/", {"brief": [key], "wat": "terug"}, follow=True).content.decode()
    assert ("1 brief staat terug op de lijst." in page, letters_count(acting(counsellor), now()).to_print) == (True, 1)
    assert AccessLink.objects.filter(revoked_at__isnull=True).count() == 1


def test_letter_of_a_message_opens_the_own_page_and_says_nothing_else(counsellor: User) -> None:
    """It has the address of the window, the words of the message, and a code for the person's own page."""
    referral = follow(counsellor, **HOME)
    message = say_to(referral)
    to = persons_of(acting(counsellor), [message])[message.pk]
    link = paper_link(message, to.pk, BY, now())
    assert link is not None
    data = as_letter(message, to, link, now().date())
    assert (data.recipient, data.title, data.answer is not None) == (
        (str(referral.person), "Kerkstraat 1", "8400 Oostende"),
        "Je plan is klaar om te lezen",
        True,
    )
    assert (link.link.purpose, link.link.subject_id, link.link.address) == (LinkPurpose.PERSON_JOURNEY, referral.pk, None)
    browser = Client()
    entered = browser.post("/mijn/code/", {"code": link.spoken_code})
    assert entered.headers["Location"] == "/mijn/t/code/"


def test_letter_to_sign_opens_the_way_of_its_own_agreement() -> None:
    """Somebody on two ways signs on the way of the agreement; a letter about a signature that is not there opens nothing."""
    signature = signature_of(make_sent(), Party.PERSON)
    placement = signature.agreement.placement
    later = make_referral(placement.person, make_programme(), counsellor=placement.referral.counsellor, organisation=None)
    message = say_to(later)
    by = counsellor_of(placement)
    opened = []
    for subject in (signature.pk, placement.person_id):
        Message.objects.filter(pk=message.pk).update(link_purpose=LinkPurpose.SIGNATURE, link_subject=subject)
        message.refresh_from_db()
        way = persons_of(by, [message]).get(message.pk)
        opened.append(way.pk if way else None)
    assert opened == [placement.referral_id, None]


def test_reader_of_another_language_gets_dutch(counsellor: User) -> None:
    """The product speaks Dutch; a letter is never half translated."""
    referral = follow(counsellor, language="fr", **HOME)
    data = as_letter(say_to(referral), referral, None, now().date())
    assert (data.language, data.title, data.salutation) == ("nl", "Je plan is klaar om te lezen", "Dag Noor,")


def test_person_without_address_is_asked_for_it_or_gets_it_at_the_desk(counsellor: User) -> None:
    """The letter is not ticked, leads to the contact data, and leaves for the new address once it is filled in."""
    referral = follow(counsellor)
    message = say_to(referral)
    page = logged_in(counsellor).get(LIST).content.decode()
    contact = f"/begeleiding/dossiers/{referral.pk}/gegevens/"
    assert ("geen adres" in page, contact in page, f'value="bericht:{message.pk}" checked' in page) == (True, True, False)
    person, actor = referral.person, acting(counsellor)
    update_contact(person=person, contact=HOME, version=person.version, within=followed_referrals(actor), by=actor, at=now())
    line = letter_box(actor, now()).to_print[0]
    assert (line.has_address, line.is_ticked, Message.objects.get().state) == (True, True, MessageState.QUEUED)


def test_message_that_was_refused_is_shown_and_leaves_for_the_right_address(counsellor: User, settings: Settings) -> None:
    """Staff read why and what to do; with the right address it leaves by itself, and nobody types it again."""
    settings.FIXED_TODAY = now().date()
    referral = follow(counsellor)
    Person.objects.filter(pk=referral.person_id).update(email="fout@example.be")
    referral.person.refresh_from_db()
    message = say_to(referral)
    for _ in range(3):
        note_failed(message=message, reason="SMTPRecipientsRefused", by=BY, at=now() - timedelta(hours=2))
    page = logged_in(counsellor).get(LIST).content.decode()
    assert ("De e-mail naar fout@example.be werd 3 keer geweigerd" in page, "Contactgegevens verbeteren" in page) == (True, True)
    actor, person = acting(counsellor), referral.person
    new = {"email": "goed@example.be"}
    update_contact(person=person, contact=new, version=person.version, within=followed_referrals(actor), by=actor, at=now())
    send(0)
    assert ([each.to for each in mail.outbox], letters_count(actor, now()).stuck) == ([["goed@example.be"]], 0)


def test_message_that_was_refused_goes_by_letter_or_is_told(counsellor: User) -> None:
    """Two other ways, each one tap; another way does not exist."""
    referral = follow(counsellor, **HOME)
    keys = []
    for _ in range(2):
        message = say_to(referral)
        Message.objects.filter(pk=message.pk).update(channel="email", state="failed", tries=3)
        keys.append(message.pk)
    client = logged_in(counsellor)
    answers = [
        client.post(f"{LIST}bericht/{key}/{way}/").status_code
        for key, way in zip([*keys, keys[0]], ("papier", "telefoon", "duif"), strict=True)
    ]
    assert answers == [302, 302, 404]
    assert list(Message.objects.filter(pk__in=keys).order_by("state").values_list("channel", "state", "state_reason")) == [
        ("letter", "queued", ""),
        ("email", "sent", "by_phone"),
    ]


def test_coordinator_prints_for_the_own_programme_only(counsellor: User) -> None:
    """The own coordinator sees it without the address form; another counsellor, coordinator or host finds nothing, whatever is posted."""
    referral = follow(counsellor, **HOME)
    message = say_to(referral)
    key = {"brief": [f"bericht:{message.pk}"], "wat": "gepost"}
    strangers = (
        make_user(Role.COUNSELLOR, organisation=make_organisation("Ander")),
        make_user(Role.COORDINATOR, programme=make_programme("Ander")),
    )
    for user in strangers:
        client = logged_in(user)
        answers = [client.post(f"{LIST}{page}/", key).headers.get("Location") for page in ("afdrukken", "gepost")]
        assert (answers, client.post(f"{LIST}bericht/{message.pk}/telefoon/").status_code) == ([LIST, LIST], 404)
        assert letters_count(acting(user), now()).is_empty
    assert Message.objects.get().state == MessageState.QUEUED
    own = make_user(Role.COORDINATOR, programme=referral.programme)
    assert (letters_count(acting(own), now()).to_print, logged_in(own).post(f"{LIST}afdrukken/", key)["Content-Type"]) == (
        1,
        "application/pdf",
    )
    assert letter_box(acting(own), now()).to_post[0].referral_id is None


def test_letter_about_another_programme_is_not_seen(counsellor: User) -> None:
    """Somebody who follows two programmes: the coordinator of the one prints nothing about the other."""
    here = follow(counsellor, **HOME)
    there = make_referral(here.person, make_programme("Ander"), counsellor=counsellor, organisation=None)
    say_to(there)
    coordinators = [make_user(Role.COORDINATOR, programme=each.programme) for each in (here, there)]
    assert [letters_count(acting(user), now()).to_print for user in coordinators] == [0, 1]


def test_printed_letter_that_ended_is_marked(counsellor: User) -> None:
    """Who stands at the letter box reads which one to take out."""
    referral = follow(counsellor, **HOME)
    message = say_to(referral)
    client = logged_in(counsellor)
    client.post(f"{LIST}afdrukken/", {"brief": [f"bericht:{message.pk}"]})
    cancel_messages(subject_kind="plan", subject_id=referral.pk, reason="superseded", by=BY, at=now())
    page = client.get(LIST).content.decode()
    assert ("klopt niet meer: niet posten" in page, f'value="bericht:{message.pk}"' in page) == (True, False)


def test_letters_wait_on_the_day_of_who_prints(counsellor: User) -> None:
    """Counsellor and coordinator read on their day that a letter waits."""
    referral = follow(counsellor, **HOME)
    say_to(referral)
    coordinator = make_user(Role.COORDINATOR, programme=referral.programme)
    pages = [
        logged_in(user).get(page).content.decode()
        for user, page in ((counsellor, "/begeleiding/"), (coordinator, "/coordinatie/mijn-dag/"))
    ]
    assert ["1 brief af te drukken" in page for page in pages] == [True, True]
