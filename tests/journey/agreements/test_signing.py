"""Everybody signs the same bytes, by the own link or on paper; the last signature starts the work."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from psycopg.types.range import DateRange
from tests.journey.agreements.signed import counsellor_of, host_of, let_sign, make_draft, make_sent, party_of, signature_of, states_of
from tests.journey.eligibility.cases import AT, stage_of
from tests.journey.matching.rounds import SYSTEM

from opstap.engine.shared import Refused
from opstap.foundation.access.queries import link_actor
from opstap.foundation.actor import Actor, person_actor
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.outbox.models import Message
from opstap.journey.agreements.enums import Party, SignMethod
from opstap.journey.agreements.models import Agreement, Document, Signature
from opstap.journey.agreements.operations import (
    Scan,
    ask_again,
    change_field,
    give_link,
    make_agreement,
    put_due_in_force,
    refuse_to_sign,
    send_for_signature,
    sign,
    sign_on_paper,
    withdraw_agreement,
)
from opstap.journey.agreements.queries import document_of, to_sign
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import cancel_placement

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.7 een scan van een blad"
OTHERS = {Party.PERSON: Party.HOST, Party.HOST: Party.PERSON, Party.PARTNER: Party.PERSON}


def give(agreement: Agreement, party: Party, by: Actor) -> Signature:
    """Sign as the party what is asked now."""
    digest = Agreement.objects.get(pk=agreement.pk).digest
    return sign(signature=signature_of(agreement, party), method=SignMethod.LINK, digest=digest, by=by, at=AT)


def test_sending_keeps_the_file_and_asks_three_parties() -> None:
    """The PDF is kept with its hash, and person, host and partner each have a signature to give."""
    sent = make_sent()
    document = Document.objects.get(agreement=sent)
    assert (sent.state, sent.digest) == ("out_for_signature", hashlib.sha256(document.content).hexdigest())
    assert document.content.startswith(b"%PDF-")
    assert states_of(sent) == {"person": "waiting", "host": "waiting", "partner": "waiting"}


def test_person_and_host_get_their_link_by_message() -> None:
    """Everybody who is not staff is asked once, with a link to the own signature."""
    sent = make_sent()
    asked = {
        message.link_subject: (message.code, message.weight, message.link_purpose)
        for message in Message.objects.filter(code="message.sign")
    }
    assert asked == {signature_of(sent, Party.PERSON).pk: ("message.sign", "must", "signature")}


def test_the_last_signature_starts_the_work() -> None:
    """When all have signed and the first day is there, the placement runs and the person stands at "placed"."""
    sent = make_sent()
    signed = let_sign(sent)
    placement = Placement.objects.get(pk=sent.placement_id)
    assert (signed.state, signed.in_force_on) == ("in_force", date(2023, 9, 1))
    assert (placement.state, placement.period, placement.agreed_hours_month) == (
        "running",
        DateRange(date(2023, 9, 1), date(2024, 3, 1)),
        36,
    )
    assert stage_of(placement.referral_id) == "placed"


def test_an_agreement_signed_early_waits_for_its_first_day() -> None:
    """Signed by all before the first day it is signed; on that day the work starts by itself, and no day earlier."""
    draft = make_draft()
    by = counsellor_of(draft.placement)
    change_field(agreement=draft, field="starts_on", value="2023-09-04", by=by, at=AT)
    signed = let_sign(send_for_signature(agreement=draft, by=by, at=AT))
    found = [signed.state, put_due_in_force(by=SYSTEM, at=AT), put_due_in_force(by=SYSTEM, at=AT + timedelta(days=3))]
    placement = Placement.objects.get(pk=draft.placement_id)
    assert found == ["signed", 0, 1]
    assert (placement.state, placement.period) == ("running", DateRange(date(2023, 9, 4), date(2024, 3, 1)))


def test_a_signed_agreement_of_a_called_off_placement_never_starts() -> None:
    """What was called off before its first day stays off, however often the clock comes by."""
    draft = make_draft()
    by = counsellor_of(draft.placement)
    change_field(agreement=draft, field="starts_on", value="2023-09-04", by=by, at=AT)
    let_sign(send_for_signature(agreement=draft, by=by, at=AT))
    cancel_placement(placement=draft.placement, reason="verhuisd", by=by, at=AT)
    assert put_due_in_force(by=SYSTEM, at=AT + timedelta(days=3)) == 0
    assert Placement.objects.get(pk=draft.placement_id).state == "cancelled"


def test_a_late_signature_starts_the_work_that_day() -> None:
    """Nobody works before everybody signed: the placement begins on the day of the last signature."""
    sent = make_sent()
    let_sign(sent, at=AT + timedelta(days=10))
    assert Placement.objects.get(pk=sent.placement_id).period == DateRange(date(2023, 9, 11), date(2024, 3, 1))


@pytest.mark.parametrize("party", [Party.PERSON, Party.HOST, Party.PARTNER])
def test_nobody_signs_for_somebody_else(party: Party) -> None:
    """Each party gives its own signature only."""
    sent = make_sent()
    with pytest.raises(Refused) as refused:
        give(sent, party, party_of(sent.placement, OTHERS[party]))
    assert refused.value.reason.code == "agreements.may_not_sign"


@pytest.mark.parametrize("party", [Party.PERSON, Party.HOST, Party.PARTNER])
def test_own_link_gives_the_own_signature_only(party: Party) -> None:
    """Who comes in by the link signs for that party, and for no other."""
    sent = make_sent()
    new = give_link(signature=signature_of(sent, party), by=SYSTEM, at=AT)
    by = link_actor(new.link)
    signed = give(sent, party, by)
    with pytest.raises(Refused) as refused:
        give(sent, OTHERS[party], by)
    assert (signed.state, refused.value.reason.code) == ("signed", "agreements.may_not_sign")
    assert signed.signed_by == signed.name
    assert AuditEntry.objects.get(action="sign").actor_label == "signatory by link"


def test_another_person_signs_nothing() -> None:
    """A job seeker signs the own agreement and no other."""
    sent = make_sent()
    with pytest.raises(Refused) as refused:
        give(sent, Party.PERSON, person_actor(sent.placement_id))
    assert refused.value.reason.code == "agreements.may_not_sign"


def test_text_that_changed_meanwhile_is_not_signed_unseen() -> None:
    """Who still looks at the earlier text is asked to read again."""
    sent = make_sent()
    seen = sent.digest
    change_field(agreement=sent, field="mentor_name", value="Els", by=counsellor_of(sent.placement), at=AT)
    with pytest.raises(Refused) as refused:
        sign(
            signature=signature_of(sent, Party.PERSON),
            method=SignMethod.LINK,
            digest=seen,
            by=party_of(sent.placement, Party.PERSON),
            at=AT,
        )
    assert refused.value.reason.code == "agreements.text_changed"


def test_paper_keeps_its_scan_byte_for_byte() -> None:
    """A signature on paper is given at the desk and its scan is kept with its hash."""
    sent = make_sent()
    signature = sign_on_paper(signature=signature_of(sent, Party.PERSON), scan=Scan(SCAN), by=counsellor_of(sent.placement), at=AT)
    paper = Signature.objects.get(pk=signature.pk).paper
    assert (signature.state, signature.method, paper.kind) == ("signed", "paper", "application/pdf")
    assert (paper.content, paper.digest) == (SCAN, hashlib.sha256(SCAN).hexdigest())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"GIF89a", "agreements.scan_unknown_kind"),
        (b"", "agreements.scan_unknown_kind"),
        (b"%PDF-" + bytes(5 * 1024 * 1024), "agreements.scan_too_large"),
    ],
)
def test_a_file_that_is_no_scan_is_refused(content: bytes, code: str) -> None:
    """Only PDF, JPEG and PNG of at most 5 MB are kept, whatever the name of the file says."""
    sent = make_sent()
    with pytest.raises(Refused) as refused:
        sign_on_paper(signature=signature_of(sent, Party.PERSON), scan=Scan(content), by=counsellor_of(sent.placement), at=AT)
    assert refused.value.reason.code == code


def test_what_was_signed_cannot_be_rewritten() -> None:
    """The database itself refuses to change or remove a kept document."""
    sent = make_sent()
    for change in (lambda: Document.objects.filter(agreement=sent).update(digest=""), Document.objects.filter(agreement=sent).delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Document.objects.get(agreement=sent).digest == sent.digest


def test_asking_again_waits_two_days() -> None:
    """Nobody is asked twice within two days; after that once more, and counted."""
    sent = make_sent()
    by, signature = counsellor_of(sent.placement), signature_of(sent, Party.HOST)
    with pytest.raises(Refused) as refused:
        ask_again(signature=signature, by=by, at=AT + timedelta(days=1))
    again = ask_again(signature=signature, by=by, at=AT + timedelta(days=2))
    assert refused.value.reason.facts == {"asked": "2023-09-01", "again": "2023-09-03"}
    assert again.resend_count == 1


def test_refusal_keeps_the_reason_and_stops_the_rest() -> None:
    """Who does not sign says why; the agreement does not become signed by the others alone."""
    sent = make_sent()
    by = party_of(sent.placement, Party.PERSON)
    refuse_to_sign(signature=signature_of(sent, Party.PERSON), reason="te ver fietsen", by=by, at=AT)
    now = let_sign(sent, (Party.HOST, Party.PARTNER))
    assert (now.state, states_of(sent)) == ("out_for_signature", {"person": "refused", "host": "signed", "partner": "signed"})
    assert signature_of(sent, Party.PERSON).refusal == "te ver fietsen"


def test_refusal_without_a_reason_is_refused() -> None:
    """A no says why, so that something can be done."""
    sent = make_sent()
    with pytest.raises(Refused) as refused:
        refuse_to_sign(signature=signature_of(sent, Party.PERSON), reason="  ", by=party_of(sent.placement, Party.PERSON), at=AT)
    assert refused.value.reason.code == "agreements.refusal_needs_reason"


def test_called_off_placement_cannot_be_signed() -> None:
    """After the placement is called off nobody signs any more."""
    sent = make_sent()
    cancel_placement(placement=sent.placement, reason="toch niet", by=counsellor_of(sent.placement), at=AT)
    with pytest.raises(Refused) as refused:
        give(sent, Party.PERSON, party_of(sent.placement, Party.PERSON))
    assert refused.value.reason.code == "agreements.placement_is_over"


def test_taken_back_agreement_asks_nobody_and_makes_room_for_a_new_one() -> None:
    """Its signatures are void, and one click drafts the next with the next number."""
    sent = make_sent()
    by = counsellor_of(sent.placement)
    withdraw_agreement(agreement=sent, reason="andere plaats", by=by, at=AT)
    assert (states_of(sent), make_agreement(placement=sent.placement, by=by, at=AT).number) == ({}, "2023-0002")


def test_signed_file_is_served_as_it_was() -> None:
    """After a later correction, a signature still leads to the very file that it stands under."""
    sent = make_sent()
    before = Document.objects.get(agreement=sent)
    let_sign(sent, (Party.PERSON,))
    by = counsellor_of(sent.placement)
    change_field(agreement=sent, field="person_name", value="An Tést", by=by, at=AT)
    now = Agreement.objects.get(pk=sent.pk)
    under, latest = document_of(by, now, signature_of(sent, Party.PERSON)), document_of(by, now)
    assert under is not None
    assert latest is not None
    assert (under.content, latest.version) == (before.content, 2)


def test_last_signature_stands_though_the_work_cannot_start_yet() -> None:
    """A mentor whose certificate ended undoes nobody's signature; the work starts, and is told, once it can."""
    sent = make_sent()
    mentor = Mentor.objects.filter(pk=sent.placement.seat.place.mentor_id)
    mentor.update(certified_until=AT.date())
    signed = let_sign(sent)
    told = Message.objects.filter(code="message.start")
    found = (signed.state, states_of(sent)["partner"], told.count(), put_due_in_force(by=SYSTEM, at=AT))
    mentor.update(certified_until=None)
    assert found == ("signed", "signed", 0, 0)
    assert (put_due_in_force(by=SYSTEM, at=AT + timedelta(days=2)), told.get().facts["on"]) == (1, "2023-09-03")


