"""The counsellor's day in a real browser: who stands still, a question answered, decided, decided otherwise, proposed, agreed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from playwright.sync_api import expect
from tests.browser.behind import Behind
from tests.browser.proposals import Offer, say_yes
from tests.browser.walk import WIDTHS, Walk

from opstap.foundation import clock
from opstap.foundation.actor import system_actor
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.agreements.assembly import problems
from opstap.journey.agreements.models import Agreement
from opstap.journey.eligibility.models import Decision
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import send_proposal
from opstap.journey.places.models import Place
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.models import Referral

COUNSELLOR = "An Declerck"
COUNT = (
    """for (const kind of ["click", "input"]) addEventListener(kind, () => sessionStorage[kind] = +(sessionStorage[kind] || 0) + 1, true)"""
)
COUNTED = "() => ['click', 'input'].map(kind => +(sessionStorage[kind] || 0))"
WHY = "De toezegging van VDAB kwam vanmorgen per telefoon."


def followed(stage: Stage, cause: WaitingCause) -> Referral:
    """Return the longest waiting person of the counsellor for whom things stand like this."""
    waiting = Referral.objects.select_related("person").filter(counsellor__name=COUNSELLOR, stage=stage, waiting_cause=cause)
    found = waiting.order_by("referred_on", "pk").first()
    assert found is not None
    return found


def let_stand_still(referral: Referral) -> None:
    """Let somebody have waited for a quarter of a year."""
    Referral.objects.filter(pk=referral.pk).update(stage_since=F("stage_since") - timedelta(days=90))


@pytest.mark.parametrize("width", WIDTHS)
def test_decision_walk_of_the_counsellor(walk: Callable[..., Walk], behind: Behind, width: int) -> None:
    """From my day to a case file: a missing fact is filled in with its source, the rules decide, and a person decides otherwise."""
    referral = behind.call(followed, Stage.FACTS_MISSING, WaitingCause.FACT_ASKED)
    one = walk(width)
    one.log_in("counsellor")
    one.sees("Mijn dag")
    one.follow("Vraag stellen", within=one.page.locator("tr").filter(has_text=str(referral.person)))
    one.sees(str(referral.person))

    asked = one.page.locator("#vragen li").first
    if not asked.get_by_role("button").is_visible():
        asked.locator("summary").click()
    asked.locator("[name=value]").fill("2026-06-30")
    asked.get_by_label("Bewijs").fill("brief van VDAB")
    one.press("Antwoord opslaan", within=asked)
    one.hears("Opgeslagen.")
    one.press("Opnieuw beslissen volgens de regels van vandaag")
    one.hears("Beslist.")
    one.sees(str(referral.person))

    one.follow("Anders beslissen", within=one.page.locator("#beslissingen"))
    one.sees("Anders beslissen")
    one.fill("Waarom beslis je anders dan de regels?", "kort")
    one.press("Anders beslissen")
    one.page.locator("#errors").wait_for()
    one.sees("Anders beslissen")
    one.fill("Waarom beslis je anders dan de regels?", WHY)
    one.press("Anders beslissen")
    one.hears("Beslist. Wat de regels zeiden")
    one.sees(str(referral.person))
    otherwise = behind.call(lambda: [row.overrule_reason for row in Decision.objects.filter(referral=referral) if row.overrule_reason])
    reads = behind.call(lambda: AuditEntry.objects.filter(action="read_case_file", person_id=referral.person_id).count())
    assert (otherwise, reads >= 4) == ([WHY], True)


@pytest.mark.parametrize("width", WIDTHS)
def test_caseload_walk_of_the_counsellor(walk: Callable[..., Walk], behind: Behind, width: int) -> None:
    """Whoever stands still is found, put aside with a reason, and gone from that list; somebody else gets a proposal by hand."""
    slow = behind.call(followed, Stage.ELIGIBLE, WaitingCause.NO_FITTING_PLACE)
    behind.call(let_stand_still, slow)
    next_one = behind.call(followed, Stage.ELIGIBLE, WaitingCause.PLACE_TAKEN_BY_OTHERS)
    one = walk(width)
    one.log_in("counsellor")
    one.sees("Mijn dag")
    one.follow("Caseload")
    one.sees("Caseload")
    one.page.get_by_label("Staat stil").check()
    expect(one.page.locator("#people tbody tr").first).to_contain_text(str(slow.person))
    one.sees("Caseload")
    one.follow(str(slow.person))
    one.sees(str(slow.person))
    one.follow("Opzijzetten")
    one.sees("Opzijzetten")
    one.fill("Waarom?", "volgt tot dan een opleiding")
    one.press("Opzijzetten")
    one.hears("Opzij gezet")

    one.go(reverse("counsellor:caseload") + "?stil=on")
    one.sees("Caseload")
    expect(one.page.locator("#people tbody tr", has_text=str(slow.person))).to_have_count(0)
    one.go(reverse("counsellor:case_file", args=[next_one.pk]))
    one.sees(str(next_one.person))
    one.follow("Een plaats voorstellen")
    one.sees("Een plaats voorstellen")
    one.page.locator("tbody th[scope=row] a").first.click()
    one.page.get_by_role("button", name="Deze plaats voorstellen").wait_for()
    one.judge()
    one.press("Deze plaats voorstellen")
    one.hears("Voorgesteld.")
    one.sees(str(next_one.person))
    sent = behind.call(lambda: list(Proposal.objects.filter(referral=next_one, state="sent").values_list("created_by", flat=True)))
    assert (sent, behind.call(lambda: Referral.objects.get(pk=slow.pk).snooze_reason)) == ([COUNSELLOR], "volgt tot dan een opleiding")


def both_said_yes(*, has_mentor: bool = True) -> Offer:
    """Let somebody of the counsellor and the host say yes to the round's first proposal, at a place with a mentor or without one."""
    drafts = Proposal.objects.filter(state=ProposalState.DRAFT, referral__counsellor__name=COUNSELLOR, place__mentor__isnull=False)
    draft = drafts.order_by("created_at", "pk")[0]
    if not has_mentor:
        Place.objects.filter(pk=draft.place_id).update(mentor=None)
    sent = send_proposal(proposal=draft, by=system_actor("test"), at=clock.now())
    offer = Offer(sent.pk, str(draft.person), draft.place.title, draft.place.organisation.name, draft.person.email)
    say_yes(offer, person=True)
    return offer


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("begins", ["case_file", "my_day"])
def test_agreement_is_ready_to_sign_in_one_click(walk: Callable[..., Walk], behind: Behind, begins: str, width: int) -> None:
    """From two yeses: the button stands there without unfolding, one press, no field typed, and nothing keeps it from being signed."""
    offer = behind.call(both_said_yes)
    one = walk(width)
    one.page.add_init_script(COUNT)
    one.log_in("counsellor")
    one.sees("Mijn dag")
    if begins == "case_file":
        referral = behind.call(lambda: Proposal.objects.select_related("referral").get(pk=offer.id).referral)
        one.go(reverse("counsellor:case_file", args=[referral.pk]))
        one.sees(offer.name)
        button = one.page.get_by_role("button", name="Overeenkomst maken")
        expect(button).to_be_in_viewport(ratio=1)
    else:
        button = one.page.locator("#agreements tr", has_text=offer.name).get_by_role("button", name="Overeenkomst maken")
    expect(button).to_have_count(1)
    button.click()
    one.sees("Overeenkomst 2023-")
    expect(one.page.get_by_role("button", name="Versturen om te tekenen")).to_be_enabled()
    made = behind.call(lambda: Agreement.objects.select_related("placement__referral").get(placement__proposal_id=offer.id))
    assert (one.page.evaluate(COUNTED), behind.call(problems, made.fields, made.placement)) == ([1, 0], ())


