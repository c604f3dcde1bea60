"""The host's two minutes in a real browser: a proposal answered in two clicks, a place confirmed, and a place paused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from tests.browser.behind import Behind
from tests.browser.proposals import send
from tests.browser.walk import WIDTHS, Walk

from opstap.journey.matching.models import Proposal

RETURN = date(2023, 10, 2)


@pytest.mark.parametrize("width", WIDTHS)
def test_walk_of_the_host(walk: Callable[..., Walk], behind: Behind, width: int) -> None:
    """Who is proposed is answered with yes; the place is still right, says one click; and it pauses until a day."""
    offer = behind.call(send, "Perspectief PV")
    one = walk(width)
    one.log_in("host")
    one.sees("Onze plaatsen")
    one.follow(offer.name)
    one.sees(offer.name)
    one.press("Ja, welkom")
    one.hears("Je zei ja")
    one.sees(offer.name)

    one.go(reverse("host:home"))
    one.follow(offer.place.capitalize())
    one.sees(offer.place.capitalize())
    one.press("Klopt nog")
    one.hears("Dank je.")
    one.sees(offer.place.capitalize())
    one.follow("Pauzeren met een einddatum")
    one.sees("Pauzeren met een einddatum")
    one.fill("Weer open op", RETURN.isoformat())
    one.fill("Waarom?", "verbouwing")
    one.press("Pauzeren")
    one.hears("Gepauzeerd.")
    one.sees(offer.place.capitalize())
    row = behind.call(lambda: Proposal.objects.select_related("place").get(pk=offer.id))
    assert (row.host_answer, row.place.paused_until, row.place.confirmed_by) == ("yes", RETURN, "Nadia Bogaert")