def test_who_signed_is_not_asked_any_more() -> None:
    """A question that waits for the morning is not sent to who signed at the desk the evening before."""
    sent = make_sent()
    let_sign(sent, (Party.PERSON,))
    assert Message.objects.get(code="message.sign", person_id=sent.placement.person_id).state == "cancelled"


def test_taking_back_is_told_to_who_was_asked() -> None:
    """Who signed, and heard on which day the work starts, hears that it does not count; a draft says nothing."""
    draft = make_draft()
    by = counsellor_of(draft.placement)
    change_field(agreement=draft, field="starts_on", value="2023-09-04", by=by, at=AT)
    signed = let_sign(send_for_signature(agreement=draft, by=by, at=AT))
    withdraw_agreement(agreement=signed, reason="ziekte van de mentor", by=by, at=AT)
    again = make_agreement(placement=draft.placement, by=by, at=AT)
    withdraw_agreement(agreement=again, reason="toch niet", by=by, at=AT)
    states = set(Message.objects.filter(person_id=draft.placement.person_id).values_list("code", "state"))
    assert {("message.start", "cancelled"), ("message.withdrawn", "queued")} <= states
    assert Message.objects.filter(code="message.withdrawn", person_id__isnull=False).count() == 1


def test_called_off_placement_asks_nobody_to_sign() -> None:
    """It leaves the host's list, and nobody is asked again."""
    sent = make_sent()
    host, by = host_of(sent.placement.seat.place), counsellor_of(sent.placement)
    before = to_sign(host, Party.HOST).count()
    cancel_placement(placement=sent.placement, reason="toch niet", by=by, at=AT)
    with pytest.raises(Refused) as refused:
        ask_again(signature=signature_of(sent, Party.HOST), by=by, at=AT + timedelta(days=3))
    assert (before, to_sign(host, Party.HOST).count(), refused.value.reason.code) == (1, 0, "agreements.placement_is_over")


def test_a_signature_that_was_given_cannot_be_rewritten() -> None:
    """The database refuses to change who signed what and when, and to remove it; it can become void."""
    sent = make_sent()
    let_sign(sent, (Party.PERSON,))
    given = Signature.objects.filter(pk=signature_of(sent, Party.PERSON).pk)
    for change in (lambda: given.update(digest="0" * 64), lambda: given.update(signed_at=AT - timedelta(days=1)), given.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert given.update(state="void") == 1
