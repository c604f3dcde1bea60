"""The coordinator's round in a real browser: computed in the background, decided on, run again, and tried beside today."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from tests.browser.behind import Behind
from tests.browser.walk import WIDTHS, Walk

from opstap.journey.matching.enums import DirectiveKind, ProposalState
from opstap.journey.matching.models import Directive, Proposal

ROUND = "Ronde van 1 september 2023"


def run_a_round(walk: Walk, work: Callable[[], None]) -> None:
    """Start a round, wait for the worker, and see the page go on to the proposals by itself."""
    walk.sees("Rondes")
    walk.confirm("Een ronde starten", "Ja, starten")
    walk.sees(ROUND)
    walk.page.locator("progress").wait_for()
    work()
    walk.page.get_by_role("link", name="Voorstellen").wait_for()
    walk.sees(ROUND)


def open_row(walk: Walk, number: int) -> str:
    """Open what can be decided on a proposal, beside the list or on a page of its own; return the person's name."""
    row = walk.page.locator("tbody tr").nth(number)
    name = row.get_by_role("rowheader").get_by_role("link").inner_text()
    row.get_by_role("link", name=f": {name}").last.click()
    walk.page.get_by_role("heading", name=name).wait_for()
    walk.judge("#panel" if walk.page.locator("#panel > *").count() else "")
    return name


def stands(name: str) -> list[str]:
    """Return how the proposals of somebody stand, by name of the state: at night the demonstration's own ones are of later that day."""
    proposals = Proposal.objects.select_related("person").order_by("state")
    return [each.state for each in proposals if f"{each.person.first_name} {each.person.last_name}" == name]


@pytest.mark.parametrize("width", WIDTHS)
def test_round_walk_of_the_coordinator(walk: Callable[..., Walk], work: Callable[[], None], behind: Behind, width: int) -> None:
    """One proposal is sent, one declined with a reason, one pinned; the round that runs again says what that changed."""
    one = walk(width)
    one.log_in("coordinator")
    one.sees("Bord")
    one.follow("Rondes")
    run_a_round(one, work)

    first = one.page.locator("tbody tr").nth(0)
    sent = first.get_by_role("rowheader").get_by_role("link").inner_text()
    one.follow("Versturen", within=first)
    one.sees("Voorstellen versturen")
    one.press("1 voorstel versturen")
    one.hears("1 voorstel verstuurd.")

    declined = open_row(one, 1)
    one.confirm("Afwijzen", "Ja, afwijzen", Waarom="begint elders aan een opleiding")
    one.hears("Afgewezen.")
    one.page.locator("h1", has_text=ROUND).wait_for()
    assert one.page.locator("tr:target").get_by_role("rowheader").get_by_role("link").inner_text() == declined

    pinned = open_row(one, 2)
    one.confirm("Vastzetten", "Ja, vastzetten", Waarom="ze kennen elkaar al")
    one.hears("Vastgezet.")

    one.follow("Rondes")
    run_a_round(one, work)
    one.follow("Wat veranderde")
    one.sees(ROUND)
    pins = behind.call(lambda: [each.reason for each in Directive.objects.filter(kind=DirectiveKind.PIN, ended_at=None)])
    without_draft = [state for state in behind.call(stands, declined) if state != ProposalState.DRAFT]
    assert (behind.call(stands, sent), without_draft, behind.call(stands, pinned), pins) == (
        [ProposalState.REPLACED, ProposalState.SENT],
        [ProposalState.REPLACED, ProposalState.SET_ASIDE],
        [ProposalState.DRAFT, ProposalState.REPLACED, ProposalState.REPLACED],
        ["ze kennen elkaar al"],
    )
    for part in ("Lege p", "Niet geplaatst", "Prijzen"):
        one.follow(part)
        one.sees(ROUND)


@pytest.mark.parametrize("width", WIDTHS)
def test_board_and_what_if_walk_of_the_coordinator(walk: Callable[..., Walk], behind: Behind, width: int) -> None:
    """From the board to the funnel, to a place whose seats are held, and to what one more seat would change; nothing of that is stored."""
    one = walk(width)
    one.log_in("coordinator")
    one.sees("Bord")
    before = behind.call(Proposal.objects.count)
    one.open(one.page.locator("tbody th[scope=row] a").first)
    one.judge()
    one.follow("Trechter")
    one.sees("Trechter")
    one.open(one.page.locator("tbody tr").get_by_role("link").first)
    one.judge()

    one.go(reverse("coordinator:what_if"))
    one.sees("Wat als")
    one.page.locator("select").first.select_option(index=1)
    one.press("Verder")
    one.sees("Wat als")
    one.page.get_by_label("meer", exact=False).first.fill("1")
    one.press("Toon het verschil")
    one.page.get_by_role("heading", name="Naast vandaag").wait_for()
    one.sees("Wat als")
    assert behind.call(Proposal.objects.count) == before
