"""One tree, three back-ends: the explained decision, numpy and SQL give the same answer."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.eligibility.books import books
from tests.engine.eligibility.people import ON, ann, days, facts

from opstap.engine.eligibility import (
    FACT_TYPES,
    Answer,
    Column,
    FactKind,
    Facts,
    RuleBook,
    SqlColumn,
    decide,
    decide_instruments,
    decide_many,
    encode_people,
    load_rulesets,
    sql_condition,
)
from opstap.engine.shared.vocabulary import INSTRUMENTS

BOOK = load_rulesets()
NUMBER = {Answer.YES: 1, Answer.NO: 0, Answer.UNKNOWN: -1}
SQL_TYPES = {FactKind.DATE: "date", FactKind.FLAG: "boolean", FactKind.TEXT: "text", FactKind.CODE: "text"}
people = st.lists(facts, min_size=1, max_size=12)


def one_by_one(persons: Sequence[Facts], book: RuleBook, instrument: str, on: date) -> list[int]:
    """Return the numbers 1, 0 and -1 of the explained decisions."""
    return [NUMBER[decide(person, book, instrument, on).answer] for person in persons]


def by_database(persons: Sequence[Facts], book: RuleBook, instrument: str, on: date) -> list[int]:
    """Return the numbers that PostgreSQL answers for the same people."""
    columns = {name: SqlColumn(f"p.{name}") for name in FACT_TYPES}
    condition = sql_condition(book, instrument, on, columns)
    row = ", ".join(["%s::int", *(f"%s::{SQL_TYPES[fact_type.kind]}" for fact_type in FACT_TYPES.values())])
    rows = ", ".join([f"({row})"] * len(persons))
    values = [value for number, person in enumerate(persons) for value in (number, *(person.get(name) for name in FACT_TYPES))]
    query = f"SELECT {condition.sql} FROM (VALUES {rows}) AS p(number, {', '.join(FACT_TYPES)}) ORDER BY p.number"  # noqa: S608 - no value stands in the text
    with connection.cursor() as cursor:
        cursor.execute(query, [*condition.params, *values])
        return [answer for (answer,) in cursor.fetchall()]


@given(persons=people, on=days, book=books)
def test_numpy_agrees_with_the_explained_decision(persons: list[Facts], on: date, book: RuleBook) -> None:
    """Numpy and the single decision agree for any facts, unknown ones included, on any day and under changed parameters."""
    columns = encode_people(persons)
    for instrument in INSTRUMENTS:
        assert decide_many(columns, book, instrument, on).tolist() == one_by_one(persons, book, instrument, on)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(persons=people, on=days, book=books)
def test_sql_agrees_with_the_explained_decision(persons: list[Facts], on: date, book: RuleBook) -> None:
    """PostgreSQL and the single decision agree for any facts, unknown ones included, on any day and under changed parameters."""
    for instrument in INSTRUMENTS:
        assert by_database(persons, book, instrument, on) == one_by_one(persons, book, instrument, on)


@pytest.mark.django_db
def test_sql_compares_on_a_blind_index() -> None:
    """A caller can compare on what the column holds: constants go through its encoding, and never stand in the query."""
    columns = {"income": SqlColumn("p.income_index", lambda income: f"hidden-{income}"), "municipality": SqlColumn("'Oostende'::text")}
    condition = sql_condition(BOOK, "work_learning_place", ON, {**columns, "registered_since": SqlColumn("DATE '2020-01-01'")})
    assert "unemployment_benefit" not in condition.sql
    with connection.cursor() as cursor:
        rows = "(VALUES (1, 'hidden-living_wage'), (2, 'living_wage'), (3, NULL)) AS p(number, income_index) ORDER BY p.number"
        cursor.execute(f"SELECT {condition.sql} FROM {rows}", condition.params)  # noqa: S608 - no value stands in the text
        assert [answer for (answer,) in cursor.fetchall()] == [1, 0, -1]


@pytest.mark.django_db
def test_sql_fact_without_a_column_is_unknown() -> None:
    """A fact that the caller does not store is not known; a condition only for known facts is then no obstacle."""
    condition = sql_condition(BOOK, "community_service", ON, {"municipality": SqlColumn("'Brugge'::text")})
    other = sql_condition(BOOK, "community_service", ON, {"municipality": SqlColumn("'Gistel'::text")})
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {condition.sql}, {other.sql}", [*condition.params, *other.params])
        assert cursor.fetchone() == (0, -1)


def test_numpy_blocks_leave_no_seam() -> None:
    """The answers of more people than fit in one block are those of the same people one by one."""
    kinds = [ann(), ann(income="none"), ann(income=None), ann(municipality="Brugge"), ann(registered_since=None)]
    persons = [kinds[number % 5] for number in range(70_001)]
    found = decide_many(encode_people(persons), BOOK, "work_learning_place", ON)
    assert found.tolist() == [[1, 0, -1, 0, -1][number % 5] for number in range(70_001)]


def test_numpy_several_instruments_at_once() -> None:
    """Deciding all instruments together gives the same as one at a time."""
    columns = encode_people([ann(), ann(income="living_wage"), ann(work_limitation_right=None)])
    together = decide_instruments(columns, BOOK, INSTRUMENTS, ON)
    assert {name: found.tolist() for name, found in together.items()} == {
        name: decide_many(columns, BOOK, name, ON).tolist() for name in INSTRUMENTS
    }


def test_numpy_takes_columns_as_others_write_them() -> None:
    """Dates as datetime64, flags as booleans and codes as signed integers are understood as well."""
    known = np.array([True, True, False])
    columns = {
        "municipality": Column(np.array([1, 0, 1], dtype=np.int64), known, {"Brugge": 0, "Oostende": 1, "Gistel": 2}),
        "registered_since": Column(np.array(["2020-01-01"] * 3, dtype="datetime64[D]"), known),
        "internship_fits": Column(np.array([True, True, False]), known),
        "shoe_size": Column(np.array([38.5, 41.0, 43.0]), known),
    }
    assert decide_many(columns, BOOK, "work_experience", ON).tolist() == [1, 0, -1]


def test_numpy_fact_without_a_column_is_unknown() -> None:
    """A fact without a column is not known of anyone."""
    columns = encode_people([ann(), ann(municipality="Brugge")])
    del columns["income"], columns["host_kind"]
    assert decide_many(columns, BOOK, "community_service", ON).tolist() == [-1, 0]


def test_numpy_columns_of_unequal_length_are_refused() -> None:
    """Columns that cannot be of the same people are an error that names the lengths."""
    columns = {**encode_people([ann()]), "income": encode_people([ann(), ann()])["income"]}
    with pytest.raises(ValueError, match=r"one length; these have \[1, 2\]"):
        decide_many(columns, BOOK, "work_learning_place", ON)


def test_numpy_column_of_texts_without_codes_is_refused() -> None:
    """Numbers that stand for unknown texts would silently be nobody's answer; they are refused by the name of the fact."""
    columns = {"income": Column(np.array([0, 1], dtype=np.uint8), np.array([True, True]))}
    with pytest.raises(ValueError, match="the column 'income' does not say which number stands for which text"):
        decide_many(columns, BOOK, "work_learning_place", ON)


def test_numpy_dates_turn_on_the_day_itself() -> None:
    """A date in numpy's own form is met on the very day, and not the day before."""
    columns = {
        "municipality": Column(np.zeros(2, dtype=np.uint8), np.array([True, True]), {"Oostende": 0}),
        "registered_since": Column(np.array(["2023-09-01", "2023-09-02"], dtype="datetime64[D]"), np.array([True, True])),
    }
    assert decide_many(columns, BOOK, "work_experience", ON).tolist() == [1, 0]
