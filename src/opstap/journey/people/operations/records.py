"""What changes a person's record: registering, new facts, another address, merging two records, keeping them apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import Entry, operation, record, record_many
from opstap.foundation.outbox.operations import readdress
from opstap.foundation.outbox.queries import people_waiting
from opstap.journey.people.enums import ADDRESS, CONTACT, FACTS, IDENTITY, NONE_IS_KNOWN, FactSource
from opstap.journey.people.models import FactChange, KeptApart, Person
from opstap.journey.people.operations.limits import check_together, check_value
from opstap.journey.people.permissions import is_within, may_apply_lists, may_register
from opstap.journey.people.queries import Positions, folded_name, latest_facts, recipient_of

_ALL = (*IDENTITY, *CONTACT, *FACTS)
_BATCH = 1000
_REACHED_BY = frozenset({"email", "phone", "street", "postcode", "municipality"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be made. `values` are fields of a person as the model holds them; `note` goes into the audit row."""

    values: Mapping[str, Any]
    source: FactSource = FactSource.COUNSELLOR
    proof: str = ""
    note: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """New values for one person, from one source with one proof; `holds_until` is the first day on which they no longer hold."""

    person: Person
    values: Mapping[str, Any]
    source: FactSource = FactSource.COUNSELLOR
    proof: str = ""
    holds_until: date | None = None
    note: Mapping[str, Any] = field(default_factory=dict)


@operation
def register_person(*, draft: Draft, by: Actor, at: datetime) -> Person:
    """Return a new record. Raises `Refused` without a name, with a code that does not exist, or for a client number in use."""
    number = draft.values.get("client_number")
    if number and Person.objects.filter(client_number=number).exists():
        raise Refused(Reason("people.client_number_in_use", {"number": str(number)}))
    return register_people(drafts=[draft], by=by, at=at)[0]


@operation
def register_people(*, drafts: Sequence[Draft], by: Actor, at: datetime) -> list[Person]:
    """Return new records in the order of the drafts, written in a few statements; every known fact gets its source."""
    if not may_register(by):
        raise Refused(Reason("people.may_not_register"))
    positions = Positions()
    people = [_new(draft, positions, at) for draft in drafts]
    Person.objects.bulk_create(people, batch_size=_BATCH)
    pairs = zip(people, drafts, strict=True)
    facts = [_fact(person, name, draft, by, at) for person, draft in pairs for name in FACTS if draft.values.get(name) is not None]
    FactChange.objects.bulk_create(facts, batch_size=_BATCH)
    entries = [Entry("register_person", "person", person.pk, person.pk, draft.note) for person, draft in zip(people, drafts, strict=True)]
    record_many(by=by, at=at, entries=entries)
    return people


@operation
def set_facts(
    *,
    person: Person,
    facts: Mapping[str, Any],
    version: int,
    source: FactSource,
    within: QuerySet[Any, Any],
    proof: str = "",
    holds_until: date | None = None,
    by: Actor,
    at: datetime,
) -> tuple[str, ...]:
    """Record what became known; return the names of the facts that changed (none: nothing is written but the audit row).

    `version` is the person's version that the form showed. Raises `Refused` out of reach, for a value that cannot be, and
    when somebody changed the record meanwhile (the reason names what).
    """
    unknown = set(facts) - set(_ALL)
    if unknown:
        msg = f"not facts of a person: {sorted(unknown)}"
        raise TypeError(msg)
    changed = _change_one(Change(person, facts, source, proof, holds_until), version, within, by, at)
    if set(changed) & _REACHED_BY:
        _readdress([Person.objects.get(pk=person.pk)], by, at)
    return changed


