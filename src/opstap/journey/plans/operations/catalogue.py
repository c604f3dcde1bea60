"""Putting the catalogue that comes with the product in rows, and what a programme adds to it."""

from __future__ import annotations

from datetime import datetime

from django.utils.text import slugify

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.programmes.models import Programme
from opstap.journey.plans.assembly import load_catalogue_file
from opstap.journey.plans.models import Competence, TaskGroup

ESCO = "http://data.europa.eu/esco/"


@operation
def load_catalogue(*, by: Actor, at: datetime) -> int:
    """Bring the rows up to date with the catalogue of this version; return how many changed. What a programme added stays.

    One that the file no longer has is not offered any more, and stays for what was said of it. Raises `Refused` for anybody but the
    product itself.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise Refused(Reason("plans.may_not_load"))
    groups = load_catalogue_file()
    for position, group in enumerate(groups):
        terms = {"label": group.label, "kind": group.kind.value, "occupations": list(group.occupations), "position": position}
        TaskGroup.objects.update_or_create(pk=group.code, defaults=terms)
    wanted = {
        task.code: Competence(
            code=task.code,
            group_id=group.code,
            kind=group.kind.value,
            label=task.label,
            plain=task.plain,
            esco_uri=task.esco_uri,
            position=at_,
        )
        for group in groups
        for at_, task in enumerate(group.tasks)
    }
    there = {row.pk: row for row in Competence.objects.filter(programme__isnull=True)}
    gone = [row for code, row in there.items() if code not in wanted and row.is_active]
    changed = [row for code, row in wanted.items() if code in there and _terms(row) != _terms(there[code])]
    new = [row for code, row in wanted.items() if code not in there]
    for row in gone:
        row.is_active = False
    Competence.objects.bulk_create(new)
    Competence.objects.bulk_update(
        [*changed, *gone], ["group", "kind", "label", "plain", "esco_uri", "position", "is_active"], batch_size=200
    )
    facts = {"new": len(new), "changed": len(changed), "gone": len(gone)}
    record(by=by, at=at, action="load_catalogue", subject_kind="catalogue", subject_id="", facts=facts)
    return len(new) + len(changed) + len(gone)


def _terms(row: Competence) -> tuple[object, ...]:
    return (row.group_id, row.kind, row.label, row.plain, row.esco_uri, row.position, row.is_active)


@operation
def add_competence(
    *, programme: Programme, group: TaskGroup, label: str, plain: str, esco_uri: str = "", by: Actor, at: datetime
) -> Competence:
    """Add a competence of a programme's own; return the one that is there when it has the same label.

    Raises `Refused` for who does not coordinate the programme, without a label and a sentence that says it plainly, and for an address
    that is none of ESCO.
    """
    _must_coordinate(by, programme)
    label, plain = label.strip()[:100], plain.strip()[:200]
    if not label or not plain:
        raise Refused(Reason("plans.competence_needs_words"))
    if esco_uri and not esco_uri.startswith(ESCO):
        raise Refused(Reason("plans.not_of_esco"))
    code = f"own.{programme.pk.hex[:8]}.{slugify(label)[:40]}"
    terms = {
        "group": group,
        "kind": group.kind,
        "label": label,
        "plain": plain,
        "esco_uri": esco_uri.strip()[:200],
        "programme": programme,
        "position": 1000,
        "is_active": True,
    }
    row, _ = Competence.objects.update_or_create(pk=code, defaults=terms)
    record(by=by, at=at, action="add_competence", subject_kind="competence", subject_id=row.pk)
    return row


@operation
def retire_competence(*, competence: Competence, by: Actor, at: datetime) -> Competence:
    """Offer a programme's own competence no longer; what was said of it stays. Raises `Refused` for one that comes with the product."""
    if competence.programme is None:
        raise Refused(Reason("plans.competence_of_the_product"))
    _must_coordinate(by, competence.programme)
    Competence.objects.filter(pk=competence.pk).update(is_active=False)
    record(by=by, at=at, action="retire_competence", subject_kind="competence", subject_id=competence.pk)
    competence.is_active = False
    return competence


def _must_coordinate(by: Actor, programme: Programme) -> None:
    if by.kind is not ActorKind.SYSTEM and programme.pk not in by.programme_ids(Role.COORDINATOR):
        raise Refused(Reason("plans.may_not_change_catalogue"))
