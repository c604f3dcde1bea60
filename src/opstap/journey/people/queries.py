"""People within reach: finding them, who looks like whom, what became known when, and who looked.

`within` is a queryset with a `person_id` that the actor reaches (`referrals.queries.visible_referrals(actor)`, or
`followed_referrals(actor)` for whole case files): reach is decided by the spine, which stands above this room.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce, TruncDate

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.duplicates import same_name
from opstap.engine.shared import Reason
from opstap.foundation.access.models import RoleGrant
from opstap.foundation.actor import Actor, ActorKind
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.fields import blind_index
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.outbox.operations import Recipient
from opstap.foundation.programmes.models import Neighbourhood
from opstap.journey.people.models import FactChange, KeptApart, Person

_FEWEST_DIGITS = 4
_FEWEST_LETTERS = 2
_MOST_LINE = 60
"""Letters on one line of the address."""
_READING = ("day", "actor_id", "actor_label", "role", "purpose")
_READS = ("read_case_file", "export_case_file", "print_letter")


@dataclass(frozen=True, slots=True)
class PersonFound:
    """What a list of results shows of somebody."""

    id: UUID
    name: str
    birth_date: date | None
    municipality: str
    phone: str
    email: str
    client_number: str

    @classmethod
    def of(cls, person: Person) -> PersonFound:
        """Return the person as a result."""
        number = person.client_number or ""
        return cls(person.pk, str(person), person.birth_date, person.municipality, person.phone, person.email, number)


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Somebody who may be the same person, with every reason to think so."""

    person: PersonFound
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class FileReading:
    """Reads of a case file on one day by one member of staff: who, for which organisation and purpose, how often."""

    on: date
    name: str
    role: str
    organisation: str
    purpose: str
    times: int


def folded_name(last_name: str, first_name: str) -> str:
    """Return a name as it is searched and sorted: folded, last name first."""
    return fold(f"{last_name} {first_name}")[:400]


def has_address(person: Person) -> bool:
    """Tell whether the post finds this person: a street, and a postcode or town."""
    return bool(person.street and (person.postcode or person.municipality))


def address_lines(person: Person) -> tuple[str, ...]:
    """Return the lines for the window of the envelope: name, street, town; only the name when the post would not find them."""
    if not has_address(person):
        return (str(person)[:_MOST_LINE],)
    return tuple(line[:_MOST_LINE] for line in (str(person), person.street, f"{person.postcode} {person.municipality}".strip()))


def recipient_of(person: Person) -> Recipient:
    """Return how this person is reached by a message: e-mail, mobile telephone or post, in their own language."""
    postal = address_lines(person) if has_address(person) else ()
    return Recipient(person_id=person.pk, email=person.email, phone=person.phone, postal=postal, language=person.language)


def people_within(actor: Actor, within: QuerySet[Any, Any]) -> QuerySet[Person]:
    """Return the living records (not merged into another) that the actor reaches."""
    people = Person.objects.filter(merged_into__isnull=True)
    if actor.kind is ActorKind.SYSTEM:
        return people
    if actor.person_id is not None and not actor.grants:
        return people.filter(pk=actor.person_id)
    return people.filter(pk__in=within.values("person_id"))


def person_for(actor: Actor, person_id: UUID, *, within: QuerySet[Any, Any]) -> Person | None:
    """Return one person within reach, or None; the id of a merged record leads to the record it was merged into."""
    merged_into = Person.objects.filter(pk=person_id).values("merged_into_id")
    living = people_within(actor, within).filter(pk=Coalesce(Subquery(merged_into), Value(person_id, UUIDField())))
    return next(iter(living.order_by()), None)