@operation
def update_contact(
    *, person: Person, contact: Mapping[str, str], version: int, within: QuerySet[Any, Any], by: Actor, at: datetime
) -> tuple[str, ...]:
    """Record another address, telephone or e-mail; the person may do so too. Return the names of what changed.

    What waits in the outbox goes to the new address, and so does what could not be brought to the old one.
    """
    if not set(contact) <= set(CONTACT):
        msg = f"not contact data: {sorted(set(contact) - set(CONTACT))}"
        raise TypeError(msg)
    source = FactSource.PERSON if by.person_id == person.pk else FactSource.COUNSELLOR
    changed = _change_one(Change(person, contact, source), version, within, by, at)
    if set(changed) & _REACHED_BY:
        _readdress([Person.objects.get(pk=person.pk)], by, at)
    return changed


def _readdress(people: Iterable[Person], by: Actor, at: datetime) -> None:
    """Let what waits for these people, or could not be brought, go to where they can be reached now."""
    by_id = {row.pk: row for row in people}
    for person_id in sorted(people_waiting(by_id)):
        readdress(person_id=person_id, recipient=recipient_of(by_id[person_id]), by=by, at=at)


@operation
def change_people(*, changes: Sequence[Change], by: Actor, at: datetime) -> int:
    """Apply the changes of a list to many people in a few statements; return how many records changed."""
    if not may_apply_lists(by):
        raise Refused(Reason("people.may_not_apply_lists"))
    rows = {
        row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[change.person.pk for change in changes]).order_by("pk")
    }
    positions = Positions()
    written: dict[Any, Person] = {}
    moved: dict[Any, Person] = {}
    facts: list[FactChange] = []
    entries: list[Entry] = []
    for change in changes:
        row = rows[change.person.pk]
        changed = _set(row, change, positions, at)
        if changed:
            written[row.pk] = row
        if set(changed) & _REACHED_BY:
            moved[row.pk] = row
        facts += [_fact(row, name, change, by, at) for name in changed]
        entries.append(Entry("change_person", "person", row.pk, row.pk, {**change.note, "changed": list(changed)}))
    _write(written.values())
    FactChange.objects.bulk_create(facts, batch_size=_BATCH)
    record_many(by=by, at=at, entries=entries)
    _readdress(moved.values(), by, at)
    return len(written)


@operation
def merge_people(
    *, keep: Person, other: Person, take: frozenset[str] = frozenset(), within: QuerySet[Any, Any], by: Actor, at: datetime
) -> Person:
    """Merge `other` into `keep`: what `keep` lacks is filled in, the fields in `take` come from `other`; both histories stay.

    Raises `Refused` when one of them is out of reach or already merged. Referrals are moved by the room that merges records.
    """
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[keep.pk, other.pk]).order_by("pk")}
    if keep.pk == other.pk or any(not is_within(by, pk, within) for pk in rows):
        raise Refused(Reason("people.may_not_merge"))
    kept, gone = rows[keep.pk], rows[other.pk]
    if kept.merged_into_id or gone.merged_into_id:
        raise Refused(Reason("people.already_merged"))
    earlier = latest_facts(by, gone.pk, within=within)
    values = {name: getattr(gone, name) for name in _ALL if _is_known(gone, name) and (name in take or not _is_known(kept, name))}
    gone.merged_into, gone.changed_at, gone.version = kept, at, gone.version + 1
    if "client_number" in values:
        gone.client_number = None
    gone.save()
    Person.objects.filter(merged_into_id=gone.pk).update(merged_into=kept)
    changed = _set(kept, Change(kept, values), Positions(), at)
    _write([kept])
    facts = [_fact(kept, name, Change(kept, values, _source_of(earlier.get(name)), "merge"), by, at) for name in changed]
    FactChange.objects.bulk_create(facts)
    for row, role in ((kept, "kept"), (gone, "merged")):
        record(by=by, at=at, action="merge_people", subject_kind="person", subject_id=row.pk, person_id=row.pk, facts={"role": role})
    return kept


@operation
def keep_apart(*, one: Person, other: Person, within: QuerySet[Any, Any], by: Actor, at: datetime) -> None:
    """Note that two people who look alike are two people, so that nobody is asked again."""
    if one.pk == other.pk or not (is_within(by, one.pk, within) and is_within(by, other.pk, within)):
        raise Refused(Reason("people.may_not_merge"))
    first, second = sorted((one, other), key=lambda person: person.pk)
    KeptApart.objects.get_or_create(first=first, second=second, defaults={"by_label": by.label, "at": at})
    for person in (first, second):
        record(by=by, at=at, action="keep_apart", subject_kind="person", subject_id=person.pk, person_id=person.pk)


