"""Links and paper go through hands: whose stands beside the signature, and one member of staff never signs in two names without paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.journey.agreements.signed import counsellor_of, host_of, make_sent, party_of, signature_of, states_of
from tests.journey.eligibility.cases import AT, acting, make_user
from tests.journey.matching.rounds import SYSTEM

from opstap.engine.shared import Refused
from opstap.foundation.access.queries import link_actor
from opstap.foundation.actor import Actor, Grant, Role
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.agreements.enums import Party, SignMethod
from opstap.journey.agreements.models import Agreement, HandedLink, Signature
from opstap.journey.agreements.operations import Scan, ask_again, give_link, sign, sign_on_paper

pytestmark = pytest.mark.django_db
SCAN = Scan(b"%PDF-1.7 een scan van een blad")


def signed(agreement: Agreement, party: Party, by: Actor, method: SignMethod = SignMethod.LINK) -> Signature:
    """Return the party's signature as this actor gives it."""
    return sign(signature=signature_of(agreement, party), method=method, digest=agreement.digest, by=by, at=AT)


def handed(agreement: Agreement, party: Party, by: Actor) -> Actor:
    """Return who comes in by the link that this member of staff handed over."""
    return link_actor(give_link(signature=signature_of(agreement, party), by=by, at=AT).link)


def colleague_of(agreement: Agreement) -> Actor:
    """Return the team lead of the counsellor, who keeps the agreement too."""
    return acting(make_user("Tine", Role.TEAM_LEAD, organisation=agreement.placement.referral.counselling_organisation))


def refusal(agreement: Agreement, party: Party, by: Actor, method: SignMethod) -> tuple[str, object]:
    """Return why this signature is refused, and whose came through the same hands."""
    with pytest.raises(Refused) as caught:
        signed(agreement, party, by, method)
    return caught.value.reason.code, caught.value.reason.facts.get("other")


@pytest.mark.parametrize("party", [Party.HOST])
def test_link_of_the_host_is_handed_over_by_nobody(party: Party) -> None:
    """The counsellor is never shown it; the product sends it to the host's own address."""
    sent = make_sent()
    with pytest.raises(Refused) as caught:
        give_link(signature=signature_of(sent, party), by=counsellor_of(sent.placement), at=AT)
    assert (caught.value.reason.code, HandedLink.objects.count()) == ("agreements.may_not_hand_over", 0)


def test_who_handed_over_the_link_stands_beside_the_signature() -> None:
    """The signature says through whom it came, the log has the hand-over, and the row is kept for ever."""
    sent = make_sent()
    by = counsellor_of(sent.placement)
    row = signed(sent, Party.PERSON, handed(sent, Party.PERSON, by))
    assert (row.through_user, row.through_by, row.signed_by) == (by.user_id, by.label, row.name)
    assert AuditEntry.objects.get(action="give_link").facts["party"] == "person"
    with pytest.raises(DatabaseError), transaction.atomic():
        HandedLink.objects.all().delete()


def test_own_message_leads_to_a_signature_through_nobody() -> None:
    """Who comes by the link in the own message signs alone."""
    sent = make_sent()
    row = signed(sent, Party.HOST, link_actor(give_link(signature=signature_of(sent, Party.HOST), by=SYSTEM, at=AT).link))
    assert (row.through_user, signed(sent, Party.PERSON, party_of(sent.placement, Party.PERSON)).through_by) == (None, "")


def test_one_counsellor_does_not_sign_for_person_and_partner() -> None:
    """Who handed over the person's link does not sign for the partner, before or after the person signs; a colleague does."""
    sent = make_sent()
    by = counsellor_of(sent.placement)
    me = handed(sent, Party.PERSON, by)
    before = refusal(sent, Party.PARTNER, by, SignMethod.ACCOUNT)
    signed(sent, Party.PERSON, me)
    after = refusal(sent, Party.PARTNER, by, SignMethod.ACCOUNT)
    assert (before, after) == (("agreements.one_hand", "agreements.party.person"),) * 2
    assert signed(sent, Party.PARTNER, colleague_of(sent), SignMethod.ACCOUNT).through_by == "Tine"


def test_who_signed_for_the_partner_hands_over_no_link() -> None:
    """The other order is refused too; a colleague hands it over."""
    sent = make_sent()
    by = counsellor_of(sent.placement)
    signed(sent, Party.PARTNER, by, SignMethod.ACCOUNT)
    with pytest.raises(Refused) as caught:
        give_link(signature=signature_of(sent, Party.PERSON), by=by, at=AT)
    row = signed(sent, Party.PERSON, handed(sent, Party.PERSON, colleague_of(sent)))
    assert (caught.value.reason.code, row.through_by) == ("agreements.one_hand", "Tine")


def test_link_handed_over_before_does_not_get_round_it() -> None:
    """A link that was handed over and left in a drawer does not sign once the same counsellor signed for the partner."""
    sent = make_sent()
    by = counsellor_of(sent.placement)
    drawer = handed(sent, Party.PERSON, by)
    ask_again(signature=signature_of(sent, Party.PERSON), by=by, at=AT + timedelta(days=2))
    signed(sent, Party.PARTNER, by, SignMethod.ACCOUNT)
    found = refusal(sent, Party.PERSON, drawer, SignMethod.LINK)
    assert (found, states_of(sent)["person"]) == (("agreements.one_hand", "agreements.party.partner"), "waiting")


def test_paper_with_a_scan_counts_for_itself() -> None:
    """Person and host sign on paper, the counsellor brings both in and signs for the partner: the scans show the hands."""
    sent = make_sent()
    by = counsellor_of(sent.placement)
    for party in (Party.PERSON, Party.HOST):
        sign_on_paper(signature=signature_of(sent, party), scan=SCAN, by=by, at=AT)
    last = signed(sent, Party.PARTNER, by, SignMethod.ACCOUNT)
    rows = Signature.objects.filter(agreement=sent, method="paper").values_list("through_by", flat=True)
    assert (list(rows), last.state) == ([by.label, by.label], "signed")


def test_somebody_of_host_and_partner_signs_for_one_of_them() -> None:
    """A counsellor who is also the host's contact signs for the partner, and then not for the host."""
    sent = make_sent()
    by = counsellor_of(sent.placement)
    both = replace(by, grants=(*by.grants, Grant(Role.HOST, organisation_id=sent.placement.seat.place.organisation_id)))
    signed(sent, Party.PARTNER, both, SignMethod.ACCOUNT)
    found = refusal(sent, Party.HOST, both, SignMethod.ACCOUNT)
    assert (found[0], signed(sent, Party.HOST, host_of(sent.placement.seat.place)).state) == ("agreements.one_hand", "signed")