def search_people(actor: Actor, text: str, *, within: QuerySet[Any, Any], limit: int = 20) -> list[PersonFound]:
    """Return the people within reach who fit what somebody typed: a name (also misspelt), a telephone, e-mail or client number."""
    people = people_within(actor, within)
    digits = re.sub(r"\D", "", text)
    if "@" in text:
        people = people.filter(email__istartswith=text.strip()).order_by("folded_name", "id")
    elif len(digits) >= _FEWEST_DIGITS:
        tail = digits.removeprefix("0032").removeprefix("32") if digits.startswith(("0032", "32")) else digits.removeprefix("0")
        people = people.filter(Q(client_number__startswith=digits) | Q(phone__endswith=tail)).order_by("folded_name", "id")
    else:
        folded = fold(text)
        if len(folded) < _FEWEST_LETTERS:
            return []
        people = _by_name(people, folded)
    return [PersonFound.of(person) for person in _light(people)[:limit]]


def _by_name(people: QuerySet[Person], folded: str) -> QuerySet[Person]:
    every_word = Q()
    for word in folded.split():
        every_word &= Q(folded_name__contains=word)
    alike = TrigramWordSimilarity(folded, "folded_name")
    fitting = people.filter(every_word | Q(folded_name__trigram_word_similar=folded))
    return fitting.annotate(alike=alike).order_by("-alike", "folded_name", "id")


def _light(people: QuerySet[Person]) -> QuerySet[Person]:
    return people.only("id", "first_name", "last_name", "birth_date", "municipality", "phone", "email", "client_number")


def probable_duplicates(
    actor: Actor, given: Mapping[str, Any], *, within: QuerySet[Any, Any], besides: UUID | None = None, limit: int = 5
) -> list[Resemblance]:
    """Return the people within reach who resemble what is typed (fields of a person), most reasons first.

    `besides` is the record that is being looked at itself; people kept apart from it are not shown again.
    """
    name = folded_name(str(given.get("last_name") or ""), str(given.get("first_name") or ""))
    keys = _keys(given, name)
    if not keys:
        return []
    apart = kept_apart([besides])[besides] if besides else frozenset[UUID]()
    candidates = people_within(actor, within).filter(keys).exclude(pk__in=[*apart, *([besides] if besides else [])])
    fields = ("id", "first_name", "last_name", "folded_name", "birth_date", "municipality", "phone", "email", "client_number")
    found = [(person, resemblance(given, name, person)) for person in candidates.only(*fields, "national_number_index")[: limit * 10]]
    alike = [Resemblance(PersonFound.of(person), reasons) for person, reasons in found if reasons]
    return sorted(alike, key=lambda item: (-len(item.reasons), item.person.name))[:limit]


def _keys(given: Mapping[str, Any], name: str) -> Q:
    keys = Q()
    for field in ("client_number", "phone", "email", "birth_date"):
        if given.get(field):
            keys |= Q(**{field: given[field]})
    if given.get("national_number"):
        keys |= Q(national_number_index=blind_index(str(given["national_number"]), "national_number"))
    return keys | Q(folded_name__trigram_similar=name) if len(name) > _FEWEST_LETTERS else keys


def resemblance(given: Mapping[str, Any], name: str, person: Person) -> tuple[Reason, ...]:
    """Return why the given fields and a person may be one, () when they do not resemble each other enough to ask."""
    compared = ("client_number", "phone", "email", "birth_date")
    shared = [field for field in compared if given.get(field) and given[field] == getattr(person, field)]
    number = given.get("national_number")
    if number and person.national_number_index == blind_index(str(number), "national_number"):
        shared.insert(0, "national_number")
    alike = same_name(name, person.folded_name)
    official = bool({"national_number", "client_number"} & set(shared))
    if not official and not (alike and (shared or not (given.get("birth_date") and person.birth_date))):
        return ()
    word = "same_name" if name == person.folded_name else "similar_name" if alike else "other_name" if name else "no_name"
    return (*(Reason(f"people.same_{field}") for field in shared), Reason(f"people.{word}"))


def kept_apart(person_ids: Iterable[UUID]) -> defaultdict[UUID, frozenset[UUID]]:
    """Return for each person the people that somebody already kept apart from them."""
    ids = list(person_ids)
    apart: defaultdict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    for first, second in KeptApart.objects.filter(Q(first_id__in=ids) | Q(second_id__in=ids)).values_list("first_id", "second_id"):
        apart[first] |= {second}
        apart[second] |= {first}
    return apart


