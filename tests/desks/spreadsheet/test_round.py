"""From rows to the round that the engine solves."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TypeVar

import pytest

from opstap.bridges.spreadsheets.people import PersonRow
from opstap.bridges.spreadsheets.places import MentorRow, PlaceRow, PlacesReading
from opstap.bridges.spreadsheets.reading import Reading, ReadRow
from opstap.desks.spreadsheet.assembly.round import Round, RoundOptions, build_round
from opstap.desks.spreadsheet.geography import read_atlas
from opstap.engine.shared import Period, Refused

Row = TypeVar("Row")
ON = date(2023, 9, 1)
AHMED = PersonRow(
    last_name="Haddad", first_name="Ahmed", client_number="1", birth_date=date(2000, 5, 30), municipality="Oostende", neighbourhood="Stene",
    dutch_level="A2", registered_since=date(2019, 3, 1), income="unemployment_benefit", education="low", licences=(), travel_mode="bike",
    wishes=("Kok", "5153.1"), half_days=("mon_am", "tue_am"), limits=(), referred_on=date(2023, 3, 18),
)  # fmt: skip
KITCHEN = PlaceRow(
    organisation="Stad", kind="local_government", municipality="Oostende", neighbourhood="Stene", function="kok", occupation_code="5120.1",
    capacity=1, half_days=("mon_am",),
    starts_on=date(2023, 9, 15), until=date(2024, 3, 1), instruments=("community_service",), mentor="An Maes",
)  # fmt: skip
CARETAKER = dataclasses.replace(KITCHEN, function="conciërge", occupation_code="5153.1", mentor=None)
AN = MentorRow(name="An Maes", organisation="Stad", certified_on=date(2023, 3, 1), capacity=2)


def read(values: tuple[Row, ...]) -> Reading[Row]:
    """Return the values as the rows of a sheet."""
    rows = tuple(ReadRow("Blad", number, {}, value) for number, value in enumerate(values, start=2))
    return Reading("lijst.xlsx", rows, sheets=("Blad",) if values else ())


def round_of(
    *people: PersonRow,
    places: tuple[PlaceRow, ...] = (KITCHEN,),
    mentors: tuple[MentorRow, ...] = (AN,),
    options: RoundOptions | None = None,
) -> Round:
    """Return the round of these rows on 1 September 2023."""
    return build_round(read(people), PlacesReading(read(places), read(mentors)), options or RoundOptions(ON), read_atlas())


def codes(matched: Round) -> list[str]:
    """Return what was noted, without the room."""
    return [note.reason.code.partition(".")[2] for note in matched.notes]


def test_round_person() -> None:
    """A row becomes the person of the engine: codes as ranks and masks, wishes as the titles of the places, decisions as periods."""
    (person,) = round_of(AHMED, places=(KITCHEN, CARETAKER)).problem.people

    assert (person.key, person.half_days, person.dutch, person.travel_mode) == ("client 1", 0b101, 2, "bike")
    assert (person.wishes, person.waiting_since, person.neighbourhood) == (("kok", "conciërge"), date(2023, 3, 18), "Stene (Oostende)")
    assert (person.is_young_low_educated, person.is_55_plus, person.unknown) == (True, False, frozenset())
    assert person.instruments == {"community_service": Period(ON, date(2026, 3, 1))}


def test_round_unknown_facts() -> None:
    """What the list does not tell is named as unknown, each fact by its name."""
    stranger = PersonRow(last_name="Peeters", client_number="2")
    (person,) = round_of(stranger).problem.people

    assert person.unknown == frozenset({"half_days", "dutch", "licences", "limits", "travel_mode", "location", "instruments"})


def test_round_refused_instrument_is_closed() -> None:
    """An instrument that the rules refuse is closed, not unknown."""
    (person,) = round_of(dataclasses.replace(AHMED, income="living_wage")).problem.people

    assert (person.instruments, person.closed) == ({}, frozenset({"community_service"}))


def test_round_place_and_mentor() -> None:
    """A row of places becomes the place of the engine, with its mentor's training and number of learners."""
    problem = round_of(AHMED).problem
    (place,), (mentor,) = problem.places, problem.mentors

    assert (place.host, place.occupation, place.half_days, place.period) == ("stad", "kok", 1, Period(date(2023, 9, 15), date(2024, 3, 1)))
    assert (mentor.key, mentor.capacity, mentor.is_certified) == (place.mentor, 2, True)


