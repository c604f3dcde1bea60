"""The demonstration: the Oostende 2023 programme with invented people, brought in through the same operations as anything else."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import make_aware

from opstap.bridges.spreadsheets.cells import fold
from opstap.config.demonstration_association import load_association
from opstap.config.demonstration_roster import load_roster
from opstap.foundation.access.operations import create_user, give_role
from opstap.foundation.actor import Actor, Channel, Role, system_actor
from opstap.foundation.organisations.enums import OrganisationKind
from opstap.foundation.organisations.operations import add_organisation, give_mentor_account
from opstap.foundation.organisations.queries import every_mentor
from opstap.foundation.programmes.enums import Part
from opstap.foundation.programmes.operations import Centre, ProgrammeTerms, set_neighbourhoods, set_up_programme, take_part
from opstap.foundation.programmes.queries import own_programmes
from opstap.journey.eligibility.operations import decide_caseload
from opstap.journey.imports.enums import ListKind
from opstap.journey.imports.operations import apply_rows, upload_list
from opstap.journey.matching.operations import request_round, run_round
from opstap.journey.matching.queries import latest_round
from opstap.journey.mentoring.enums import Topic
from opstap.journey.mentoring.operations import Outline, offer_training

if TYPE_CHECKING:
    from opstap.foundation.programmes.models import Programme

FOLDER = settings.ROOT / "demo" / "oostende"
DAY = date(2023, 9, 1)
"""The day of the lists, and of the decisions and the round made from them."""
TRAINING_DAYS = (date(2023, 9, 14), date(2023, 10, 12))
"""Days of the trainings for mentors."""


def load_demonstration(folder: Path = FOLDER) -> bool:
    """Load the programme, its lists, decisions and a first round; return False (and add nothing) when it is already there."""
    by = system_actor("Opstap", Channel.COMMAND)
    at = datetime(DAY.year, DAY.month, DAY.day, 6, 0, tzinfo=UTC)
    cast = json.loads((folder / "programma.json").read_text(encoding="utf-8"))
    programme = own_programmes(by).filter(name=cast["programme"]["name"]).first()
    is_new = programme is None
    if programme is None:
        with transaction.atomic():
            programme = _set_up(cast, folder, by, at)
            _bring_in(programme, ListKind.PLACES, folder / "leerwerkplekken.xlsx", by, at)
            _bring_in(programme, ListKind.PEOPLE, folder / "werkzoekenden.xlsx", by, at)
            _let_mentors_in(programme, by, at)
            _offer_trainings(programme, by, at)
            decide_caseload(programme=programme, on=DAY, by=by, at=at + timedelta(minutes=30))
    is_new |= load_association(programme, folder, by, at + timedelta(minutes=45))
    is_new |= load_roster(programme, DAY, by, at + timedelta(minutes=50))
    if latest_round(programme) is None:
        match_round = request_round(programme=programme, on=DAY, in_background=False, by=by, at=at + timedelta(hours=1))
        run_round(match_round=match_round, by=by, clock=lambda: at + timedelta(hours=1))
        is_new = True
    return is_new


def _bring_in(programme: Programme, kind: ListKind, path: Path, by: Actor, at: datetime) -> None:
    """Upload a list and apply its ready rows; rows in error and probable duplicates wait for a person."""
    batch = upload_list(programme=programme, kind=kind, data=path.read_bytes(), filename=path.name, as_of=DAY, by=by, at=at)
    while apply_rows(batch=batch, by=by, at=at):
        pass


def _let_mentors_in(programme: Programme, by: Actor, at: datetime) -> None:
    """Give each mentor an account with which they see their own floor."""
    for mentor in every_mentor(by):
        address = mentor.email or f"{fold(mentor.name).replace(' ', '.')}@example.be"
        user, start, host = create_user(email=address, name=mentor.name, by=by, at=at), programme.starts_on, mentor.organisation_id
        give_role(user=user, role=Role.MENTOR, organisation_id=host, programme_id=None, starts_on=start, by=by, at=at)
        give_mentor_account(mentor=mentor, user_id=user.pk, by=by, at=at)


def _offer_trainings(programme: Programme, by: Actor, at: datetime) -> None:
    """Offer two trainings in the autumn, so that the mentors without a certificate can be enrolled."""
    for day in TRAINING_DAYS:
        start, end = (make_aware(datetime.combine(day, hour)) for hour in (time(9), time(16, 30)))
        outline = Outline("Opleiding voor mentoren", tuple(Topic), start, end, "Economisch Huis Oostende", 12, "Stad Oostende")
        offer_training(programme=programme, outline=outline, by=by, at=at)


def _set_up(cast: dict[str, Any], folder: Path, by: Actor, at: datetime) -> Programme:
    terms: dict[str, Any] = cast["programme"] | {name: date.fromisoformat(cast["programme"][name]) for name in ("starts_on", "until_on")}
    programme = set_up_programme(terms=ProgrammeTerms(**terms), by=by, at=at)
    organisations = {}
    for each in cast["organisations"]:
        name = each["name"]
        organisations[name] = add_organisation(name=name, folded_name=fold(name), kind=OrganisationKind(each["kind"]), by=by, at=at)
        for part in each["parts"]:
            take_part(programme=programme, organisation=organisations[name], part=Part(part), by=by, at=at)
    for each in cast["users"]:
        user = create_user(email=each["email"], name=each["name"], by=by, at=at)
        give_role(
            user=user,
            role=Role(each["role"]),
            organisation_id=organisations[each["organisation"]].pk,
            programme_id=programme.pk if each["role"] == Role.COORDINATOR else None,
            starts_on=programme.starts_on,
            by=by,
            at=at,
        )
    set_neighbourhoods(centres=_centres(folder), by=by, at=at)
    return programme


def _centres(folder: Path) -> list[Centre]:
    rows = json.loads((folder / "wijken.json").read_text(encoding="utf-8"))
    return [Centre(name, fold(name), town, str(postcode), longitude, latitude) for name, town, postcode, longitude, latitude in rows]
