"""The job seeker's way in a real browser: no account, with and without scripts, by keyboard alone, and second at the seat."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from tests.browser.behind import Behind
from tests.browser.proposals import mailed, say_yes, send, send_to_another
from tests.browser.walk import WIDTHS, Walk

from opstap.journey.matching.models import Proposal

HOST = "De Oesterbank vzw"
Begin = Callable[..., Walk]
Work = Callable[[], None]


def answers(offer_id: UUID) -> tuple[str, str]:
    """Return what the person answered, and through which door."""
    row = Proposal.objects.get(pk=offer_id)
    return row.person_answer, row.person_channel


@pytest.mark.parametrize("width", WIDTHS)
def test_person_says_yes_by_the_link_of_the_letter(walk: Begin, work: Work, behind: Behind, width: int) -> None:
    """The link opens what is proposed, why and where; a yes says first what will happen, and afterwards what comes next."""
    offer = behind.call(send, HOST)
    link, _ = mailed(work, offer)
    one = walk(width)
    one.go(link)
    one.sees(offer.place.capitalize())
    one.page.locator("svg.map").wait_for()
    one.follow("Wie keek in mijn dossier?")
    one.sees("Wie keek in mijn dossier?")
    one.page.go_back()
    one.follow("Ja, ik wil dit")
    one.sees("Zeg je ja?")
    one.press("Ja, ik wil dit")
    one.hears("Je zei ja")
    one.sees(offer.place.capitalize())
    assert behind.call(answers, offer.id) == ("yes", "link")


@pytest.mark.parametrize("width", WIDTHS)
def test_person_says_no_by_the_code_without_scripts(walk: Begin, work: Work, behind: Behind, width: int) -> None:
    """Without scripts too: a wrong code is told plainly, the right one opens the place, its map and who looked; a no frees it."""
    offer = behind.call(send, HOST)
    _, code = mailed(work, offer)
    one = walk(width, has_scripts=False)
    one.go("/mijn/code/")
    one.sees("Kreeg je een brief?")
    one.fill("Je code", "AAAAA-AAAAA")
    one.press("Verder")
    one.hears("We kennen deze code niet.")
    one.judge()
    one.fill("Je code", code.lower().replace("-", " "))
    one.press("Verder")
    one.sees(offer.place.capitalize())
    one.page.locator("svg.map").wait_for()
    one.follow("Wie keek in mijn dossier?")
    one.sees("Wie keek in mijn dossier?")
    one.page.go_back()
    one.follow("Nee", exact=True)
    one.sees("Zeg je nee?")
    one.press("Ik zeg nee")
    one.hears("Waarom niet?")
    one.judge()
    one.page.get_by_label("Het is te ver").check()
    one.press("Ik zeg nee")
    one.hears("Je zei nee")
    one.sees(offer.place.capitalize())
    assert behind.call(answers, offer.id) == ("no", "code")


def test_person_answers_with_the_keyboard_alone(walk: Begin, work: Work, behind: Behind) -> None:
    """Tab and enter are enough to skip to the content, read, and say yes; where the focus is can always be seen."""
    offer = behind.call(send, HOST)
    link, _ = mailed(work, offer)
    one = walk(1280)
    one.go(link)
    one.sees(offer.place.capitalize())
    one.tab_to("Ga naar de inhoud")
    one.page.keyboard.press("Enter")
    one.tab_to("Ja, ik wil dit")
    one.page.keyboard.press("Enter")
    one.sees("Zeg je ja?")
    one.tab_to("Ja, ik wil dit")
    one.page.keyboard.press("Enter")
    one.hears("Je zei ja")
    assert behind.call(answers, offer.id) == ("yes", "link")


@pytest.mark.parametrize("width", WIDTHS)
def test_second_at_the_seat_hears_why_and_what_is_free(walk: Begin, work: Work, behind: Behind, width: int) -> None:
    """Both said yes and the host too: who came second reads that it is not their doing, and says which other place interests them."""
    first = behind.call(send, HOST, seats=1)
    second = behind.call(send_to_another, first)
    link, _ = mailed(work, second)
    behind.call(say_yes, second, person=False)
    one = walk(width)
    one.go(link)
    one.follow("Ja, ik wil dit")
    one.sees("Zeg je ja?")
    behind.call(say_yes, first, person=True)
    one.press("Ja, ik wil dit")
    one.hears("Iemand anders was net voor jou")
    one.sees(second.place.capitalize())
    one.follow("Kijk wat nog vrij is")
    one.sees("Wat nog vrij is")
    one.press("Dit interesseert mij")
    one.hears("We weten dat dit je interesseert")
    one.sees("Wat nog vrij is")
    states = behind.call(lambda: [Proposal.objects.get(pk=each.id).state for each in (first, second)])
    assert states == ["accepted", "seat_taken"]
