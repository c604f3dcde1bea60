"""The board, one place, and what is done with it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.desks.coordinator.visits import Scene, once, text_of

from opstap.journey.places.models import Hold

pytestmark = pytest.mark.django_db


def address(scene: Scene, name: str = "place") -> str:
    """Return a page of the scene's place."""
    return reverse(f"coordinator:{name}", args=[scene.place.pk])


def test_board_shows_places_people_and_what_would_fill_them(client: Client) -> None:
    """Both places, the draft that waits, the smallest change of the other, and where people stand."""
    page = text_of(client, reverse("coordinator:home"))
    assert "Tuinier" in page
    assert "1 voorstel wacht op jouw beslissing" in page
    assert "+1 persoon" in page
    assert "2 mensen onderweg" in page


def test_board_filter_leaves_out_what_does_not_fit(client: Client) -> None:
    """A word, a state: only places that fit are shown, and a page without any says so."""
    home = reverse("coordinator:home")
    page = text_of(client, f"{home}?zoek=recept")
    assert ("Receptionist" in page, "Tuinier" in page) == (True, False)
    assert "Geen plek past bij deze filter" in text_of(client, f"{home}?stand=paused")


def test_hold_keeps_seats_out_of_rounds_until_released(scene: Scene, client: Client) -> None:
    """A held seat shows on the page with who holds it; releasing frees it."""
    answer = client.post(address(scene, "hold"), once(seats="1", until="2023-09-15", reason="opening"))
    assert answer.status_code == 302
    assert "1 plaats vastgehouden tot 15 september 2023" in text_of(client, address(scene))
    held = Hold.objects.get()
    client.post(reverse("coordinator:release", args=[scene.place.pk, held.pk]), once())
    held.refresh_from_db()
    assert held.released_at is not None


def test_hold_that_cannot_be_says_why_and_keeps_the_words(scene: Scene, client: Client) -> None:
    """More seats than there are: a sentence, nothing stored, the reason still there."""
    answer = client.post(address(scene, "hold"), once(seats="9", until="2023-09-15", reason="voor de opening"))
    assert (answer.status_code, Hold.objects.count()) == (422, 0)
    assert "voor de opening" in answer.content.decode()


def test_pause_and_resume(scene: Scene, client: Client) -> None:
    """A pause has a return date; a date in the past is refused in words."""
    refused = client.post(address(scene, "pause"), once(return_on="2023-08-01", reason="werken"))
    assert refused.status_code == 422
    assert "1 augustus 2023" in refused.content.decode()
    client.post(address(scene, "pause"), once(return_on="2023-10-01", reason="werken"))
    assert "gepauzeerd tot 1 oktober 2023" in text_of(client, address(scene))
    client.post(address(scene, "resume"), once())
    scene.place.refresh_from_db()
    assert scene.place.paused_until is None


def test_confirm_shows_who_and_when(scene: Scene, client: Client) -> None:
    """The place counts as confirmed by the coordinator."""
    client.post(address(scene, "confirm"), once())
    scene.place.refresh_from_db()
    assert scene.place.confirmed_by == scene.coordinator.name


def test_change_stores_terms_seats_and_refuses_what_cannot_be(scene: Scene, client: Client) -> None:
    """New terms and one more seat are stored; an end before the start is said at its field."""
    given = {
        "title": "tuinier", "half_days": ["mon_am", "mon_pm"], "seats": "2", "mentor": str(scene.place.mentor_id), "dutch_level": "A2",
        "licences": "B, C", "instruments": ["community_service"], "starts_on": "2023-09-01", "until_on": "2024-09-01",
    }  # fmt: skip
    wrong = client.post(address(scene, "change_place"), once(**given | {"until_on": "2023-08-01"}))
    assert (wrong.status_code, "Het einde ligt voor het begin" in wrong.content.decode()) == (422, True)
    assert client.post(address(scene, "change_place"), once(**given)).status_code == 302
    scene.place.refresh_from_db()
    assert (scene.place.dutch_level, scene.place.licences, scene.place.half_days) == ("A2", ["B", "C"], 3)
    assert scene.place.seats.filter(retired_on=None).count() == 2
    assert scene.place.until_on == date(2024, 9, 1)


def test_board_folds_the_rest_of_a_place_on_a_phone(scene: Scene, client: Client) -> None:
    """Each place has a native fold with its name; seats and stand come before it, the mentor, what would help and the day after it."""
    page = text_of(client, reverse("coordinator:home"))
    row = page[page.index(f"/plek/{scene.place.pk}/") :].split("</tr>", 1)[0]
    assert re.findall(r'<td class="(brief|later)" data-label="([^"]+)"', row) == [
        ("brief", "Plaatsen"),
        ("later", "Mentor"),
        ("brief", "Hoe het staat"),
        ("later", "Wat ze zou vullen"),
        ("later", "Laatst bevestigd"),
    ]
    assert row.count('<details class="row-fold"><summary>Meer<span class="sr">: Tuinier</span></summary></details>') == 1
