"""The team lead sees caseloads in numbers and gives people to counsellors."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desks.counsellor.conftest import Browser, World
from tests.journey.eligibility.cases import AT, acting, make_referral, make_user

from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.referrals.models import Referral
from opstap.steering.overviews.queries.team import team

pytestmark = pytest.mark.django_db


def test_team_counts_each_caseload(world: World) -> None:
    """An follows two of whom one is to be decided, Bob nobody; one person of the team waits for a counsellor; others are not counted."""
    make_referral(world.programme, counsellor=world.an, organisation=world.team)
    make_referral(world.programme, organisation=world.team)
    make_referral(world.programme, counsellor=world.stranger)
    found = team(acting(world.lead), AT)
    assert found is not None
    assert [(member.name, member.people, member.to_decide) for member in found.members] == [("an", 2, 1), ("bob", 0, 0)]
    assert found.unassigned is not None
    assert (found.unassigned.people, found.unassigned.key) == (1, "none")


def test_team_is_for_who_leads_one(world: World, browser: Browser) -> None:
    """A counsellor finds no such page."""
    url = reverse("counsellor:team")
    assert [browser(user).get(url).status_code for user in (world.lead, world.an)] == [200, 404]
    assert team(acting(world.an), AT) is None


def test_team_asks_few_queries_however_big(world: World, browser: Browser) -> None:
    """One counsellor or thirty: the same number of queries, at most twelve."""
    client = browser(world.lead)
    with CaptureQueriesContext(connection) as small:
        client.get(reverse("counsellor:team"))
    for number in range(29):
        user = make_user(f"u{number}", Role.COUNSELLOR, organisation=world.team)
        make_referral(world.programme, counsellor=user, organisation=world.team)
    with CaptureQueriesContext(connection) as big:
        client.get(reverse("counsellor:team"))
    assert len(small) == len(big)
    assert len(big) <= 12


def test_assign_gives_one_person_to_a_colleague(world: World, browser: Browser) -> None:
    """From then on Bob opens the file and An does not; who gave is recorded."""
    form = {"counsellor": str(world.bob.pk), "once_key": str(uuid4())}
    url = reverse("counsellor:assign", args=[world.referral.pk])
    assert browser(world.an).post(url, form).status_code == 404
    assert browser(world.lead).post(url, form).status_code == 302
    file = reverse("counsellor:case_file", args=[world.referral.pk])
    assert [browser(user).get(file).status_code for user in (world.bob, world.an)] == [200, 404]
    assert AuditEntry.objects.get(action="assign_counsellor").actor_label == "lead"


def test_assign_to_somebody_of_another_team_is_refused(world: World, browser: Browser) -> None:
    """Only the team's own counsellors can be chosen."""
    form = {"counsellor": str(world.stranger.pk), "once_key": str(uuid4())}
    assert browser(world.lead).post(reverse("counsellor:assign", args=[world.referral.pk]), form).status_code == 422


def test_assign_many_gives_the_ticked_people_only(world: World, browser: Browser) -> None:
    """Two ticked of three; an id of another team's person is left out."""
    mine = [make_referral(world.programme, organisation=world.team) for _ in range(2)]
    foreign = make_referral(world.programme, counsellor=world.stranger)
    ids = [str(row.pk) for row in (*mine, foreign)]
    form = {"wie": ids, "counsellor": str(world.bob.pk), "once_key": str(uuid4())}
    assert browser(world.lead).post(reverse("counsellor:assign_many"), form).status_code == 302
    assert set(Referral.objects.filter(counsellor=world.bob)) == set(mine)
    assert Referral.objects.get(pk=foreign.pk).counsellor_id == world.stranger.pk


def test_assign_many_with_nonsense_is_not_there(world: World, browser: Browser) -> None:
    """What is no id, and who leads no team."""
    form = {"wie": ["x"], "counsellor": str(world.bob.pk)}
    assert browser(world.lead).post(reverse("counsellor:assign_many"), form).status_code == 404
    assert browser(world.an).post(reverse("counsellor:assign_many"), form | {"wie": [str(world.referral.pk)]}).status_code == 404
