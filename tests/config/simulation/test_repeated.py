"""A year can be told again: the same lists and seed give everybody the same life, another seed another one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from opstap.config.demonstration import DAY, load_demonstration
from opstap.config.simulation import simulate
from opstap.config.simulation.lives import Lives, lives
from opstap.foundation.programmes.models import Programme

DAYS = 37


def lived(folder: Path, seed: int) -> Lives:
    """Load, live and look; return what happened to whom. Nothing of it stays."""
    with transaction.atomic():
        load_demonstration(folder)
        programme = Programme.objects.get()
        simulate(programme, first=DAY, days=DAYS, seed=seed)
        told = lives(programme, DAY, DAY + timedelta(days=DAYS))
        transaction.set_rollback(True)
    return told


@pytest.mark.django_db
def test_same_seed_gives_the_same_lives(few: Path) -> None:
    """Whatever ids the rows get, the same happens to the same people; with another seed something else happens."""
    call_command("load_catalogue", verbosity=0)
    first, again, other = lived(few, 1), lived(few, 1), lived(few, 2)
    assert again == first
    assert {line.split()[0] for lines in first.values() for line in lines} == {"now", "move", "work", "day", "plan", "paid"}
    assert other != first
