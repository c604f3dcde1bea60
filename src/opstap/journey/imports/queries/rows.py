"""Rows as a page shows them: what stood there, what is wrong, what would change, and who looks alike.

Health cells are filled in or not, and never shown here: who brings in lists does not follow the people in them. Only a cell that
could not be read shows its text, so that it can be corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from opstap.bridges.spreadsheets.people import PersonRow
from opstap.bridges.spreadsheets.places import MentorRow, PlaceRow
from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import half_day_codes
from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Mentor
from opstap.journey.imports.enums import RowKind, RowStatus
from opstap.journey.imports.models import Row
from opstap.journey.imports.queries.differences import Difference, Kind, differences
from opstap.journey.imports.queries.mentor_differences import mentor_differences
from opstap.journey.imports.queries.place_differences import EarlierLists, place_differences
from opstap.journey.imports.queries.values import field_headers, person_values, row_value
from opstap.journey.people.enums import HEALTH
from opstap.journey.people.models import Person
from opstap.journey.places.models import Place
from opstap.journey.referrals.queries import visible_referrals

_DECIDED_BESIDE = frozenset({"imports.known_otherwise", "imports.changed_here_since"})
"""Problems that are a choice between two values, which the page shows side by side."""
_HIDDEN = HEALTH | {"national_number"}
_COMPARED = ("client_number", "last_name", "first_name", "birth_date", "street", "postcode", "municipality", "phone", "email",
             "registered_since", "income", "dutch_level", "half_days", "travel_mode")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell: the reason, whether the cell could not be used at all, and the fix if there is one."""

    cell: str
    column: str
    value: str
    reason: Reason
    is_error: bool
    proposal: str | None

    @property
    def is_cell(self) -> bool:
        """Whether somebody can type another text: the problem stands in a cell of the list."""
        return bool(self.column) and self.reason.code not in _DECIDED_BESIDE


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row in the list of rows."""

    id: UUID
    number: int
    sheet: str
    kind: str
    title: str
    detail: str
    status: str
    problems: tuple[Problem, ...]
    is_applied: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the row: its header, its text as it counts now, what stood there when somebody corrected it."""

    header: str
    text: str
    was: str
    is_hidden: bool
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of a comparison side by side."""

    name: str
    here: Any
    there: Any
    differs: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the same, with why, and side by side."""

    id: UUID
    is_row: bool
    title: str
    number: int
    reasons: tuple[Reason, ...]
    lines: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class RowPage:
    """Everything the page of one row shows."""

    line: RowLine
    cells: tuple[Cell, ...]
    changes: tuple[Difference, ...]
    conflicts: tuple[Difference, ...]
    candidates: tuple[Candidate, ...]
    follows: int | None
    decided_by: str


def row_lines(actor: Actor, rows: Iterable[Row]) -> list[RowLine]:
    """Return rows (from `rows_of`, which asked for this actor) as lines."""
    del actor  # the rows came within the actor's reach
    return [_line(row) for row in rows]


def row_page(actor: Actor, row: Row) -> RowPage:
    """Return the page of a row (from `row_for`)."""
    value = row_value(row.kind, row.value)
    found = _differences(row, value)
    return RowPage(
        line=_line(row),
        cells=tuple(_cells(row)),
        changes=tuple(_shown(each) for each in found if each.kind is not Kind.CONFLICT),
        conflicts=tuple(_shown(each) for each in found if each.kind is Kind.CONFLICT),
        candidates=tuple(_candidates(actor, row, value)) if isinstance(value, PersonRow) else tuple(_same_places(row)),
        follows=row.leader.number if row.leader else None,
        decided_by=row.decided_by,
    )


def _line(row: Row) -> RowLine:
    value = row_value(row.kind, row.value)
    if isinstance(value, PersonRow):
        title, detail = value.full_name, ", ".join(filter(None, (value.client_number, value.municipality)))
    elif isinstance(value, PlaceRow):
        title, detail = value.function, ", ".join(filter(None, (value.organisation, value.site)))
    elif isinstance(value, MentorRow):
        title, detail = value.name, value.organisation
    else:
        title, detail = " ".join(filter(None, list(row.raw.values())[:4])), ""
    number = field_headers(row.kind, row.raw).get("national_number", "") if row.kind == RowKind.PERSON else ""
    problems = tuple(_problem(each, is_number=each["column"] == number) for each in row.problems or [])
    return RowLine(row.pk, row.number, row.sheet, row.kind, title[:120], detail[:120], row.status, problems, row.applied_to is not None)


def _problem(stored: Mapping[str, Any], *, is_number: bool) -> Problem:
    reason = Reason.from_json(stored["reason"])
    value = stored["value"][:8] + "•••" if is_number and stored["value"] else stored["value"]
    return Problem(stored["cell"], stored["column"], value, reason, stored["severity"] == "error", stored["proposal"])


