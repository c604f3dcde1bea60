"""Places, mentors and hosts as the matching sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.places import MentorRow, PlaceRow, PlacesReading
from opstap.bridges.spreadsheets.problems import Severity
from opstap.bridges.spreadsheets.reading import ReadRow
from opstap.desks.spreadsheet.assembly.notes import Note, note_on
from opstap.desks.spreadsheet.geography import Atlas, Spot
from opstap.engine.eligibility import Answer, RuleBook, decide
from opstap.engine.matching.problem import LEARNERS_PER_MENTOR, Host, Mentor, Place
from opstap.engine.shared import Period, Reason
from opstap.engine.shared.vocabulary import dutch_rank, half_day_mask

_COMMON_INSTRUMENT = "work_learning_place"


@dataclass(frozen=True, slots=True)
class PlaceCase:
    """A row of places in this round, and the place that the engine sees."""

    row: ReadRow[PlaceRow]
    value: PlaceRow
    place: Place
    spot: Spot | None

    @property
    def title(self) -> str:
        """The place as people name it: function, then where."""
        where = ", ".join(filter(None, (self.value.site, self.value.organisation)))
        return f"{self.value.function} ({where})" if where else self.value.function

    @property
    def title_at_host(self) -> str:
        """The place as people name it where the organisation already stands beside it: function, then site."""
        return f"{self.value.function} ({self.value.site})" if self.value.site else self.value.function


@dataclass(frozen=True, slots=True)
class Supply:
    """Everything that people can be matched to, and what was wrong with the rest."""

    cases: tuple[PlaceCase, ...]
    mentors: tuple[Mentor, ...]
    hosts: tuple[Host, ...]
    notes: tuple[Note, ...]


def build_supply(reading: PlacesReading, allowed: frozenset[str], rulebook: RuleBook, atlas: Atlas, on: date) -> Supply:
    """Return the places of the round under the `allowed` instruments; a row that cannot take part gets a note that says why."""
    builder = _Builder(reading, allowed, rulebook, atlas, on)
    cases = tuple(case for row in reading.places.rows if row.value is not None and (case := builder.case(row, row.value)))
    hosts = tuple(Host(key) for key in dict.fromkeys(case.place.host for case in cases))
    used = {case.place.mentor for case in cases}
    mentors = tuple(mentor for mentor in builder.mentors.values() if mentor.key in used)
    return Supply(cases, mentors, hosts, tuple(builder.notes))


def occupation_titles(places: Iterable[PlaceRow]) -> dict[str, str]:
    """Return the title of each folded title and occupation code in the list, so that a wish may be a code or a title."""
    titles: dict[str, str] = {}
    for place in places:
        title = titles.setdefault(fold(place.function), place.function)
        if place.occupation_code:
            titles.setdefault(fold(place.occupation_code), title)
    return titles


class _Builder:
    """Builds the places one by one and remembers the mentors, the keys given and the notes."""

    def __init__(self, reading: PlacesReading, allowed: frozenset[str], rulebook: RuleBook, atlas: Atlas, on: date) -> None:
        """Take the mentors of the file; without a list of them their training cannot be checked, which is noted once."""
        self._filename = reading.places.filename
        self._allowed, self._rulebook, self._atlas, self._on = allowed, rulebook, atlas, on
        self._keys: dict[str, int] = {}
        self._titles = occupation_titles(reading.places.values)
        self._lists_mentors = bool(reading.mentors.sheets)
        self.notes: list[Note] = []
        self.mentors = {mentor.key: mentor for row in reading.mentors.values if (mentor := _mentor(row, on))}
        if not self._lists_mentors:
            reason = Reason("spreadsheet.mentors_not_given")
            self.notes.append(Note(self._filename, "", 0, "", "", "", Severity.WARNING, reason))

    def case(self, row: ReadRow[PlaceRow], value: PlaceRow) -> PlaceCase | None:
        """Return the place for the matching, or None with a note."""
        instruments = self._instruments(row, value)
        if not instruments:
            return None
        if not value.half_days:
            self._note(row, "Halve dagen", Severity.ERROR, Reason("spreadsheet.place_needs_half_days"))
            return None
        spot = self._spot(row, value)
        place = Place(
            key=self._key(value),
            host=fold(value.organisation),
            occupation=self._titles[fold(value.function)],
            half_days=half_day_mask(value.half_days),
            period=Period(value.starts_on or self._on, value.until),
            mentor=self._mentor_of(row, value),
            capacity=value.capacity or 0,
            dutch=dutch_rank(value.dutch_level or "none"),
            licences=frozenset(value.licences or ()),
            demands=frozenset(value.demands or ()),
            teaches=frozenset(value.teaches),
            instruments=instruments,
            longitude=spot.point[0] if spot else None,
            latitude=spot.point[1] if spot else None,
            neighbourhood=spot.name if spot else "",
        )
        return PlaceCase(row, value, place, spot)

    def _instruments(self, row: ReadRow[PlaceRow], value: PlaceRow) -> frozenset[str]:
        """Return the instruments of the place that the round allows and that the rules allow at this kind of organisation."""
        offered: Sequence[str] = value.instruments or ()
        if not offered:
            offered = (_COMMON_INSTRUMENT,)
            self._note(row, "Instrument", Severity.WARNING, Reason("spreadsheet.place_without_instrument"))
        in_round = [name for name in offered if name in self._allowed]
        if not in_round:
            self._note(row, "Instrument", Severity.WARNING, Reason("spreadsheet.place_outside_round", {"instruments": tuple(offered)}))
        excluded = [name for name in in_round if value.kind and not self._host_allowed(name, value.kind)]
        if excluded:
            facts = {"instruments": tuple(excluded), "kind": value.kind}
            self._note(row, "Soort", Severity.ERROR, Reason("spreadsheet.place_kind_excluded", facts))
        return frozenset(in_round) - frozenset(excluded)

    def _host_allowed(self, instrument: str, kind: str) -> bool:
        """Tell whether the rules allow the instrument at this kind of host, whoever comes."""
        conditions = decide({"host_kind": kind}, self._rulebook, instrument, self._on).conditions
        return all(line.answer is not Answer.NO for line in conditions if "host_kind" in line.facts)

    def _mentor_of(self, row: ReadRow[PlaceRow], value: PlaceRow) -> str | None:
        if not value.mentor or not self._lists_mentors:
            return None
        key = _mentor_key(value.organisation, value.mentor)
        if key not in self.mentors:
            self.mentors[key] = Mentor(key, is_certified=False)
            self._note(row, "Mentor", Severity.WARNING, Reason("spreadsheet.mentor_not_listed", {"mentor": value.mentor}))
        return key

    def _spot(self, row: ReadRow[PlaceRow], value: PlaceRow) -> Spot | None:
        spot = self._atlas.locate(value.neighbourhood, value.municipality, value.postcode)
        note = location_reason(spot, value.neighbourhood, value.municipality)
        if note:
            self._note(row, "Wijk", Severity.WARNING, note)
        return spot

    def _key(self, value: PlaceRow) -> str:
        """Return a key that does not change when the list is sorted otherwise; equal rows are numbered."""
        base = "/".join(fold(part or "") for part in (value.organisation, value.site, value.function))
        self._keys[base] = self._keys.get(base, 0) + 1
        return base if self._keys[base] == 1 else f"{base}/{self._keys[base]}"

    def _note(self, row: ReadRow[PlaceRow], column: str, severity: Severity, reason: Reason) -> None:
        self.notes.append(note_on(self._filename, row, column, severity, reason))


def location_reason(spot: Spot | None, neighbourhood: str | None, municipality: str | None) -> Reason | None:
    """Return what to say of a location that is not exact, or None."""
    if spot is None:
        return Reason("spreadsheet.location_unknown")
    if spot.name:
        return None
    return Reason("spreadsheet.location_by_municipality", {"neighbourhood": neighbourhood, "municipality": municipality})


def _mentor(row: MentorRow, on: date) -> Mentor:
    trained = row.certified_on is not None and row.certified_on <= on
    planned = None if trained else row.certified_on
    capacity = LEARNERS_PER_MENTOR if row.capacity is None else row.capacity
    return Mentor(_mentor_key(row.organisation, row.name), capacity, is_certified=trained, certified_from=planned)


def _mentor_key(organisation: str, name: str) -> str:
    return f"{fold(organisation)}/{fold(name)}"
