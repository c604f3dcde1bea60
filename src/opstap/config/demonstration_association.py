"""The demonstration's employers' association: its workbook, wage supports, shortage occupations and people who may come next."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from opstap.foundation.actor import Actor
from opstap.foundation.organisations.queries import organisation_named
from opstap.journey.associations.enums import HiringStage
from opstap.journey.associations.operations import (
    AssociationTerms,
    Support,
    apply_workbook,
    change_support,
    found_association,
    locate_site,
    move_candidate,
    put_forward,
    set_site_terms,
    upload_shortage_list,
    upload_workbook,
)
from opstap.journey.associations.queries import associations_of, contracts_of, sites_of
from opstap.journey.people.operations import update_contact
from opstap.journey.referrals.queries import followed_referrals

if TYPE_CHECKING:
    from opstap.foundation.programmes.models import Programme
    from opstap.journey.associations.models import Association

FILE = "groepering.json"
_STEPS = (HiringStage.ELIGIBLE, HiringStage.INTERVIEW)


def load_association(programme: Programme, folder: Path, by: Actor, at: datetime) -> bool:
    """Load the association of a folder that has one; return False (and add nothing) when it has none or it is already there."""
    path = folder / FILE
    if not path.exists() or associations_of(by).filter(programme=programme).exists():
        return False
    cast = json.loads(path.read_text(encoding="utf-8"))
    organisation = organisation_named(by, cast["organisation"])
    if organisation is None:
        return False
    with transaction.atomic():
        terms = AssociationTerms(cast["target"], cast["next_target"], cast["worker_cap"])
        association = found_association(organisation=organisation, programme=programme, terms=terms, by=by, at=at)
        book = folder / cast["workbook"]
        intake = upload_workbook(association=association, data=book.read_bytes(), filename=book.name, as_of=at.date(), by=by, at=at)
        apply_workbook(intake=intake, by=by, at=at)
        _support(association, cast["supports"], by, at)
        _reach(association, cast["contacts"], by, at)
        for site in sites_of(by, association).filter(name__in=cast["seaside_shops"]):
            set_site_terms(association=association, site=site, is_seaside_shop=True, by=by, at=at)
        for site in sites_of(by, association).filter(name__in=cast["sites"]):
            locate_site(association=association, site=site, municipality="Oostende", neighbourhood=cast["sites"][site.name], by=by, at=at)
        listed = cast["shortages"]
        data = (folder / listed["file"]).read_bytes()
        upload_shortage_list(
            association=association, year=listed["year"], data=data, filename=listed["file"], source=listed["source"], by=by, at=at
        )
        _put_forward(association, cast["candidates"], by, at)
    return True


def _support(association: Association, told: dict[str, dict[str, Any]], by: Actor, at: datetime) -> None:
    """Fill in what the workbook does not hold: years of the right, its end, the wage cost of a quarter."""
    for contract in contracts_of(by, association):
        known = told.get(contract.number, {})
        if not known.get("wage_cost"):
            continue
        days = {name: date.fromisoformat(known[name]) if known.get(name) else None for name in ("from_on", "until")}
        support = Support(
            contract.supported.status,
            days["from_on"],
            days["until"],
            known.get("right_years"),
            known.get("percent"),
            known.get("coaching", ""),
            Decimal(known["wage_cost"]),
        )
        change_support(contract=contract, support=support, by=by, at=at)


def _reach(association: Association, told: dict[str, dict[str, str]], by: Actor, at: datetime) -> None:
    """Fill in how some are reached; the others hear of a roster on paper only."""
    contracts = contracts_of(by, association)
    for contract in contracts:
        if contact := told.get(contract.number):
            person = contract.person
            update_contact(person=person, contact=contact, version=person.version, within=contracts, by=by, at=at)


def _put_forward(association: Association, count: int, by: Actor, at: datetime) -> None:
    """Put the first people of the programme forward, and move some of them along."""
    people = followed_referrals(by).filter(programme=association.programme).order_by("person__client_number", "pk")
    for place, referral in enumerate(people[:count]):
        candidate = put_forward(association=association, referral=referral, by=by, at=at)
        for step in _STEPS[: place % 3]:
            move_candidate(candidate=candidate, to=step, by=by, at=at + timedelta(minutes=1))
