"""Rows of people settled: new, changed, unchanged, perhaps a duplicate, or in error, against what the product knows now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from opstap.bridges.spreadsheets.duplicates import Certainty, find_duplicates
from opstap.bridges.spreadsheets.people import PersonRow
from opstap.bridges.spreadsheets.problems import Severity
from opstap.engine.shared import Reason
from opstap.journey.imports.enums import RowStatus
from opstap.journey.imports.models import Batch, Row
from opstap.journey.imports.queries.counsellors import Counsellors
from opstap.journey.imports.queries.differences import Difference, Kind, differences
from opstap.journey.imports.queries.identity import Alike, Known, identity_index
from opstap.journey.imports.queries.values import count_errors, field_headers, own_problem, person_values, row_value
from opstap.journey.people.enums import CONTACT, FACTS, IDENTITY, FactSource
from opstap.journey.people.models import Person
from opstap.journey.people.queries import latest_sources
from opstap.journey.referrals.models import Referral

_FIELDS = frozenset((*IDENTITY, *CONTACT, *FACTS))


@dataclass(slots=True)
class Settled:
    """A usable row while it is settled: what it says, who it is about, and what it would change."""

    row: Row
    value: PersonRow
    person: Person | None = None
    alike: Sequence[Alike] = ()
    found: tuple[Difference, ...] = ()

    @property
    def decisions(self) -> Mapping[str, Any]:
        """What somebody decided on the row."""
        return self.row.corrected or {}

    @property
    def changes(self) -> dict[str, Any]:
        """The fields of the record that applying the row changes, with their new values."""
        return {each.name: each.new for each in self.found if each.is_applied}


class Weights:
    """Which known facts a list may not overwrite by itself: said later by somebody else, or by a list of a later date."""

    def __init__(self, person_ids: Sequence[UUID], as_of: date) -> None:
        """Read sources and later lists once for all the people."""
        self._later = {
            key
            for key, (source, at) in latest_sources(person_ids).items()
            if source != FactSource.IMPORT and timezone.localdate(at) >= as_of
        }
        later_lists = Row.objects.filter(applied_to__in=person_ids, batch__as_of__gt=as_of)
        self._in_later_list = set(later_lists.values_list("applied_to", flat=True))

    def protected(self, person_id: UUID) -> frozenset[str]:
        """Return the fields of the person that stay as they are unless somebody chooses otherwise."""
        if person_id in self._in_later_list:
            return _FIELDS
        return frozenset(name for person, name in self._later if person == person_id)


def settle_people(rows: Sequence[Row], batch: Batch, *, whole_list: bool) -> list[Settled]:
    """Set status, match, candidates and own problems of the rows; return the usable ones.

    `whole_list`: the rows are the whole list, so that they are compared with each other too.
    """
    usable = [Settled(row, value) for row in rows if (value := row_value(row.kind, row.value)) is not None]
    known = _identify(usable)
    _within_reach(usable, batch, whole_list=whole_list)
    if whole_list:
        _compare_with_each_other(usable)
    _weigh(usable, batch)
    referrals = Referral.objects.filter(programme_id=batch.programme_id, person_id__in=list(known.people)).order_by("referred_on")
    referred: dict[UUID, date] = dict(referrals.values_list("person_id", "referred_on"))
    counsellors = Counsellors(batch.programme)
    for row in rows:
        _forget_own_problems(row)
    for settled in usable:
        asks = _asks_for_counsellor(settled, counsellors, referred)
        _note(settled, counsellors, asks)
        settled.row.status = (_status(settled, referred, asks)).value
    return usable


def _identify(usable: Sequence[Settled]) -> Known:
    """Find for each row the person it is about, or those who look alike, among the people known now."""
    known = Known([settled.value for settled in usable])
    known.add_people(settled.row.match_id for settled in usable if settled.row.match_id)
    for settled in usable:
        row = settled.row
        row.identity_index = identity_index(settled.value)
        settled.person = known.living(row.match_id) or known.decided(settled.value)
        if settled.person is None and not settled.decisions.get("apart"):
            settled.person = known.certain(settled.value)
            settled.alike = () if settled.person else known.alike(settled.value)
        row.match_id = settled.person.pk if settled.person else None
    return known


def _within_reach(usable: Sequence[Settled], batch: Batch, *, whole_list: bool) -> None:
    """Make candidates of the people who look alike; those of other programmes only when an official number is the same."""
    ids = {each.person.pk for settled in usable for each in settled.alike}
    near = set(Referral.objects.filter(programme_id=batch.programme_id, person_id__in=ids).values_list("person_id", flat=True))
    for settled in usable:
        settled.alike = [each for each in settled.alike if each.person.pk in near or each.shares_number]
        rows = [] if whole_list or settled.person else [each for each in settled.row.candidates or [] if each["kind"] == "row"]
        settled.row.candidates = [_candidate("person", each.person.pk, each.reasons) for each in settled.alike] + rows or None


def _candidate(kind: str, subject: UUID, reasons: Sequence[Reason]) -> dict[str, Any]:
    return {"kind": kind, "id": str(subject), "reasons": [reason.as_json() for reason in reasons]}


def _compare_with_each_other(usable: Sequence[Settled]) -> None:
    for pair in find_duplicates([settled.value for settled in usable]):
        first, second = usable[pair.first], usable[pair.second]
        both_known = first.person is not None and second.person is not None
        if second.row.leader is not None or (both_known and first.person != second.person):
            continue
        if both_known or pair.certainty is Certainty.EXACT:
            second.row.leader = first.row.leader or first.row
            second.row.candidates = None
        elif first.person is None and second.person is None:
            reasons = [Reason(problem.code.replace("spreadsheet.", "people."), dict(problem.facts)) for problem in pair.reasons]
            second.row.candidates = [*(second.row.candidates or []), _candidate("row", first.row.pk, reasons)]


def _weigh(usable: Sequence[Settled], batch: Batch) -> None:
    weights = Weights([settled.person.pk for settled in usable if settled.person], batch.as_of)
    values = {settled.row.pk: settled.value for settled in usable}
    for settled in usable:
        new = person_values(settled.value)
        take = frozenset(settled.decisions.get("take", ()))
        if settled.person:
            person = settled.person
            protected = _FIELDS if settled.row.leader_id else weights.protected(person.pk)
            settled.found = differences({name: getattr(person, name) for name in new}, new, protected=protected, take=take)
        elif settled.row.leader_id in values:
            earlier = person_values(values[settled.row.leader_id])
            settled.found = differences(earlier, new, protected=_FIELDS, take=take)


def _asks_for_counsellor(settled: Settled, counsellors: Counsellors, referred: Mapping[UUID, date]) -> tuple[str, ...]:
    """Return the counsellors to choose from, by e-mail address, when the row would refer the person to one of several of that name."""
    choices = counsellors.choices(settled.value.counsellor)
    if not choices or settled.row.leader_id is not None:
        return ()
    latest = referred.get(settled.person.pk) if settled.person else None
    return choices if latest is None or latest < (settled.value.referred_on or settled.row.batch.as_of) else ()


def _status(settled: Settled, referred: Mapping[UUID, date], asks: tuple[str, ...]) -> RowStatus:
    if settled.row.candidates:
        return RowStatus.DUPLICATE
    if asks:
        return RowStatus.QUESTION
    if settled.person is None and settled.row.leader_id is None:
        return RowStatus.READY_NEW
    needs_referral = settled.person is not None and settled.person.pk not in referred
    return RowStatus.READY_UPDATE if settled.changes or needs_referral else RowStatus.UNCHANGED


def _forget_own_problems(row: Row) -> None:
    """Take off what an earlier settling noted, and put a row without a value in error."""
    found = [each for each in row.problems or [] if not each["reason"]["code"].startswith("imports.") or row.value is None]
    row.problems = found or None
    row.errors = count_errors(found)
    if row.value is None:
        row.status, row.candidates, row.leader = RowStatus.ERROR.value, None, None


def _note(settled: Settled, counsellors: Counsellors, asks: tuple[str, ...]) -> None:
    """Note what only shows against the product: a counsellor nobody knows or one of several, a value known otherwise later."""
    row, headers = settled.row, field_headers(settled.row.kind, settled.row.raw)
    noted = []
    name = settled.value.counsellor
    if name and (asks or not (counsellors.find(name) or counsellors.choices(name))):
        which = Reason("imports.counsellor_which", {"name": name, "choices": asks}) if asks else None
        reason = which or Reason("imports.counsellor_unknown", {"name": name})
        noted.append(own_problem(headers.get("counsellor", ""), Severity.WARNING, reason, value=name))
    open_conflicts = [each for each in settled.found if each.kind is Kind.CONFLICT and not each.is_taken]
    kept = settled.decisions.get("keep", ())
    noted += [
        own_problem(headers.get(each.name, ""), Severity.WARNING, Reason("imports.known_otherwise"))
        for each in open_conflicts
        if each.name not in kept
    ]
    row.problems = [*(row.problems or []), *noted] or None
