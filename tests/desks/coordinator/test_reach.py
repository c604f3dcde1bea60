"""Only the programme's own coordinator sees and uses the desk; for everybody else it does not exist."""

from __future__ import annotations

import pytest
from tests.desks.coordinator.visits import Scene, addresses, browser, doings, once, queries_of, text_of
from tests.journey.eligibility.cases import AT, make_organisation, make_programme, make_user
from tests.journey.matching.rounds import make_host, make_place, make_ready, run

from opstap.foundation.access.models import User
from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def others(scene: Scene) -> list[User]:
    """Return somebody of every other kind, also at the host itself and in another programme."""
    partner = make_organisation("Partner", scene.programme)
    return [
        make_user("counsellor", Role.COUNSELLOR, organisation=partner),
        make_user("lead", Role.TEAM_LEAD, organisation=partner),
        make_user("host", Role.HOST, organisation=scene.place.organisation),
        make_user("administrator", Role.ADMINISTRATOR),
        make_user("auditor", Role.AUDITOR),
    ]


def test_pages_are_not_there_for_other_roles(scene: Scene) -> None:
    """Counsellor, team lead, host, administrator and auditor find no page of the desk."""
    found = [
        (user.name, address) for user in others(scene) for address in addresses(scene) if browser(user).get(address).status_code != 404
    ]
    assert found == []


def test_doings_are_not_there_for_other_roles(scene: Scene) -> None:
    """Nor can they do anything there: nothing changes and nothing is written down."""
    people = others(scene)
    before = AuditEntry.objects.count()
    found = [
        (user.name, address)
        for user in people
        for address in doings(scene)
        if browser(user).post(address, once(seats="1", until="2023-10-01", return_on="2023-10-01", reason="x", reden="x")).status_code
        != 404
    ]
    assert (found, AuditEntry.objects.count()) == ([], before)


def test_pages_of_a_programme_are_not_there_for_the_coordinator_of_another(scene: Scene) -> None:
    """A coordinator elsewhere has a desk, but not these places, rounds and proposals."""
    stranger = browser(make_user("stranger", Role.COORDINATOR, programme=make_programme("Ander", ("imw",))))
    own = [
        address for address in addresses(scene) if any(str(key) in address for key in (scene.round.pk, scene.place.pk, scene.proposal.pk))
    ]
    assert {stranger.get(address).status_code for address in own} == {404}
    assert scene.place.title not in text_of(stranger, addresses(scene)[0])


def test_pages_ask_who_forgot_to_log_in(scene: Scene) -> None:
    """Who is not logged in is sent to the login."""
    from django.test import Client  # noqa: PLC0415 - only this test has nobody

    assert {Client().get(address).status_code for address in addresses(scene)} == {302}


def test_pages_ask_as_many_queries_for_thirty_rows_as_for_one(scene: Scene) -> None:
    """No page asks more when there are more places and people, and none asks more than twelve."""
    client, counts = browser(scene.coordinator), []
    host = make_host("Vzw")
    for size, hour in ((3, 11), (12, 12)):
        for number in range(size):
            make_place(scene.programme, host, f"werk {number}", seats=2, dutch_level="C1" if number % 2 else "A1")
            make_ready(scene.programme)
            make_ready(scene.programme, dutch_level="none")
        later = run(scene.programme, AT.replace(hour=hour))
        pages = {address: address.replace(str(scene.round.pk), str(later.pk)) for address in addresses(scene)}
        counts.append({name: queries_of(client, address) for name, address in pages.items()})
    few, many = counts
    assert many == few
    assert {address: count for address, count in many.items() if count > 12} == {}