def record_ids(person_id: UUID) -> list[UUID]:
    """Return the ids of a person's record and of every record merged into it."""
    return [person_id, *Person.objects.filter(merged_into_id=person_id).values_list("pk", flat=True)]


def history(actor: Actor, person_id: UUID, *, within: QuerySet[Any, Any]) -> list[FactChange]:
    """Return every fact as it became known, newest first, also of records merged into this one; [] out of reach."""
    person = person_for(actor, person_id, within=within)
    return list(FactChange.objects.filter(person_id__in=record_ids(person.pk))) if person else []


def latest_facts(actor: Actor, person_id: UUID, *, within: QuerySet[Any, Any]) -> dict[str, FactChange]:
    """Return the latest change of each fact: who said it, what proves it, until when it holds."""
    latest: dict[str, FactChange] = {}
    for change in history(actor, person_id, within=within):
        latest.setdefault(change.name, change)
    return latest


def file_readers(actor: Actor, person_id: UUID, *, within: QuerySet[Any, Any], known: Person | None = None) -> list[FileReading]:
    """Return who looked at somebody's file, newest day first, one line per day, reader and purpose; [] out of reach.

    `known`: the person, when the caller has found them within reach already (`person_for`).
    """
    person = known or person_for(actor, person_id, within=within)
    if person is None:
        return []
    whose = Q(person_id=person.pk) | Q(person_id__in=Person.objects.filter(merged_into_id=person.pk).values("pk"))
    reads = AuditEntry.objects.filter(whose, action__in=_READS).annotate(day=TruncDate("at")).values_list(*_READING)
    times = list(reads.annotate(times=Count("id"), latest=Max("id")).order_by("-latest"))
    places = _organisations({row[1] for row in times})
    return [FileReading(on, name, role, places.get(who, ""), purpose, count) for on, who, name, role, purpose, count, _latest in times]


def _organisations(actor_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of the organisations that users work for, by user id as text."""
    users = [actor_id for actor_id in actor_ids if re.fullmatch(r"[0-9a-f-]{36}", actor_id)]
    name = Organisation.objects.filter(pk=OuterRef("organisation_id")).order_by().values("name")
    grants = RoleGrant.objects.filter(user_id__in=users, organisation_id__isnull=False).annotate(named=Subquery(name))
    gathered: dict[str, set[str]] = defaultdict(set)
    for user, named in grants.values_list("user_id", "named").distinct().order_by():
        if named:
            gathered[str(user)].add(named)
    return {user: ", ".join(sorted(own)) for user, own in gathered.items()}


def latest_sources(person_ids: Iterable[UUID]) -> dict[tuple[UUID, str], tuple[str, datetime]]:
    """Return source and moment of the latest change of each fact, by person and fact: for weighing a list against what is known."""
    rows = FactChange.objects.filter(person_id__in=list(person_ids)).order_by("person_id", "name", "-recorded_at")
    latest = rows.distinct("person_id", "name").values_list("person_id", "name", "source", "recorded_at")
    return {(person, name): (source, at) for person, name, source, at in latest}


class Positions:
    """Where an address lies: the centre of its neighbourhood, else of its postcode, else of its municipality."""

    def __init__(self) -> None:
        """Read the neighbourhoods once."""
        self._centres: dict[tuple[str, str], tuple[float, float]] = {}
        gathered: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
        for each in Neighbourhood.objects.all():
            point = (each.longitude, each.latitude)
            self._centres[fold(each.municipality), each.folded_name] = point
            gathered["", each.postcode].append(point)
            gathered[fold(each.municipality), ""].append(point)
        self._centres |= {key: _middle(points) for key, points in gathered.items()}

    def of(self, municipality: str, neighbourhood: str, postcode: str) -> tuple[float, float] | tuple[None, None]:
        """Return (longitude, latitude), or (None, None) for an address outside the region."""
        town = fold(municipality)
        keys = ((town, fold(neighbourhood)) if neighbourhood else ("", ""), ("", postcode), (town, ""))
        return next((self._centres[key] for key in keys if key in self._centres), (None, None))


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    return sum(point[0] for point in points) / len(points), sum(point[1] for point in points) / len(points)
