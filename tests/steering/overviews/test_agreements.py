"""What pages over many rooms say of agreements: the journey's list, and the case file once both said yes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.journey.agreements.signed import counsellor_of, host_of, let_sign, make_placement, make_sent, party_of, signature_of
from tests.journey.eligibility.cases import AT, ON
from tests.journey.matching.rounds import SYSTEM

from opstap.journey.agreements.enums import Party
from opstap.journey.agreements.models import Agreement
from opstap.journey.agreements.operations import add_addendum, send_for_signature
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import end_placement
from opstap.journey.referrals.models import Referral
from opstap.steering.overviews.queries.case_file import CaseFile, case_file
from opstap.steering.overviews.queries.journey_agreement import journey_agreement
from opstap.steering.overviews.queries.signing import signing_page

pytestmark = pytest.mark.django_db


def file_of(placement: Placement) -> CaseFile:
    """Return the case file as its counsellor reads it."""
    referral = Referral.objects.select_related("person", "programme", "counsellor").get(pk=placement.referral_id)
    found = case_file(counsellor_of(placement), referral, ON)
    assert found is not None
    return found


def test_journey_lists_what_is_to_be_made() -> None:
    """A placement without agreement stands there with its place."""
    placement = make_placement()
    found = journey_agreement(counsellor_of(placement), placement.referral)
    assert (found.lines, found.to_make) == ((), ((placement.proposal_id, "tuinier"),))


def test_journey_counts_signatures_of_agreement_and_addendum() -> None:
    """Newest first, each with how many of how many have signed."""
    sent = make_sent()
    let_sign(sent, (Party.PERSON,))
    by = counsellor_of(sent.placement)
    first = [(line.number, line.signed, line.asked) for line in journey_agreement(by, sent.placement.referral).lines]
    running = let_sign(sent, (Party.HOST, Party.PARTNER))
    add_addendum(agreement=running, changes={"hours_month": 40}, by=by, at=AT + timedelta(hours=1))
    both = [(line.number, line.state.value, line.is_addendum) for line in journey_agreement(by, sent.placement.referral).lines]
    assert first == [("2023-0001", 1, 3)]
    assert both == [("2023-0001-A1", "draft", True), ("2023-0001", "in_force", False)]


def test_addendum_says_in_short_only_what_changes_also_once_it_is_signed() -> None:
    """Who signs reads as it was and as it becomes, not the whole agreement again; a next addendum starts from there."""
    running = let_sign(make_sent())
    by, read = counsellor_of(running.placement), []
    for number, hours in enumerate((40, 44), start=1):
        at = AT + timedelta(hours=number)
        addendum = add_addendum(agreement=running, changes={"hours_month": hours}, by=by, at=at)
        send_for_signature(agreement=addendum, by=by, at=at)
        let_sign(addendum)
    for row in Agreement.objects.filter(supersedes=running).order_by("number"):
        page = signing_page(party_of(running.placement, Party.HOST), signature_of(row, Party.HOST).pk, AT + timedelta(hours=3))
        assert page is not None
        read.append((page.agreement.state, page.paper.title, page.paper.summary_facts))
    assert read == [
        ("in_force", "Aanvulling: overeenkomst gemeenschapsdienst", (("Uren in een maand", "Nu: 36. Straks: 40."),)),
        ("in_force", "Aanvulling: overeenkomst gemeenschapsdienst", (("Uren in een maand", "Nu: 40. Straks: 44."),)),
    ]


def test_journey_says_nothing_to_a_host() -> None:
    """Agreements of a person are listed for who follows the person."""
    sent = make_sent()
    found = journey_agreement(host_of(sent.placement.seat.place), sent.placement.referral)
    assert (found.lines, found.to_make) == ((), ())


def test_case_file_follows_the_work_from_yes_to_end() -> None:
    """To be agreed without agreement, then running with it; an ended placement is past and something new can be proposed."""
    sent = make_sent()
    first = file_of(sent.placement).open_proposal
    let_sign(sent)
    second = file_of(sent.placement).open_proposal
    end_placement(placement=sent.placement, on=date(2023, 9, 15), reason_code="found_work", by=SYSTEM, at=AT)
    after = file_of(sent.placement)
    work = [each.work for each in (first, second) if each and each.work]
    assert [(each.state.value, each.agreement_id, each.agreement_state) for each in work] == [
        ("to_be_agreed", sent.pk, "out_for_signature"),
        ("running", sent.pk, "in_force"),
    ]
    assert (after.open_proposal, [past.id for past in after.past_proposals]) == (None, [sent.placement.proposal_id])
