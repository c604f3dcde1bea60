"""A place without a mentor in the simulated year: the host says who guides the person, and the agreement goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from opstap.config.demonstration import DAY, load_demonstration
from opstap.config.simulation import simulate
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.programmes.models import Programme
from opstap.journey.agreements.models import Agreement
from opstap.journey.places.models import Place

DAYS = 30
_WITH_A_WEEKEND = 4


@pytest.mark.django_db
def test_host_with_a_trained_mentor_names_one_on_the_agreement(few: Path) -> None:
    """No place has a mentor: every agreement that went out names one of the host's own, who is trained, days after the refusal."""
    call_command("load_catalogue", verbosity=0)
    load_demonstration(few)
    Place.objects.update(mentor=None)
    told = simulate(Programme.objects.get(), first=DAY, days=DAYS, seed=1)
    trained = {(mentor.organisation_id, mentor.name) for mentor in Mentor.objects.filter(certified_on__isnull=False)}
    sent = Agreement.objects.filter(sent_at__isnull=False).select_related("placement__seat__place")
    assert {(row.placement.seat.place.organisation_id, row.fields["mentor_name"]) for row in sent} <= trained
    days = [(row.sent_at.date() - row.created_at.date()).days for row in sent if row.sent_at]
    assert (min(days), max(days) <= _WITH_A_WEEKEND) == (2, True)
    assert told.refused["agreements.field_missing"] >= told.agreements > 0
