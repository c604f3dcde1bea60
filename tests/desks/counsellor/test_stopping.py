"""Stopping from the case file: what ends with it stands there before it is confirmed."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.desks.counsellor.conftest import Browser, World
from tests.journey.agreements.signed import make_placement
from tests.journey.eligibility.cases import AT, stage_of
from tests.journey.matching.rounds import SYSTEM, make_host, make_place

from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import propose_by_hand

pytestmark = pytest.mark.django_db


def test_stop_shows_what_ends_and_then_does_it(world: World, browser: Browser) -> None:
    """The page names the proposal that will be withdrawn; without a reason nothing happens; a colleague finds no such page."""
    place = make_place(world.programme, make_host("Haven"), "magazijnier")
    propose_by_hand(referral=world.referral, place=place, motivation="", by=SYSTEM, at=AT)
    client, address = browser(world.an), reverse("counsellor:stop", args=[world.referral.pk])
    assert address in client.get(reverse("counsellor:case_file", args=[world.referral.pk])).content.decode()
    page = client.get(address).content.decode()
    assert "Het voorstel voor magazijnier bij Haven wordt ingetrokken." in page
    empty = client.post(address, {"words": "vast werk", "once_key": str(uuid4())})
    assert (empty.status_code, "vast werk" in empty.content.decode()) == (422, True)
    assert browser(world.bob).get(address).status_code == 404
    done = client.post(address, {"why": "found_work", "words": "vast werk", "once_key": str(uuid4())})
    assert (done.status_code, stage_of(world.referral.pk), Proposal.objects.get().state) == (302, "closed", "withdrawn")
    again = client.get(reverse("counsellor:case_file", args=[world.referral.pk])).content.decode()
    assert address not in again


def test_who_stops_before_the_work_began_calls_it_off_first(browser: Browser) -> None:
    """The page that says what ends first leads to it; after that the journey can stop."""
    placement = make_placement()
    counsellor = placement.referral.counsellor
    assert counsellor is not None
    client, address = browser(counsellor), reverse("counsellor:call_off_placement", args=[placement.pk])
    assert address in client.get(reverse("counsellor:stop", args=[placement.referral_id])).content.decode()
    empty = client.post(address, {"reason": "", "once_key": str(uuid4())}).status_code
    done = client.post(address, {"reason": "Vast werk gevonden.", "once_key": str(uuid4())}).status_code
    assert (empty, done, client.get(address).status_code, stage_of(placement.referral_id)) == (422, 302, 404, "eligible")
