"""One round over two lists: who takes part, what the rules decide, what the matching proposes and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from opstap.bridges.spreadsheets.duplicates import Certainty, DuplicatePair, find_duplicates
from opstap.bridges.spreadsheets.people import PersonRow
from opstap.bridges.spreadsheets.places import PlacesReading
from opstap.bridges.spreadsheets.problems import Severity
from opstap.bridges.spreadsheets.reading import Reading, ReadRow
from opstap.desks.spreadsheet.assembly.notes import Note, note_on, notes_of
from opstap.desks.spreadsheet.assembly.people import PersonCase, decide_all, key_of, matching_person
from opstap.desks.spreadsheet.assembly.places import PlaceCase, Supply, build_supply, location_reason, occupation_titles
from opstap.desks.spreadsheet.geography import Atlas
from opstap.engine.eligibility import RuleBook, load_rulesets
from opstap.engine.matching.problem import CRITERIA, Objective, Problem
from opstap.engine.shared import Reason, Refused
from opstap.engine.shared.entry import rules_asked
from opstap.engine.shared.vocabulary import INSTRUMENTS

__all__ = ["CRITERIA", "Progress", "Round", "RoundOptions", "build_round"]

Progress = Callable[[float, str], None]
"""Called with the share that is done (0 to 1) and the English name of the step."""


@dataclass(frozen=True, slots=True)
class RoundOptions:
    """The day of the round, the order of the criteria, the instruments that count, and what decides ties."""

    on: date
    order: tuple[str, ...] = CRITERIA
    instruments: tuple[str, ...] = INSTRUMENTS
    seed: int = 0


@dataclass(frozen=True)
class Round:
    """Everything that goes into the matching, with the rows that it came from."""

    options: RoundOptions
    people: tuple[PersonCase, ...]
    supply: Supply
    problem: Problem
    duplicates: tuple[tuple[ReadRow[PersonRow], ReadRow[PersonRow], DuplicatePair], ...]
    merged: frozenset[int]
    notes: tuple[Note, ...]
    people_reading: Reading[PersonRow]
    places_reading: PlacesReading
    ruleset_version: str
    cases_by_key: dict[str, PersonCase] = field(default_factory=dict)
    places_by_key: dict[str, PlaceCase] = field(default_factory=dict)


def build_round(
    people: Reading[PersonRow],
    places: PlacesReading,
    options: RoundOptions,
    atlas: Atlas,
    on_progress: Progress = lambda _share, _step: None,
) -> Round:
    """Return the round; raises Refused when the lists leave nobody, or no place, to match.

    A row that is certainly the same person as an earlier row does not take part: one person never takes two seats.
    """
    rulebook = load_rulesets()
    supply = build_supply(places, frozenset(options.instruments), rulebook, atlas, options.on)
    usable = [row for row in people.rows if row.value is not None]
    if not usable:
        raise Refused(Reason("spreadsheet.no_people"))
    if not supply.cases:
        raise Refused(Reason("spreadsheet.no_places"))
    pairs = find_duplicates([row.value for row in usable if row.value is not None])
    merged = frozenset(pair.second for pair in pairs if pair.certainty is Certainty.EXACT)
    taking_part = [row for index, row in enumerate(usable) if index not in merged]
    instruments = rules_asked(name for name in INSTRUMENTS if any(name in case.place.instruments for case in supply.cases))
    cases = _cases(taking_part, instruments, rulebook, options.on, on_progress)
    notes = [*notes_of(people), *notes_of(places.places), *notes_of(places.mentors), *supply.notes, *_location_notes(people, cases, atlas)]
    return Round(
        options=options,
        people=cases,
        supply=supply,
        problem=_problem(cases, supply, places, options, atlas),
        duplicates=tuple((usable[pair.first], usable[pair.second], pair) for pair in pairs),
        merged=merged,
        notes=tuple(notes),
        people_reading=people,
        places_reading=places,
        ruleset_version=rulebook.version,
        cases_by_key={case.key: case for case in cases},
        places_by_key={case.place.key: case for case in supply.cases},
    )


def _cases(
    rows: Sequence[ReadRow[PersonRow]], instruments: Sequence[str], rulebook: RuleBook, on: date, on_progress: Progress
) -> tuple[PersonCase, ...]:
    cases: list[PersonCase] = []
    taken: set[str] = set()
    for index, row in enumerate(rows):
        if row.value is None:
            continue
        key = key_of(row.value, row.number)
        key = key if key not in taken else f"{key} {row.sheet} row {row.number}"
        taken.add(key)
        cases.append(PersonCase(key, row, decide_all(row.value, instruments, rulebook, on)))
        if index % 500 == 0:
            on_progress(index / len(rows), "decisions")
    return tuple(cases)


def _problem(cases: Sequence[PersonCase], supply: Supply, places: PlacesReading, options: RoundOptions, atlas: Atlas) -> Problem:
    titles = occupation_titles(places.places.values)
    return Problem(
        people=tuple(matching_person(case, atlas, titles, options.on) for case in cases),
        places=tuple(case.place for case in supply.cases),
        hosts=supply.hosts,
        on=options.on,
        mentors=supply.mentors,
        objective=Objective(options.order),
        seed=options.seed,
    )


def _location_notes(people: Reading[PersonRow], cases: Sequence[PersonCase], atlas: Atlas) -> list[Note]:
    notes = []
    for case in cases:
        row = case.person
        reason = location_reason(atlas.locate(row.neighbourhood, row.municipality, row.postcode), row.neighbourhood, row.municipality)
        if reason:
            notes.append(note_on(people.filename, case.row, "Wijk", Severity.WARNING, reason))
    return notes
