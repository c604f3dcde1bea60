"""What everybody can read, in a real browser: the places on a list and a map, how it works, and how to come in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.browser.walk import WIDTHS, Walk


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
def test_walk_of_everybody(walk: Callable[..., Walk], width: int, *, has_scripts: bool) -> None:
    """Somebody looks for work in a kitchen, reads about a place, and finds how proposals are made and what is kept."""
    one = walk(width, has_scripts=has_scripts)
    one.go("/")
    one.sees("plaatsen om te leren en te werken")
    one.page.locator("[name=wat]").fill("keuken")
    one.press("Zoeken")
    one.page.wait_for_url("**wat=keuken**")
    one.judge()
    one.follow("Medewerker keuken")
    one.sees("Medewerker keuken")
    for path in ("/zo-werkt-het/", "/privacyverklaring/", "/toegankelijkheid/", "/mijn/", "/account/login/", "/demo-login/"):
        one.go(path)
        one.page.locator("h1").wait_for()
        one.judge()
    one.go("/bestaat-niet/")
    one.judge()
    assert one.page.locator("h1").count() == 1
