"""An association with two members, three sites and a planner; and its workbook, as a spreadsheet makes one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from tests.factories import make_actor, make_organisation, make_person, make_programme
from xlsxwriter import Workbook

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, Role, system_actor
from opstap.foundation.organisations.models import Organisation, Site
from opstap.foundation.programmes.models import Neighbourhood
from opstap.journey.associations.enums import SupportStatus
from opstap.journey.associations.models import Association, Contract, Function, Support
from opstap.journey.associations.operations import (
    AssociationTerms,
    FunctionTerms,
    Terms,
    define_function,
    found_association,
    hire,
    join_member,
)

AT = datetime(2023, 9, 1, 8, 0, tzinfo=UTC)
TODAY = date(2023, 9, 1)
MONDAY = date(2023, 9, 4)
SYSTEM = system_actor("test")
FIVE_DAYS = 0b1111111111
IMW = Support(SupportStatus.IMW, date(2023, 7, 3), date(2028, 7, 1), 5, wage_cost=Decimal(9000))


@dataclass
class Group:
    """What a test plays with."""

    association: Association
    planner: Actor
    members: tuple[Organisation, Organisation]
    sites: tuple[Site, Site]
    functions: dict[str, Function]


def make_group(**terms: Any) -> Group:  # noqa: ANN401 - any term of an association
    """Return an association of two members with a site each and three functions."""
    programme, employer = make_programme(), make_organisation(kind="employers_association")
    given = AssociationTerms(**({"target": 25, "next_target": 49} | terms))
    association = found_association(organisation=employer, programme=programme, terms=given, by=SYSTEM, at=AT)
    members = (make_organisation(kind="social_enterprise"), make_organisation(kind="social_enterprise"))
    for member in members:
        join_member(association=association, organisation=member, from_on=date(2023, 1, 1), by=SYSTEM, at=AT)
    spot = {"municipality": "Oostende", "longitude": 2.92, "latitude": 51.2}
    sites = tuple(Site.objects.create(organisation=member, name=f"Werkplek {member.name}", **spot) for member in members)
    functions = {
        title: define_function(association=association, terms=FunctionTerms(title, **more), by=SYSTEM, at=AT)
        for title, more in (("inpakker", {}), ("tuinier", {"demands": ("outdoors",)}), ("chauffeur", {"licences": ("B",)}))
    }
    planner = make_actor(Role.PLANNER, organisation=employer)
    return Group(association, planner, members, (sites[0], sites[1]), functions)


def terms(**given: Any) -> Terms:  # noqa: ANN401 - any term of a contract
    """Return the terms of a full-time contract since July."""
    return Terms(**({"from_on": date(2023, 7, 3), "weekly_hours": Decimal(38), "half_days": FIVE_DAYS, "support": IMW} | given))


def make_worker(group: Group, *, by: Actor | None = None, person: Any = None, **given: Any) -> Contract:  # noqa: ANN401 - any term
    """Return a contract of somebody who has no limits."""
    person = person or make_person(birth_date=date(1990, 5, 1), limits=[], licences=[], travel_mode="bike", longitude=2.9, latitude=51.21)
    return hire(association=group.association, person=person, terms=terms(**given), by=by or group.planner, at=AT)


def reason_of(refused: Refused) -> Reason:
    """Return why something was refused."""
    return refused.reason


HEADS = {
    "Werknemers": ("Nr", "Naam", "Voornaam", "Leeftijd", "Statuut", "Uren per week", "Dagen", "Kan", "Wil leren", "Mag niet", "Wijk",
                   "Vervoer", "In dienst sinds"),
    "Vraag": ("Lid", "Vestiging", "Functie", "Dag", "Van", "Tot", "Pauze (min)", "Minimum", "Gewenst", "Maximum"),
    "Coaches": ("Lid", "Vestiging", "Coach", "Dagen", "Maximum werknemers"),
    "Afwezigheden": ("Nr", "Van", "Tot", "Reden"),
}  # fmt: skip
WORKERS: tuple[tuple[object, ...], ...] = (
    (1, "Peeters", "Lies", 40, "IMW", 38, "ma,di,wo,do,vr", "inpakker", "tuinier", "zwaar tillen", "Vuurtoren", "fiets", "03/07/2023"),
    (2, "Dewulf", "Jan", 62, "VOP", 28.5, "ma,di,wo,do", "tuinier", "", "", "Vuurtoren", "te voet", "16/07/2023"),
)
DEMANDS: tuple[tuple[object, ...], ...] = (
    ("De Oesterbank", "Oesterbank Oostende", "inpakker", "ma,di,wo,do,vr", "08:00", "16:06", 30, 1, 2, 3),
    ("Kringloopcentrum Kust", "Kringwinkel Bredene", "tuinier", "za", "09:00", "17:00", 30, 1, 1, 2),
)
COACHES: tuple[tuple[object, ...], ...] = (("De Oesterbank", "Oesterbank Oostende", "Natalia Van de Walle", "ma,di,wo,do,vr", 7),)
ABSENCES: tuple[tuple[object, ...], ...] = ((1, "21/09/2023", "02/10/2023", "medische afspraak"), (1, "28/09/2023", "04/10/2023", "verlof"))


def workbook(
    workers: tuple[tuple[object, ...], ...] = WORKERS,
    demands: tuple[tuple[object, ...], ...] = DEMANDS,
    coaches: tuple[tuple[object, ...], ...] = COACHES,
    absences: tuple[tuple[object, ...], ...] = ABSENCES,
    heads: dict[str, tuple[str, ...]] | None = None,
) -> bytes:
    """Return a workbook with these rows; `heads`: other columns of some sheets."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        columns = HEADS | (heads or {})
        for name, rows in zip(HEADS, (workers, demands, coaches, absences), strict=True):
            sheet = book.add_worksheet(name)
            for number, row in enumerate((columns[name], *rows)):
                sheet.write_row(number, 0, row)
    return file.getvalue()


def make_region() -> None:
    """Put two neighbourhoods on the map."""
    for name, town, spot in (("Vuurtoren", "Oostende", (2.93, 51.235)), ("Bredene Dorp", "Bredene", (2.97, 51.23))):
        Neighbourhood.objects.create(
            name=name, folded_name=name.lower(), municipality=town, postcode="8400", longitude=spot[0], latitude=spot[1]
        )
