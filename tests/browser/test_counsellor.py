"""The counsellor's day in a real browser: who stands still, a question answered, decided, decided otherwise, proposed, put aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from playwright.sync_api import expect
from tests.browser.behind import Behind
from tests.browser.walk import WIDTHS, Walk

from opstap.foundation.audit.models import AuditEntry
from opstap.journey.eligibility.models import Decision
from opstap.journey.matching.models import Proposal
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.models import Referral

COUNSELLOR = "An Declerck"
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
