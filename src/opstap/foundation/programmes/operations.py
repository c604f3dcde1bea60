"""What sets a programme up: its terms, who takes part, the neighbourhoods of its region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.programmes.enums import DEFAULT_ORDER, TERMS, Part
from opstap.foundation.programmes.models import Neighbourhood, Participation, Programme


@dataclass(frozen=True, slots=True)
class ProgrammeTerms:
    """The terms of a programme; the period is `[starts_on, until_on)`, targets are numbers of places and people.

    `confirm_days`: a host is asked whether a place is still right once it was confirmed longer ago than this.
    """

    name: str
    starts_on: date
    until_on: date | None
    municipalities: list[str]
    instruments: list[str]
    target_places: int | None = None
    target_people: int | None = None
    desk_phone: str = ""
    desk_hours: str = ""
    confirm_days: int = 60


@dataclass(frozen=True, slots=True)
class Centre:
    """A neighbourhood and its centre in degrees."""

    name: str
    folded_name: str
    municipality: str
    postcode: str
    longitude: float
    latitude: float


def _check(by: Actor) -> None:
    if by.kind is not ActorKind.SYSTEM and not by.has(Role.ADMINISTRATOR):
        raise Refused(Reason("programmes.may_not_set_up"))


@operation
def set_up_programme(*, terms: ProgrammeTerms, by: Actor, at: datetime) -> Programme:
    """Return the programme with this name, made now if there was none. Raises `Refused` when the actor may not."""
    _check(by)
    values = asdict(terms)
    programme, _ = Programme.objects.get_or_create(name=values.pop("name"), defaults=values)
    record(by=by, at=at, action="set_up_programme", subject_kind="programme", subject_id=programme.pk)
    return programme


@operation
def set_order(*, programme: Programme, order: Sequence[str], by: Actor, at: datetime) -> Programme:
    """Set in which order the programme weighs what counts, most important first; a criterion left out does not count.

    Raises `Refused` when the actor does not coordinate the programme, or the order is none: unknown, double, or without "placed".
    """
    if by.kind is not ActorKind.SYSTEM and programme.pk not in by.programme_ids(Role.COORDINATOR):
        raise Refused(Reason("programmes.may_not_set_order"))
    if "placed" not in order or len(set(order)) != len(order) or not set(order) <= set(DEFAULT_ORDER):
        raise Refused(Reason("programmes.order_is_none"))
    before, programme.order = list(programme.order), list(order)
    programme.save(update_fields=["order"])
    facts = {"before": before, "after": programme.order}
    record(by=by, at=at, action="set_order", subject_kind="programme", subject_id=programme.pk, facts=facts)
    return programme


@operation
def set_terms(*, programme: Programme, terms: Mapping[str, int], by: Actor, at: datetime) -> Programme:
    """Set the days within which is answered, asked again and seen to, and how far messages hold back; from now on they count.

    Raises `Refused` when the actor does not coordinate the programme, and for a number that is none of these or outside what is sane.
    What is set as it was changes nothing and is no news.
    """
    if by.kind is not ActorKind.SYSTEM and programme.pk not in by.programme_ids(Role.COORDINATOR):
        raise Refused(Reason("programmes.may_not_set_terms"))
    for name, value in terms.items():
        least, most = TERMS.get(name, (1, 0))
        if not least <= value <= most:
            raise Refused(Reason("programmes.term_out_of_range", {"name": f"programmes.term.{name}", "least": least, "most": most}))
    row = Programme.objects.select_for_update().get(pk=programme.pk)
    changed = {name: value for name, value in terms.items() if getattr(row, name) != value}
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save(update_fields=list(changed))
    record(by=by, at=at, action="set_terms", subject_kind="programme", subject_id=row.pk, facts={"before": before, "after": changed})
    return row


@operation
def take_part(*, programme: Programme, organisation: Organisation, part: Part, by: Actor, at: datetime) -> Participation:
    """Note that an organisation coordinates, counsels or hosts in a programme."""
    _check(by)
    participation, _ = Participation.objects.get_or_create(programme=programme, organisation=organisation, part=part.value)
    facts = {"organisation": str(organisation.pk), "part": part.value}
    record(by=by, at=at, action="take_part", subject_kind="programme", subject_id=programme.pk, facts=facts)
    return participation


@operation
def set_neighbourhoods(*, centres: Sequence[Centre], by: Actor, at: datetime) -> int:
    """Add neighbourhoods or move their centres; return how many were given."""
    _check(by)
    rows = [Neighbourhood(**asdict(centre)) for centre in centres]
    Neighbourhood.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["municipality", "folded_name"],
        update_fields=["name", "postcode", "longitude", "latitude"],
    )
    record(by=by, at=at, action="set_neighbourhoods", subject_kind="neighbourhood", subject_id="", facts={"count": len(rows)})
    return len(rows)