def _cells(row: Row) -> Iterable[Cell]:
    corrected: Mapping[str, str] = (row.corrected or {}).get("cells", {})
    headers = field_headers(row.kind, row.raw)
    hidden = {headers[name] for name in _HIDDEN if name in headers} if row.kind == RowKind.PERSON else set()
    for header, was in row.raw.items():
        text = corrected.get(header, was)
        yield Cell(
            header, "" if header in hidden else text, "" if header in hidden else was, header in hidden and bool(text), header in corrected
        )


def _differences(row: Row, value: Any) -> tuple[Difference, ...]:  # noqa: ANN401 - one of the three kinds of rows
    """Return what the row would still change of the record it is about; nothing for a row that is not settled as one."""
    if isinstance(value, PlaceRow):
        return _place_differences(row, value)
    if isinstance(value, MentorRow):
        return _mentor_differences(row, value)
    person = Person.objects.filter(pk=row.match_id).first() if isinstance(value, PersonRow) and row.match_id else None
    if person is None or row.status == RowStatus.DUPLICATE:
        return ()
    new = person_values(value)
    open_conflicts = {each["column"] for each in row.problems or [] if each["reason"]["code"] == "imports.known_otherwise"}
    headers = field_headers(row.kind, row.raw)
    decisions = row.corrected or {}
    protected = frozenset({name for name, header in headers.items() if header in open_conflicts} | set(decisions.get("keep", ())))
    take = frozenset(decisions.get("take", ()))
    return differences({name: getattr(person, name) for name in new}, new, protected=protected | take, take=take)


def _place_differences(row: Row, value: PlaceRow) -> tuple[Difference, ...]:
    place = Place.objects.select_related("mentor").filter(pk=row.match_id).first() if row.match_id else None
    if place is None or row.status in {RowStatus.DUPLICATE, RowStatus.ERROR, RowStatus.SKIPPED}:
        return ()
    return place_differences(row, place, value, EarlierLists([place.pk], row.batch))


def _mentor_differences(row: Row, value: MentorRow) -> tuple[Difference, ...]:
    mentor = Mentor.objects.filter(pk=row.match_id).first() if row.match_id else None
    if mentor is None or row.status in {RowStatus.ERROR, RowStatus.SKIPPED}:
        return ()
    return mentor_differences(mentor, value)


def _shown(each: Difference) -> Difference:
    """Return the difference with codes instead of masks, and without values that may not be shown here."""
    if each.name in _HIDDEN:
        return Difference(each.name, "•••" if each.old else None, "•••", each.kind, each.is_taken)
    return Difference(each.name, shown_value(each.name, each.old), shown_value(each.name, each.new), each.kind, each.is_taken)


def shown_value(name: str, value: Any) -> Any:  # noqa: ANN401 - any fact
    """Return a fact as a page can put it into words: half-days as codes, lists as tuples."""
    if name == "half_days" and isinstance(value, int):
        return half_day_codes(value)
    return tuple(value) if isinstance(value, list) else value


def _candidates(actor: Actor, row: Row, value: PersonRow) -> Iterable[Candidate]:
    here = person_values(value)
    stored = row.candidates or []
    people = {str(each.pk): each for each in Person.objects.filter(pk__in=[each["id"] for each in stored if each["kind"] == "person"])}
    near = {str(pk) for pk in visible_referrals(actor).filter(person_id__in=list(people)).values_list("person_id", flat=True)}
    rows = {str(each.pk): each for each in Row.objects.filter(pk__in=[each["id"] for each in stored if each["kind"] == "row"])}
    for each in stored:
        reasons = tuple(Reason.from_json(reason) for reason in each["reasons"])
        person, other = people.get(each["id"]), rows.get(each["id"])
        if person is not None:
            there = {name: getattr(person, name) for name in _COMPARED} if each["id"] in near else {}
            yield Candidate(person.pk, False, str(person), 0, reasons, tuple(_compare(here, there)))
        elif other is not None and (held := row_value(other.kind, other.value)) is not None:
            yield Candidate(other.pk, True, held.full_name, other.number, reasons, tuple(_compare(here, person_values(held))))


def _compare(here: Mapping[str, Any], there: Mapping[str, Any]) -> Iterable[Compared]:
    if not there:
        return
    for name in _COMPARED:
        mine, theirs = here.get(name), there.get(name)
        if mine or theirs:
            yield Compared(name, shown_value(name, mine), shown_value(name, theirs), (mine or None) != (theirs or None))


def _same_places(row: Row) -> Iterable[Candidate]:
    stored = row.candidates or []
    for other in Row.objects.filter(pk__in=[each["id"] for each in stored]):
        reasons = tuple(Reason.from_json(reason) for each in stored if each["id"] == str(other.pk) for reason in each["reasons"])
        lines = [Compared(header, row.raw.get(header), text, row.raw.get(header) != text) for header, text in other.raw.items() if text]
        yield Candidate(other.pk, True, _line(other).title, other.number, reasons, tuple(lines))
