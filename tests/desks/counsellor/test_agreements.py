"""The counsellor makes an agreement with one click, sends it, sees what a change asks, and keeps what was signed."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desks.counsellor.conftest import Browser
from tests.journey.agreements.signed import let_sign, make_draft, make_placement, make_sent, signature_of, states_of
from tests.journey.eligibility.cases import AT, acting, make_user
from tests.journey.matching.rounds import SYSTEM

from opstap.foundation.access.models import User
from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.organisations.models import Mentor
from opstap.journey.agreements.enums import Party
from opstap.journey.agreements.models import Agreement, Document
from opstap.journey.agreements.operations import make_agreement, send_for_signature
from opstap.journey.placements.models import Placement
from opstap.journey.places.models import Place
from opstap.journey.referrals.enums import Scope
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.operations import assign
from opstap.steering.overviews.queries.my_day import my_day

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def follower(placement: Placement) -> User:
    """Return the counsellor of the person."""
    counsellor = placement.referral.counsellor
    assert isinstance(counsellor, User)
    return counsellor


def post(client: Client, name: str, thing: UUID, **given: object) -> int:
    """Send a form of the desk and return the status."""
    values = {"once_key": str(uuid4()), **given}
    return client.post(reverse(f"counsellor:{name}", args=[thing]), values).status_code


def test_one_click_makes_it_and_one_sends_it(browser: Browser) -> None:
    """From a proposal to which both said yes to an agreement that waits for signatures, without a field to fill in."""
    placement = make_placement()
    client = browser(follower(placement))
    file = client.get(reverse("counsellor:case_file", args=[placement.referral_id])).content.decode()
    made = post(client, "agreement_make", placement.proposal_id)
    agreement = Agreement.objects.get()
    sent = post(client, "agreement_send", agreement.pk)
    assert (reverse("counsellor:agreement_make", args=[placement.proposal_id]) in file, made, sent) == (True, 302, 302)
    assert Agreement.objects.get().state == "out_for_signature"


def test_case_file_leads_to_the_agreement_that_is_there(browser: Browser) -> None:
    """Once it is made, the file opens it instead of making another."""
    draft = make_draft()
    page = browser(follower(draft.placement)).get(reverse("counsellor:case_file", args=[draft.placement.referral_id])).content.decode()
    assert reverse("counsellor:agreement", args=[draft.pk]) in page


def test_page_costs_few_queries_and_is_a_row_in_the_log(browser: Browser) -> None:
    """The page of an agreement is read on record, in at most twelve queries."""
    sent = make_sent()
    client = browser(follower(sent.placement))
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("counsellor:agreement", args=[sent.pk]))
    asked = [query for query in seen.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    read = AuditEntry.objects.get(action="read_agreement")
    assert (len(asked) <= MOST_QUERIES, read.person_id) == (True, sent.placement.person_id)


def test_change_says_first_what_it_asks(browser: Browser) -> None:
    """Before the button stands who signs again; after it those signatures are void and asked anew."""
    sent = make_sent()
    let_sign(sent, (Party.PERSON, Party.PARTNER))
    client = browser(follower(sent.placement))
    address = reverse("counsellor:agreement_field", args=[sent.pk, "half_days"])
    shown = client.get(address).content.decode()
    done = client.post(address, {"once_key": str(uuid4()), "value": ["tue_am", "wed_am"]}).status_code
    assert ("Moet opnieuw getekend worden door de persoon en" in shown, done) == (True, 302)
    assert states_of(sent) == {"person": "waiting", "host": "waiting", "partner": "signed"}


def test_change_beyond_a_limit_is_explained_on_the_form(browser: Browser) -> None:
    """Too many hours: the form comes back with the limit and what was filled in."""
    sent = make_sent()
    address = reverse("counsellor:agreement_field", args=[sent.pk, "hours_month"])
    answer = browser(follower(sent.placement)).post(address, {"once_key": str(uuid4()), "value": "80"})
    page = answer.content.decode()
    assert (answer.status_code, "hoogstens 64" in page, 'value="80"' in page) == (422, True, True)


def test_change_after_the_start_becomes_an_addendum(browser: Browser) -> None:
    """The same form drafts an addendum and opens it."""
    sent = make_sent()
    let_sign(sent)
    address = reverse("counsellor:agreement_field", args=[sent.pk, "hours_month"])
    answer = browser(follower(sent.placement)).post(address, {"once_key": str(uuid4()), "value": "40", "reason": "meer werk"})
    addendum = Agreement.objects.get(kind="addendum")
    assert answer.headers["Location"] == reverse("counsellor:agreement", args=[addendum.pk])
    assert (addendum.fields["hours_month"], addendum.changed, addendum.reason) == (40, ["hours_month"], "meer werk")


def test_counsellor_signs_for_the_partner_what_the_page_showed(browser: Browser) -> None:
    """One click signs for the own organisation."""
    sent = make_sent()
    done = post(browser(follower(sent.placement)), "signature_partner", signature_of(sent, Party.PARTNER).pk, digest=sent.digest)
    assert (done, states_of(sent)["partner"]) == (302, "signed")


def test_paper_is_kept_and_given_back_byte_for_byte(browser: Browser) -> None:
    """A scan brought in at the desk comes back as it was; so does the file that it stands under."""
    sent = make_sent()
    client = browser(follower(sent.placement))
    signature, scan = signature_of(sent, Party.PERSON), b"\x89PNG\r\n\x1a\nblad"
    kept = post(client, "signature_paper", signature.pk, scan=SimpleUploadedFile("blad.png", scan))
    back = client.get(reverse("counsellor:signature_scan", args=[signature.pk]))
    file = client.get(reverse("counsellor:signature_pdf", args=[signature.pk]))
    assert (kept, back.content, back.headers["Content-Type"]) == (302, scan, "image/png")
    assert file.content == Document.objects.get(agreement=sent).content


def test_link_is_shown_once_and_named_beside_the_signature(browser: Browser) -> None:
    """The person's link is handed over at the desk, with the name of who did; the host's has no button and is refused."""
    sent = make_sent()
    client, person = browser(follower(sent.placement)), signature_of(sent, Party.PERSON)
    shown = client.post(reverse("counsellor:signature_link", args=[person.pk]))
    page = client.get(reverse("counsellor:agreement", args=[sent.pk])).content.decode()
    no = client.post(reverse("counsellor:signature_link", args=[signature_of(sent, Party.HOST).pk]), follow=True).content.decode()
    assert (shown.status_code, shown.headers["Cache-Control"], "/teken/v/" in shown.content.decode()) == (200, "private, no-store", True)
    assert (page.count(">Geef de link<"), "Link gegeven door Sofie op" in page) == (1, True)
    assert "gaat alleen naar hun eigen adres" in no


@pytest.mark.parametrize(("scope", "reads"), [(Scope.PLAN, True), (Scope.ATTENDANCE, False)])
def test_who_was_assigned_for_the_plan_reads_the_file_and_changes_nothing(browser: Browser, scope: Scope, reads: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """The journey leads them to the file, never to the page on which it is changed; who was assigned for hours gets neither."""
    sent = make_sent()
    partner = sent.placement.referral.counselling_organisation
    other = make_user("Olivia", Role.COUNSELLOR, organisation=partner)
    terms = {"organisation": partner, "user": other, "scope": scope, "from_on": AT.date(), "until_on": None, "reason": "mee op weg"}
    assign(referral=sent.placement.referral, **terms, by=SYSTEM, at=AT)
    client = browser(other)
    page, file = (reverse(f"counsellor:{name}", args=[sent.pk]) for name in ("agreement", "agreement_pdf"))
    theme = client.get(reverse("counsellor:journey_theme", args=[sent.placement.referral_id, "overeenkomst"]))
    linked = [f'href="{address}"' in theme.content.decode() for address in (page, file)]
    assert (client.get(page).status_code, client.get(file).status_code) == (404, 200 if reads else 404)
    assert (theme.status_code, linked) == ((200, [False, True]) if reads else (404, [False, False]))


def test_paper_says_who_brought_it_in(browser: Browser) -> None:
    """Beside a signature on paper stands who brought the scan in."""
    sent = make_sent()
    client, signature = browser(follower(sent.placement)), signature_of(sent, Party.HOST)
    post(client, "signature_paper", signature.pk, scan=SimpleUploadedFile("blad.png", b"\x89PNG\r\n\x1a\nblad"))
    assert "op papier, ingebracht door Sofie" in client.get(reverse("counsellor:agreement", args=[sent.pk])).content.decode()


def test_file_that_is_no_scan_is_explained(browser: Browser) -> None:
    """Another kind of file is refused in words, and nothing is signed."""
    sent = make_sent()
    wrong = SimpleUploadedFile("blad.pdf", b"GIF89a")
    address = reverse("counsellor:signature_paper", args=[signature_of(sent, Party.PERSON).pk])
    answer = browser(follower(sent.placement)).post(address, {"once_key": str(uuid4()), "scan": wrong})
    assert (answer.status_code, "PDF, JPEG of PNG" in answer.content.decode(), states_of(sent)["person"]) == (422, True, "waiting")


def test_missing_mentor_is_seen_before_and_has_one_link_to_the_field(browser: Browser) -> None:
    """At a place without a mentor: the case file says so, my day leads to the press and then to the field, the agreement too."""
    placement = make_placement()
    Place.objects.filter(pk=placement.seat.place_id).update(mentor=None)
    client = browser(follower(placement))
    file = client.get(reverse("counsellor:case_file", args=[placement.referral_id])).content.decode()
    before = client.get(reverse("counsellor:my_day")).content.decode()
    post(client, "agreement_make", placement.proposal_id)
    draft = Agreement.objects.get()
    field = reverse("counsellor:agreement_field", args=[draft.pk, "mentor_name"])
    after = client.get(reverse("counsellor:my_day")).content.decode()
    page = client.get(reverse("counsellor:agreement", args=[draft.pk])).content.decode()
    assert ("Vraag de gastorganisatie wie de persoon begeleidt" in file, "en een mentor aan te duiden" in before) == (True, True)
    assert reverse("counsellor:agreement_make", args=[placement.proposal_id]) in before
    assert (f'href="{field}"' in after, f'<a href="{field}">Vul dit in</a>' in page) == (True, True)
    done = client.post(field, {"once_key": str(uuid4()), "value": "Rita"}).status_code
    assert (done, post(client, "agreement_send", draft.pk), Agreement.objects.get().state) == (302, 302, "out_for_signature")


def test_field_that_an_agreement_needs_is_not_emptied(browser: Browser) -> None:
    """The form of a needed field asks for a value; one that may be empty does not."""
    draft = make_draft()
    client = browser(follower(draft.placement))
    given = {"once_key": str(uuid4()), "value": ""}
    statuses = [
        client.post(reverse("counsellor:agreement_field", args=[draft.pk, key]), given).status_code for key in ("mentor_name", "first_day")
    ]
    assert (statuses, Agreement.objects.get().fields["mentor_name"]) == ([422, 302], "Mentor Stad")


def test_draft_shows_a_mentor_who_was_named_since(browser: Browser) -> None:
    """Whoever named a mentor at the place need not tell the counsellor: the draft has the name and can go out."""
    placement = make_placement()
    place = placement.seat.place
    Place.objects.filter(pk=place.pk).update(mentor=None)
    draft = make_agreement(placement=placement, by=acting(follower(placement)), at=AT)
    Place.objects.filter(pk=place.pk).update(mentor=Mentor.objects.create(organisation=place.organisation, name="Rita"))
    client = browser(follower(placement))
    page = client.get(reverse("counsellor:agreement", args=[draft.pk])).content.decode()
    day = client.get(reverse("counsellor:my_day")).content.decode()
    assert ("Rita" in page, "Voor de overeenkomst kan vertrekken" in page, "mentor_name" in day) == (True, False, False)


def test_journey_of_somebody_to_be_agreed_has_the_agreement_first(browser: Browser) -> None:
    """The section is open, with the one press in it; of somebody else it stays folded."""
    placement = make_placement()
    client = browser(follower(placement))
    address = reverse("counsellor:journey", args=[placement.referral_id])
    before = client.get(address).content.decode()
    Referral.objects.filter(pk=placement.referral_id).update(stage="placed")
    after = client.get(address).content.decode()
    assert before.index('<section id="overeenkomst"') < before.index('<section id="taken"')
    assert (reverse("counsellor:agreement_make", args=[placement.proposal_id]) in before, '<details id="overeenkomst"' in after) == (
        True,
        True,
    )


def test_my_day_says_what_each_agreement_waits_for() -> None:
    """To be made, to be sent, waiting for signatures; once it counts it is gone from the day."""
    placement = make_placement()
    by = acting(follower(placement))

    def queue() -> list[str]:
        return [person.detail for queue in my_day(by, AT).queues if queue.name == "agreements" for person in queue.people]

    found = [queue()]
    draft = make_agreement(placement=placement, by=by, at=AT)
    found.append(queue())
    sent = send_for_signature(agreement=draft, by=by, at=AT)
    found.append(queue())
    let_sign(sent)
    found.append(queue())
    assert found == [["agreements.day.to_make"], ["agreements.day.to_send"], ["agreements.day.waiting"], []]
