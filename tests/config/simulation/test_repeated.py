"""A year can be told again: the same lists and seed give the same year, another seed another one."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from django.core.management import call_command
from django.db import transaction
from python_calamine import CalamineWorkbook

from opstap.config.demonstration import DAY, FOLDER, load_demonstration
from opstap.config.simulation import Told, simulate
from opstap.config.simulation.cast import key_of
from opstap.foundation.programmes.models import Programme
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.models import Referral

DAYS, PEOPLE = 40, 60
Year = tuple[Told, dict[str, tuple[str, str]], list[tuple[object, ...]]]


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """The demonstration with its first sixty people."""
    for name in ("programma.json", "wijken.json", "leerwerkplekken.xlsx"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    rows = CalamineWorkbook.from_path(str(FOLDER / "werkzoekenden.xlsx")).get_sheet_by_index(0).to_python()[: PEOPLE + 1]
    with xlsxwriter.Workbook(str(tmp_path / "werkzoekenden.xlsx"), {"default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet("Werkzoekenden")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return tmp_path


def live(folder: Path, seed: int) -> Year:
    """Load, live and look; return what happened, where everybody stands and who works where. Nothing of it stays."""
    with transaction.atomic():
        load_demonstration(folder)
        told = simulate(Programme.objects.get(), first=DAY, days=DAYS, seed=seed)
        stages = {key_of(row.person): (row.stage, row.waiting_cause) for row in Referral.objects.select_related("person")}
        placements = Placement.objects.select_related("person", "seat__place__site")
        work = [
            (key_of(row.person), str(row.seat.place.site), row.seat.place.title, row.period.lower, row.period.upper, row.state)
            for row in placements
        ]
        transaction.set_rollback(True)
    return told, stages, sorted(work, key=str)


@pytest.mark.django_db
def test_same_seed_gives_the_same_year(few: Path) -> None:
    """Whatever ids the rows get, the same happens to the same people; with another seed something else happens."""
    call_command("load_catalogue", verbosity=0)
    first, again, other = live(few, 1), live(few, 1), live(few, 2)
    assert again == first
    assert first[0].placements > 0
    assert other != first