@pytest.mark.parametrize(
    ("certified_on", "is_certified", "certified_from"),
    [(None, False, None), (date(2023, 9, 1), True, None), (date(2023, 9, 10), False, date(2023, 9, 10))],
)
def test_round_mentor_training(certified_on: date | None, is_certified: bool, certified_from: date | None) -> None:  # noqa: FBT001 - a case of the table
    """A mentor is trained from the day of the training; a day to come is planned; no day is not trained."""
    (mentor,) = round_of(AHMED, mentors=(dataclasses.replace(AN, certified_on=certified_on),)).problem.mentors

    assert (mentor.is_certified, mentor.certified_from) == (is_certified, certified_from)


def test_round_mentor_not_listed() -> None:
    """A mentor who is not in the list of mentors is not known to be trained, and that is noted."""
    matched = round_of(AHMED, mentors=(dataclasses.replace(AN, name="Piet Jans"),))

    assert ([mentor.is_certified for mentor in matched.problem.mentors], codes(matched)) == ([False], ["mentor_not_listed"])


def test_round_no_list_of_mentors() -> None:
    """Without any list of mentors none is checked, and that is noted once."""
    matched = round_of(AHMED, mentors=())

    assert (matched.problem.mentors, codes(matched)) == ((), ["mentors_not_given"])


def test_round_same_person_takes_part_once() -> None:
    """A row that is certainly the same person as an earlier one does not take part; a probable one does."""
    certain = round_of(AHMED, dataclasses.replace(AHMED, last_name="HADDAD"))
    probable = round_of(AHMED, dataclasses.replace(AHMED, last_name="Hadad", client_number="2"))

    assert ([case.key for case in certain.people], len(certain.duplicates)) == (["client 1"], 1)
    assert ([case.key for case in probable.people], len(probable.duplicates)) == (["client 1", "client 2"], 1)


def test_round_order_of_rows_does_not_matter() -> None:
    """The same rows in another order are the same problem."""
    griet = dataclasses.replace(AHMED, last_name="Peeters", first_name="Griet", client_number="2", birth_date=date(1980, 1, 1))

    assert round_of(AHMED, griet).problem.digest() == round_of(griet, AHMED).problem.digest()


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (dataclasses.replace(KITCHEN, half_days=None), "place_needs_half_days"),
        (dataclasses.replace(KITCHEN, kind="household"), "place_kind_excluded"),
        (dataclasses.replace(KITCHEN, instruments=("imw",)), "place_outside_round"),
        (dataclasses.replace(KITCHEN, capacity=0), ""),
    ],
)
def test_round_place_left_out(place: PlaceRow, code: str) -> None:
    """A place that cannot take part is left out with its reason; the others stay."""
    matched = round_of(AHMED, places=(CARETAKER, place), options=RoundOptions(ON, instruments=("community_service",)))

    assert [found for found in codes(matched) if found.startswith("place")] == [code] * bool(code)
    assert [item.occupation for item in matched.problem.places] == ["conciërge"] + ["kok"] * (not code)


def test_round_place_without_instrument() -> None:
    """A place that names no instrument is a work-learning place, with a note."""
    matched = round_of(AHMED, places=(dataclasses.replace(KITCHEN, instruments=None),))

    assert (matched.problem.places[0].instruments, codes(matched)) == (frozenset({"work_learning_place"}), ["place_without_instrument"])


@pytest.mark.parametrize(("people", "places", "code"), [((), (KITCHEN,), "no_people"), ((AHMED,), (), "no_places")])
def test_round_refused(people: tuple[PersonRow, ...], places: tuple[PlaceRow, ...], code: str) -> None:
    """Without anyone, or without any place, there is no round, and the reason says which list."""
    with pytest.raises(Refused) as refused:
        round_of(*people, places=places)

    assert refused.value.reason.code == f"spreadsheet.{code}"
