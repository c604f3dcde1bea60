"""Six weeks of the demonstration's programme, lived once for every test that looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from opstap.config.demonstration import DAY, load_demonstration
from opstap.config.simulation import Told, simulate
from opstap.foundation.programmes.models import Programme

DAYS = 42


@dataclass(frozen=True)
class Lived:
    """A programme, the day after what was lived, and what happened."""

    programme: Programme
    until: date
    told: Told


@pytest.fixture(scope="module")
def six_weeks(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Lived]:  # noqa: ARG001 - it makes the database
    """September and October 2023; gone after the module."""
    until = DAY + timedelta(days=DAYS)
    with django_db_blocker.unblock(), override_settings(FIXED_TODAY=until), transaction.atomic():
        call_command("load_catalogue", verbosity=0)
        load_demonstration()
        programme = Programme.objects.get()
        yield Lived(programme, until, simulate(programme, first=DAY, days=DAYS))
        transaction.set_rollback(True)


@pytest.fixture
def lived(six_weeks: Lived, db: None) -> Lived:  # noqa: ARG001 - what a test changes is undone
    """The six weeks as they were lived."""
    return six_weeks
