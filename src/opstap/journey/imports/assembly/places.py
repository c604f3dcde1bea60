"""Rows of places and mentors settled against what the product knows, and as the terms of a place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.places import MentorRow, PlaceRow
from opstap.bridges.spreadsheets.problems import Severity
from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import half_day_mask
from opstap.foundation.organisations.models import Mentor, Organisation, Site
from opstap.foundation.programmes.models import Programme
from opstap.journey.imports.enums import RowStatus
from opstap.journey.imports.models import Batch, Row
from opstap.journey.imports.queries.mentor_differences import holds_here, mentor_differences
from opstap.journey.imports.queries.place_differences import TERMS, EarlierLists, column_of, known_values, place_differences
from opstap.journey.imports.queries.values import count_errors, field_headers, own_problem, row_value
from opstap.journey.places.models import Place
from opstap.journey.places.operations import PlaceTerms

_KEY_PARTS = 3
_MOST_LEARNERS = 20


class Hosts:
    """The organisations, sites, mentors and places of a programme, by the folded names that lists use."""

    def __init__(self, programme: Programme) -> None:
        """Read them once."""
        self.organisations = {each.folded_name: each for each in Organisation.objects.all()}
        self.sites = {(each.organisation_id, fold(each.name), fold(each.street)): each for each in Site.objects.all()}
        self.mentors = {(each.organisation_id, fold(each.name)): each for each in Mentor.objects.all()}
        self.places: defaultdict[str, list[Place]] = defaultdict(list)
        self.by_key: dict[str, Place] = {}
        for place in Place.objects.filter(programme=programme).exclude(import_key="").select_related("organisation", "site", "mentor"):
            self.places[place.import_key.rsplit("|", _KEY_PARTS)[0]].append(place)
            self.by_key[place.import_key] = place

    def organisation(self, name: str) -> Organisation | None:
        """Return the organisation with this name, or None."""
        return self.organisations.get(fold(name))

    def mentor(self, organisation: str, name: str) -> Mentor | None:
        """Return the mentor of the organisation with this name, or None."""
        host = self.organisation(organisation)
        return self.mentors.get((host.pk, fold(name))) if host else None

    def place(self, key: str, *, is_only_one: bool) -> Place | None:
        """Return the place of this key: the very same, or with other half-days or start the only one of its kind on both sides."""
        alike = self.places[key.rsplit("|", _KEY_PARTS)[0]]
        return self.by_key.get(key) or (alike[0] if is_only_one and len(alike) == 1 else None)


def import_key(value: PlaceRow, row: Row) -> str:
    """Return the key by which a later list finds the place: who, where, what; then when, and which of several that are the same."""
    who = "|".join(fold(part or "")[:90] for part in (value.organisation, value.site, value.address, value.function))
    which = row.number if (row.corrected or {}).get("apart") else 0
    return f"{who}|{half_day_mask(value.half_days or ())}|{value.starts_on or ''}|{which}"


def terms_of(values: Mapping[str, Any]) -> PlaceTerms:
    """Return what the place asks and offers, from the fields of a place; only for rows that were settled as ready."""
    if values["starts_on"] is None or not values["half_days"]:
        msg = "a place without a start or half-days is in error and never applied"
        raise ValueError(msg)
    terms: dict[str, Any] = {name: tuple(held) if isinstance(held := values[name], list) else held for name in TERMS}
    return PlaceTerms(**terms)


def merged_values(place: Place, value: PlaceRow, row: Row) -> dict[str, Any]:
    """Return the fields of the place as they are after applying the row: what was changed here since stays unless somebody chose."""
    found = place_differences(row, place, value, EarlierLists([place.pk], row.batch))
    return known_values(place) | {each.name: each.new for each in found if each.is_applied}


def settle_places(rows: Sequence[Row], batch: Batch, *, whole_list: bool) -> None:
    """Set status, match and own problems of rows of places and mentors."""
    others = rows if whole_list else [*Row.objects.filter(batch=batch).exclude(pk__in=[row.pk for row in rows]), *rows]
    values = {row.pk: row_value(row.kind, row.value) for row in others}
    around = _Around(Hosts(batch.programme), [(row, values[row.pk]) for row in others], batch)
    for row in rows:
        _forget_own_problems(row)
        value = values[row.pk]
        if isinstance(value, PlaceRow):
            _settle_place(row, value, around)
        elif isinstance(value, MentorRow):
            _settle_mentor(row, value, around)


class _Around:
    """What a row is compared with: what the product knows, and the other rows of the list."""

    def __init__(self, hosts: Hosts, rows: Sequence[tuple[Row, Any]], batch: Batch) -> None:
        self.hosts = hosts
        self.earlier = EarlierLists([place.pk for place in hosts.by_key.values()], batch)
        offered = sorted(
            ((row, value) for row, value in rows if isinstance(value, PlaceRow)), key=lambda item: (item[0].sheet, item[0].number)
        )
        self.kinds = Counter(import_key(value, row).rsplit("|", _KEY_PARTS)[0] for row, value in offered)
        self.first: dict[str, Row] = {}
        for row, value in offered:
            self.first.setdefault(import_key(value, row), row)
        self.organisations = {fold(value.organisation) for _, value in offered}
        self.mentors = {(fold(value.organisation), fold(value.name)) for _, value in rows if isinstance(value, MentorRow)}


def _forget_own_problems(row: Row) -> None:
    found = [each for each in row.problems or [] if not each["reason"]["code"].startswith("imports.")]
    row.problems, row.errors = found or None, count_errors(found)
    if row.value is None:
        row.status = RowStatus.ERROR.value


def _settle_place(row: Row, value: PlaceRow, around: _Around) -> None:
    noted = list(_place_problems(row, value, around))
    row.problems = [*(row.problems or []), *noted] or None
    row.errors = count_errors(row.problems or [])
    if any(each["severity"] == Severity.ERROR.value for each in noted):
        row.status = RowStatus.ERROR.value
        return
    key = import_key(value, row)
    place = around.hosts.place(key, is_only_one=around.kinds[key.rsplit("|", _KEY_PARTS)[0]] == 1)
    row.match_id = place.pk if place else None
    earlier = around.first[key]
    if earlier.pk != row.pk and row.leader_id is None:
        row.candidates = [{"kind": "row", "id": str(earlier.pk), "reasons": [Reason("imports.same_place").as_json()]}]
        row.status = RowStatus.DUPLICATE.value
    elif row.leader_id is not None:
        row.candidates, row.status = None, RowStatus.SKIPPED.value
    elif place is None:
        row.candidates, row.status = None, RowStatus.READY_NEW.value
    else:
        row.candidates = None
        _weigh(row, place, value, around.earlier)


def _weigh(row: Row, place: Place, value: PlaceRow, earlier: EarlierLists) -> None:
    """Set the status by what would change, and note what was changed here since and is not decided on."""
    found, headers = place_differences(row, place, value, earlier), field_headers(row.kind, row.raw)
    kept = (row.corrected or {}).get("keep", ())
    row.problems = [
        *(row.problems or []),
        *(
            own_problem(headers.get(column_of(each.name), ""), Severity.WARNING, Reason("imports.changed_here_since"))
            for each in found
            if not each.is_applied and each.name not in kept
        ),
    ] or None
    row.status = (RowStatus.READY_UPDATE if any(each.is_applied for each in found) else RowStatus.UNCHANGED).value


def _place_problems(row: Row, value: PlaceRow, around: _Around) -> Iterable[dict[str, Any]]:
    """Yield what keeps the place from being offered, and what somebody should know about its mentor."""
    headers = field_headers(row.kind, row.raw)
    needed = (("half_days", value.half_days), ("starts_on", value.starts_on), ("instruments", value.instruments))
    read = {each["column"] for each in row.problems or [] if each["severity"] == Severity.ERROR.value}
    for name, given in needed:
        code = {"half_days": "imports.place_needs_half_days", "starts_on": "imports.place_needs_start"}.get(
            name, "imports.place_needs_instrument"
        )
        if not given and headers.get(name, "") not in read:
            yield own_problem(headers.get(name, ""), Severity.ERROR, Reason(code))
        elif not given:
            yield own_problem(headers.get(name, ""), Severity.ERROR, Reason("imports.place_cannot_be_offered"))
    if value.kind is None and around.hosts.organisation(value.organisation) is None:
        yield own_problem(
            headers.get("kind", ""), Severity.ERROR, Reason("imports.organisation_kind_missing", {"name": value.organisation})
        )
    if not value.mentor:
        yield own_problem(headers.get("mentor", ""), Severity.WARNING, Reason("imports.mentor_missing"))
    elif (fold(value.organisation), fold(value.mentor)) not in around.mentors and around.hosts.mentor(
        value.organisation, value.mentor
    ) is None:
        yield own_problem(headers.get("mentor", ""), Severity.WARNING, Reason("imports.mentor_unknown", {"name": value.mentor}))


def _settle_mentor(row: Row, value: MentorRow, around: _Around) -> None:
    headers = field_headers(row.kind, row.raw)
    noted = []
    if value.capacity is not None and value.capacity > _MOST_LEARNERS:
        noted.append(own_problem(headers.get("capacity", ""), Severity.ERROR, Reason("imports.mentor_limit", {"limit": _MOST_LEARNERS})))
    if around.hosts.organisation(value.organisation) is None and fold(value.organisation) not in around.organisations:
        reason = Reason("imports.organisation_unknown", {"name": value.organisation})
        noted.append(own_problem(headers.get("organisation", ""), Severity.ERROR, reason))
    mentor = around.hosts.mentor(value.organisation, value.name)
    if mentor is not None and value.ended and holds_here(mentor):
        header = headers.get(value.ended[0], "")
        noted.append(own_problem(header, Severity.WARNING, Reason("imports.certificate_given_here", {"name": mentor.name})))
    row.problems = [*(row.problems or []), *noted] or None
    row.errors = count_errors(row.problems or [])
    row.match_id = mentor.pk if mentor else None
    row.status = _mentor_status(mentor, value, is_in_error=any(each["severity"] == Severity.ERROR.value for each in noted)).value


def _mentor_status(mentor: Mentor | None, value: MentorRow, *, is_in_error: bool) -> RowStatus:
    if is_in_error:
        return RowStatus.ERROR
    if mentor is None:
        return RowStatus.READY_NEW
    return RowStatus.READY_UPDATE if mentor_differences(mentor, value) else RowStatus.UNCHANGED
