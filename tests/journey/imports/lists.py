"""Lists for tests, written as CSV the way a partner writes them."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from tests.factories import DAY, NOW

from opstap.foundation.actor import Actor, system_actor
from opstap.foundation.programmes.models import Programme
from opstap.journey.imports.enums import ListKind
from opstap.journey.imports.models import Batch, Row
from opstap.journey.imports.operations import apply_rows, upload_list

SYSTEM = system_actor("test")
COLUMNS = (
    "Klantnummer",
    "INSZ",
    "Naam",
    "Voornaam",
    "Geboortedatum",
    "Gemeente",
    "Gsm",
    "E-mail",
    "Kennis Nederlands",
    "Beschikbaar",
    "Trajectbegeleider",
)
PLACE_COLUMNS = ("Organisatie", "Soort", "Vestiging", "Adres", "Functie", "Aantal plaatsen", "Halve dagen", "Van", "Instrument", "Mentor")
ELIF = {"Klantnummer": "1001", "INSZ": "84.65.30-197.55", "Naam": "Yılmaz", "Voornaam": "Elif", "Geboortedatum": "30/05/1984",
        "Gemeente": "Oostende", "Gsm": "0478 12 34 56", "Kennis Nederlands": "A2", "Beschikbaar": "ma vm, di vm"}  # fmt: skip
JAN = {"Klantnummer": "1002", "Naam": "Peeters", "Voornaam": "Jan", "Geboortedatum": "03/08/1970", "Gsm": "0470 71 19 03"}
GREEN = {
    "Organisatie": "Groen vzw", "Soort": "vzw", "Vestiging": "Park", "Adres": "Parklaan 1", "Functie": "groenwerker",
    "Aantal plaatsen": "2", "Halve dagen": "ma vm, di vm", "Van": "01/09/2023", "Instrument": "leerwerkplek", "Mentor": "Ann Maes",
}  # fmt: skip


def as_csv(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """Return the rows as a CSV file with a header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=";", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def bring(programme: Programme, *rows: dict[str, str], as_of: date = DAY, by: Actor = SYSTEM, at: datetime = NOW) -> Batch:
    """Upload a list of people."""
    return upload_list(programme=programme, kind=ListKind.PEOPLE, data=as_csv(*rows), filename="lijst.csv", as_of=as_of, by=by, at=at)


def bring_places(programme: Programme, *rows: dict[str, str], as_of: date = DAY, at: datetime = NOW) -> Batch:
    """Upload a list of places."""
    data = as_csv(*rows, columns=PLACE_COLUMNS)
    return upload_list(programme=programme, kind=ListKind.PLACES, data=data, filename="plaatsen.csv", as_of=as_of, by=SYSTEM, at=at)


def apply_all(batch: Batch, *, by: Actor = SYSTEM, at: datetime = NOW, limit: int = 500) -> Batch:
    """Apply what is ready, part by part."""
    while apply_rows(batch=batch, limit=limit, by=by, at=at):
        pass
    return batch


def statuses(batch: Batch) -> list[str]:
    """Return the status of each row, in the order of the list."""
    return list(Row.objects.filter(batch=batch).order_by("-kind", "number").values_list("status", flat=True))


def row_of(batch: Batch, number: int) -> Row:
    """Return a row by its place in the list, counted from 1 without the header."""
    return Row.objects.select_related("batch__programme", "leader").get(batch=batch, number=number + 1)