def _is_known(person: Person, name: str) -> bool:
    """Tell whether the record says something of this: "none" is an answer for some facts, and nothing yet for the others."""
    value = getattr(person, name)
    return value is not None and (name in NONE_IS_KNOWN or value not in ("", []))


def _source_of(change: FactChange | None) -> FactSource:
    return FactSource(change.source) if change else FactSource.COUNSELLOR


def _new(draft: Draft, positions: Positions, at: datetime) -> Person:
    person = Person(created_at=at, changed_at=at)
    _set(person, Change(person, draft.values), positions, at)
    person.version = 1
    if not (person.last_name or person.client_number):
        raise Refused(Reason("people.name_missing"))
    return person


def _change_one(change: Change, version: int, within: QuerySet[Any, Any], by: Actor, at: datetime) -> tuple[str, ...]:
    if not is_within(by, change.person.pk, within):
        raise Refused(Reason("people.may_not_change"))
    row = Person.objects.select_for_update().get(pk=change.person.pk)
    if row.version != version:
        raise Refused(Reason("people.changed_meanwhile", {"changed": _since(row, version)}))
    changed = _set(row, change, Positions(), at)
    if changed:
        _write([row])
        FactChange.objects.bulk_create([_fact(row, name, change, by, at) for name in changed])
    record(by=by, at=at, action="set_facts", subject_kind="person", subject_id=row.pk, person_id=row.pk, facts={"changed": list(changed)})
    for name in (*changed, "version", "folded_name", "longitude", "latitude", "changed_at"):
        setattr(change.person, name, getattr(row, name))
    return changed


def _since(row: Person, version: int) -> tuple[str, ...]:
    """Return the names of what changed after the version; each change of a record has its own moment."""
    moments = FactChange.objects.filter(person=row).order_by("-recorded_at").values_list("recorded_at", flat=True).distinct()
    since = list(moments[: max(row.version - version, 1)])
    names = FactChange.objects.filter(person=row, recorded_at__in=since).values_list("name", flat=True)
    return tuple(sorted(set(names)))


def _set(row: Person, change: Change, positions: Positions, at: datetime) -> tuple[str, ...]:
    """Put the values on the record; return the names that differ. Raises `Refused` for a value that cannot be."""
    changed = [name for name, value in change.values.items() if getattr(row, name) != value]
    for name in changed:
        check_value(name, change.values[name], localdate(at))
        setattr(row, name, change.values[name])
    if not changed:
        return ()
    if change.source is not FactSource.IMPORT:
        check_together(row, changed)
    if {"last_name", "first_name"} & set(changed):
        row.folded_name = folded_name(row.last_name, row.first_name)
    if ADDRESS & set(changed):
        row.longitude, row.latitude = positions.of(row.municipality, row.neighbourhood, row.postcode)
    row.changed_at, row.version = at, row.version + 1
    return tuple(changed)


def _fact(person: Person, name: str, said: Draft | Change, by: Actor, at: datetime) -> FactChange:
    value = getattr(person, name)
    return FactChange(
        person=person,
        name=name,
        value=value.isoformat() if isinstance(value, date) else value,
        source=said.source.value,
        proof=said.proof[:200],
        holds_until=said.holds_until if isinstance(said, Change) else None,
        recorded_by=by.label[:200],
        recorded_at=at,
    )


def _write(people: Iterable[Person]) -> None:
    """Write whole records, sealed fields included, in one statement per thousand (the rows are locked by the caller)."""
    own = [each.name for each in Person._meta.concrete_fields if not each.primary_key]  # noqa: SLF001 - Django's documented model meta
    Person.objects.bulk_create(list(people), batch_size=_BATCH, update_conflicts=True, unique_fields=["id"], update_fields=own)
