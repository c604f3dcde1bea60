"""The funnel with the people behind its numbers, finding somebody, and a what-if beside today."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.desks.coordinator.visits import Scene, text_of

from opstap.foundation.audit.models import AuditEntry
from opstap.journey.matching.models import MatchRound, Proposal

pytestmark = pytest.mark.django_db


def test_funnel_says_how_far_people_got_and_what_they_wait_for(client: Client) -> None:
    """Numbers stand with their definition; the cause leads to the people."""
    page = text_of(client, reverse("coordinator:funnel"))
    assert "Geteld over iedereen die ooit" in page
    assert "reden=place_taken_by_others" in page


def test_waiting_people_are_those_behind_the_number(scene: Scene, client: Client) -> None:
    """The person without a seat stands there with stage and cause; a stage that does not exist is no page."""
    page = text_of(client, reverse("coordinator:waiting") + "?fase=eligible&reden=place_taken_by_others")
    waiting = scene.round.people.get(is_placed=False).referral.person
    assert (str(waiting) in page, f">{scene.proposal.person}<" in page) == (True, False)
    assert client.get(reverse("coordinator:waiting") + "?fase=nowhere").status_code == 404


@pytest.mark.parametrize(("kind", "start"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_export_of_waiting_people_is_kept_in_the_log(client: Client, kind: str, start: bytes) -> None:
    """The list leaves as a file, and that it did is an audit row with how many rows."""
    answer = client.post(reverse("coordinator:export_waiting"), {"fase": "eligible", "reden": "", "soort": kind})
    assert answer.content.startswith(start)
    assert AuditEntry.objects.get(action="export_waiting").facts["rows"] == 2


def test_find_shows_name_and_stage_and_the_place(scene: Scene, client: Client) -> None:
    """A person by name, a place by title; nothing found says so."""
    here = reverse("coordinator:find")
    assert str(scene.proposal.person) in text_of(client, f"{here}?q={scene.proposal.person.last_name}")
    assert reverse("coordinator:place", args=[scene.hard.pk]) in text_of(client, f"{here}?q=recept")
    assert "Niets gevonden voor" in text_of(client, f"{here}?q=zzzzqqq")


def test_what_if_shows_both_rounds_and_stores_nothing(scene: Scene, client: Client) -> None:
    """One more seat lets the second person start; no round, proposal or audit row is made."""
    counts = (MatchRound.objects.count(), Proposal.objects.count(), AuditEntry.objects.count())
    page = text_of(client, reverse("coordinator:what_if") + f"?plek={scene.place.pk}&extra=1")
    assert "1 persoon meer kan starten." in page
    assert page.count("wint een plek") == 1
    assert (MatchRound.objects.count(), Proposal.objects.count(), AuditEntry.objects.count()) == counts


def test_what_if_with_guidance_of_its_own_widens_a_full_mentor(scene: Scene, client: Client) -> None:
    """A mentor for one learner keeps the seat more empty, unless it comes with guidance of its own."""
    mentor = scene.place.mentor
    assert mentor is not None
    mentor.learner_limit = 1
    mentor.save()
    here = reverse("coordinator:what_if") + f"?plek={scene.place.pk}&extra=1"
    assert "evenveel mensen" in text_of(client, here)
    assert "1 persoon meer kan starten." in text_of(client, f"{here}&begeleiding=on")


def test_what_if_with_a_lower_level_fills_the_hard_place(scene: Scene, client: Client) -> None:
    """The place that asked B2 takes somebody at A2."""
    page = text_of(client, reverse("coordinator:what_if") + f"?plek={scene.hard.pk}&nederlands=A2")
    assert "1 persoon meer kan starten." in page


def test_what_if_that_makes_no_sense_says_why(scene: Scene, client: Client) -> None:
    """A number out of range is said at its field; a place of elsewhere is no choice."""
    here = reverse("coordinator:what_if")
    assert "Er klopt nog iets niet" in text_of(client, f"{here}?plek={scene.place.pk}&extra=99")
    assert "Er klopt nog iets niet" in text_of(client, f"{here}?plek={scene.round.pk}&extra=1")