@pytest.mark.parametrize("width", WIDTHS)
def test_agreement_without_a_mentor_leads_to_the_empty_field(walk: Callable[..., Walk], behind: Behind, width: int) -> None:
    """Nobody is stuck: the day, the case file and the agreement say what is missing and who can give it, and one link leads there."""
    offer = behind.call(both_said_yes, has_mentor=False)
    one = walk(width)
    one.log_in("counsellor")
    one.sees("Mijn dag")
    row = one.page.locator("#agreements tr", has_text=offer.name)
    expect(row).to_contain_text("en een mentor aan te duiden")
    one.open(row.get_by_role("link", name=offer.name))
    one.sees(offer.name)
    one.hears("Vraag de gastorganisatie wie de persoon begeleidt")
    one.press("Overeenkomst maken")
    one.sees("Overeenkomst 2023-")
    expect(one.page.get_by_role("button", name="Versturen om te tekenen")).to_be_disabled()
    one.go(reverse("counsellor:my_day"))
    one.sees("Mijn dag")
    one.open(row.locator("td.number").get_by_role("link"))
    one.sees("Mentor op de werkvloer")
    one.fill("Mentor op de werkvloer", "Rita Claes")
    one.page.get_by_role("main").get_by_role("button").first.click()
    one.sees("Overeenkomst 2023-")
    one.press("Versturen om te tekenen")
    one.hears("Iedereen kan nu tekenen")
    one.sees("Overeenkomst 2023-")
    sent = behind.call(Agreement.objects.get, placement__proposal_id=offer.id)
    assert (sent.fields["mentor_name"], sent.state) == ("Rita Claes", "out_for_signature")
