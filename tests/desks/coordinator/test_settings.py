"""The page on which a coordinator sets days, hours and numbers, and adds competences to the catalogue."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.desks.coordinator.visits import Scene, browser
from tests.journey.eligibility.cases import AT, make_programme, make_user
from tests.journey.matching.rounds import SYSTEM

from opstap.engine.shared import Refused
from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.programmes.enums import TERMS
from opstap.foundation.programmes.models import Programme
from opstap.foundation.programmes.operations import set_terms
from opstap.journey.followup.models import RuleNumber
from opstap.journey.plans.models import Competence, TaskGroup
from opstap.journey.plans.operations import load_catalogue

pytestmark = pytest.mark.django_db
BASE = {
    "answer_days": "10", "confirm_days": "60", "stalled_days": "30", "least_days_left": "30", "weekly_messages": "3",
    "quiet_from": "20", "quiet_until": "8",
}  # fmt: skip


def address(name: str, *args: object) -> str:
    """Return an address of the settings."""
    return reverse(f"coordinator:settings:{name}", args=args)


def send(client: Client, where: str, **given: object) -> Any:  # noqa: ANN401 - a response
    """Send a form and follow where it leads."""
    return client.post(where, {"once_key": str(uuid4()), **given}, follow=True)


def test_every_number_is_there_with_what_it_does(client: Client) -> None:
    """Each says what it does, from what to what, and what it was at first."""
    page = client.get(address("home")).content.decode()
    shown = [
        "Dagen om op een voorstel te antwoorden" in page,
        "Van 3 tot 30; aanvankelijk 10." in page,
        "Na 42 dagen zonder contact" in page,
    ]
    assert shown == [True] * 3


def test_days_and_messages_are_set_and_audited(client: Client, scene: Scene) -> None:
    """What was changed counts at once, and stands in the log with before and after."""
    answer = send(client, address("terms"), **BASE | {"answer_days": "14", "weekly_messages": "2"})
    programme = Programme.objects.get(pk=scene.programme.pk)
    facts = AuditEntry.objects.get(action="set_terms").facts
    assert (answer.status_code, programme.answer_days, programme.weekly_messages, programme.confirm_days) == (200, 14, 2, 60)
    assert facts == {"before": {"answer_days": 10, "weekly_messages": 3}, "after": {"answer_days": 14, "weekly_messages": 2}}


@pytest.mark.parametrize(("name", "value"), [(name, end) for name, (least, most) in TERMS.items() for end in (least - 1, most + 1)])
def test_term_outside_what_is_sane_is_refused(client: Client, scene: Scene, name: str, value: int) -> None:
    """The form says so and keeps what was filled in; the operation refuses it too; nothing is set."""
    answer = send(client, address("terms"), **BASE | {name: str(value)})
    with pytest.raises(Refused) as refused:
        set_terms(programme=scene.programme, terms={name: value}, by=SYSTEM, at=AT)
    before, after = (getattr(each, name) for each in (scene.programme, Programme.objects.get(pk=scene.programme.pk)))
    assert (answer.status_code, refused.value.reason.code, after) == (422, "programmes.term_out_of_range", before)


def test_rules_are_set(client: Client) -> None:
    """Every number goes along; only what changed is a row, and the rule reads with it."""
    numbers = {item["name"]: item["value"] for item in _fields(client)}
    answer = send(client, address("rules"), **numbers | {"no_contact-days": "30"})
    rows = list(RuleNumber.objects.values_list("rule", "name", "value"))
    assert (answer.status_code, rows, "Na 30 dagen zonder contact" in answer.content.decode()) == (200, [("no_contact", "days", 30)], True)
    wrong = send(client, address("rules"), **numbers | {"no_contact-days": "500"})
    assert (wrong.status_code, RuleNumber.objects.count()) == (422, 1)


def test_coordinator_of_another_programme_sets_nothing_here(scene: Scene) -> None:
    """Another programme does not exist for them, neither to see nor to set."""
    other = browser(make_user("Ander", Role.COORDINATOR, programme=make_programme("Elders")))
    where = f"?programma={scene.programme.pk}"
    seen = [other.get(address(name) + where).status_code for name in ("home", "competences")]
    sent = [send(other, address("terms") + where, **BASE).status_code, send(other, address("rules") + where).status_code]
    assert (seen, sent) == ([404, 404], [404, 404])


def test_own_competence_is_added_and_retired(client: Client, scene: Scene) -> None:
    """It can be chosen from then on; once retired it cannot, and its row stays; one of the product cannot be retired."""
    load_catalogue(by=SYSTEM, at=AT)
    group, product = TaskGroup.objects.order_by("position")[0], Competence.objects.filter(programme__isnull=True)[0]
    uri = "http://data.europa.eu/esco/skill/25e16679-a7d0-464d-916c-63210001bbab"
    send(client, address("competences"), group=group.pk, label="Netten herstellen", plain="Je maakt netten weer heel.", esco_uri=uri)
    row = Competence.objects.get(programme=scene.programme)
    gone = send(client, address("retire", row.pk))
    row.refresh_from_db()
    refused = client.post(address("retire", product.pk), {"once_key": str(uuid4())}).status_code
    assert (row.label, row.esco_uri, row.is_active, refused) == ("Netten herstellen", uri, False, 404)
    assert "niet meer te kiezen" in gone.content.decode()


def test_competence_with_another_address_is_refused(client: Client) -> None:
    """What is no address of ESCO is said on the form; nothing is added."""
    load_catalogue(by=SYSTEM, at=AT)
    group = TaskGroup.objects.order_by("position")[0]
    answer = send(client, address("competences"), group=group.pk, label="Netten", plain="Je maakt netten.", esco_uri="https://example.be/1")
    assert (answer.status_code, Competence.objects.filter(programme__isnull=False).count()) == (422, 0)


def _fields(client: Client) -> list[dict[str, Any]]:
    """Return the numbers of the rules as the page has them."""
    form = client.get(address("home")).context["rules"]
    return [{"name": item.name, "value": item.value()} for item in form]
