"""Who a row is about: one known person for certain, some who look alike, or somebody new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from opstap.bridges.spreadsheets.people import PersonRow
from opstap.engine.shared import Reason
from opstap.foundation.fields import blind_index
from opstap.journey.imports.models import Row
from opstap.journey.people.models import Person
from opstap.journey.people.queries import folded_name, resemblance

_CHUNK = 2000
_CERTAIN_NUMBERS = frozenset({"people.same_client_number", "people.same_national_number"})
_NO_SUCH_NAME = frozenset({"people.other_name", "people.no_name"})
_CERTAIN_NAME = frozenset({"people.same_name", "people.same_birth_date"})


@dataclass(frozen=True, slots=True)
class Alike:
    """A known person who may be the one in the row, with why."""

    person: Person
    reasons: tuple[Reason, ...]

    @property
    def is_certain(self) -> bool:
        """The same official number with a name that is alike, or the same name and birth date."""
        codes = {reason.code for reason in self.reasons}
        return codes >= _CERTAIN_NAME or (bool(codes & _CERTAIN_NUMBERS) and not codes & _NO_SUCH_NAME)

    @property
    def shares_number(self) -> bool:
        """The same client number or national number."""
        return bool({reason.code for reason in self.reasons} & _CERTAIN_NUMBERS)


def identity_index(row: PersonRow) -> str:
    """Return a keyed hash of everything by which the row says who somebody is."""
    birth = row.birth_date.isoformat() if row.birth_date else ""
    parts = (row.client_number, row.national_number, folded_name(row.last_name, row.first_name), birth, row.phone, row.email)
    return blind_index("|".join(part or "" for part in parts), "import_identity")


class Known:
    """The people who share a number, name, telephone or address with some row of a list, read in a few statements."""

    def __init__(self, rows: Sequence[PersonRow]) -> None:
        """Read them."""
        self._by_key: defaultdict[tuple[str, str], set[UUID]] = defaultdict(set)
        self.people: dict[UUID, Person] = {}
        for person in _sharing(rows):
            for key in _person_keys(person):
                self._by_key[key].add(person.merged_into_id or person.pk)
            self.people[person.pk] = person
        self._earlier = _earlier_decisions({identity_index(row) for row in rows})
        self.add_people({*self._earlier.values(), *(each.merged_into_id for each in self.people.values() if each.merged_into_id)})

    def add_people(self, ids: Iterable[UUID]) -> None:
        """Read the people with these ids, and the records into which they were merged."""
        missing = {each for each in ids if each not in self.people}
        self.people |= {person.pk: person for person in Person.objects.filter(pk__in=missing)}
        beyond = {each.merged_into_id for each in self.people.values() if each.merged_into_id} - set(self.people)
        self.people |= {person.pk: person for person in Person.objects.filter(pk__in=beyond)}

    def living(self, person_id: UUID | None) -> Person | None:
        """Return the person's living record: the one into which theirs was merged, if it was."""
        person = self.people.get(person_id) if person_id else None
        return self.people.get(person.merged_into_id) if person and person.merged_into_id else person

    def decided(self, row: PersonRow) -> Person | None:
        """Return whom an earlier list with the very same row led to."""
        return self.living(self._earlier.get(identity_index(row)))

    def alike(self, row: PersonRow) -> list[Alike]:
        """Return the living people who resemble the row, certain ones first."""
        name = folded_name(row.last_name, row.first_name)
        given = {"client_number": row.client_number, "national_number": row.national_number, "birth_date": row.birth_date,
                 "phone": row.phone, "email": row.email}  # fmt: skip
        ids = {person_id for key in _row_keys(row) for person_id in self._by_key.get(key, ())}
        found = [Alike(person, resemblance(given, name, person)) for each in ids if (person := self.living(each))]
        return sorted(
            (each for each in found if each.reasons), key=lambda each: (not each.is_certain, -len(each.reasons), str(each.person.pk))
        )

    def certain(self, row: PersonRow) -> Person | None:
        """Return the one person whom the row is about for certain; None when nobody, or more than one, could be."""
        certain = [each.person for each in self.alike(row) if each.is_certain]
        return certain[0] if len(certain) == 1 else None


def _row_keys(row: PersonRow) -> Iterator[tuple[str, str]]:
    if row.client_number:
        yield "client_number", row.client_number
    if row.national_number:
        yield "national_number_index", blind_index(row.national_number, "national_number")
    for name in ("phone", "email"):
        if getattr(row, name):
            yield name, getattr(row, name)
    if row.birth_date:
        yield "birth_date", row.birth_date.isoformat()
    yield "folded_name", folded_name(row.last_name, row.first_name)


def _person_keys(person: Person) -> Iterator[tuple[str, str]]:
    for name in ("client_number", "national_number_index", "phone", "email", "folded_name"):
        if getattr(person, name):
            yield name, getattr(person, name)
    if person.birth_date:
        yield "birth_date", person.birth_date.isoformat()


def _sharing(rows: Sequence[PersonRow]) -> Iterator[Person]:
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name, value in _row_keys(row):
            wanted[name].add(value)
    ids: set[UUID] = set()
    for name, values in wanted.items():
        for part in _parts(sorted(values)):
            ids.update(_with(name, part).order_by().values_list("pk", flat=True))
    for some in _parts(sorted(ids)):
        yield from Person.objects.filter(pk__in=some).order_by()


def _with(name: str, values: list[str]) -> QuerySet[Person]:
    """Return the people with one of the values in the field.

    Names are given as rows of a subquery: given as a list, PostgreSQL takes the trigram index for them, which is made for
    searching and needs seconds for 500 exact names where the index in order needs milliseconds.
    """
    if name == "folded_name":
        rows = RawSQL("SELECT unnest(%s::text[])", [values])
        return Person.objects.filter(folded_name__in=rows)
    return Person.objects.filter(**{f"{name}__in": values})


def _parts(values: list[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while part := list(islice(rest, _CHUNK)):
        yield part


def _earlier_decisions(indexes: set[str]) -> dict[str, UUID]:
    """Return to whom rows with the same identity led in earlier lists, the latest decision first."""
    led: dict[str, UUID] = {}
    for part in _parts(sorted(indexes)):
        rows = Row.objects.filter(identity_index__in=part, applied_to__isnull=False).order_by("batch__uploaded_at", "number")
        led |= {index: person for index, person in rows.values_list("identity_index", "applied_to") if person}
    return led
