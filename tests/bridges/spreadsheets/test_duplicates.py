"""The same person twice."""

from __future__ import annotations

import dataclasses
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from opstap.bridges.spreadsheets.duplicates import Certainty, DuplicatePair, find_duplicates
from opstap.bridges.spreadsheets.people import PersonRow

AHMED = PersonRow(
    last_name="Haddad", first_name="Ahmed", client_number="1", national_number="84653019755", birth_date=date(1984, 5, 30),
    phone="+32478123456", email="ahmed@example.be",
)  # fmt: skip


def with_(**changes: object) -> PersonRow:
    """Return Ahmed with other values."""
    return dataclasses.replace(AHMED, **changes)  # type: ignore[arg-type] # the names of the fields are those of the row


def bare(**values: object) -> PersonRow:
    """Return a person of whom only the name and these values are known."""
    return PersonRow(**({"last_name": "Haddad", "first_name": "Ahmed"} | values))  # type: ignore[arg-type] # see with_


def codes(pair: DuplicatePair) -> set[str]:
    """Return the reasons of a pair without their room."""
    return {reason.code.partition(".")[2] for reason in pair.reasons}


def test_duplicates_same_official_number() -> None:
    """The same national number or client number with the same name, in whatever case, is certain."""
    (pair,) = find_duplicates([AHMED, bare(last_name="HADDAD", national_number="84653019755")])

    assert (pair.certainty, codes(pair)) == (Certainty.EXACT, {"same_national_number", "same_name"})


def test_duplicates_same_number_other_name() -> None:
    """The same client number with another name is only probable: one of the two has a typing error."""
    (pair,) = find_duplicates([bare(client_number="1"), PersonRow(last_name="Peeters", first_name="Griet", client_number="1")])

    assert (pair.certainty, codes(pair)) == (Certainty.PROBABLE, {"same_client_number", "other_name"})


def test_duplicates_same_number_without_a_name() -> None:
    """A row without a name has no other name; it is never taken as certain."""
    (pair,) = find_duplicates([bare(client_number="1"), PersonRow(last_name="", first_name="", client_number="1")])

    assert (pair.certainty, codes(pair)) == (Certainty.PROBABLE, {"same_client_number", "no_name"})


def test_duplicates_same_name_and_birth_date() -> None:
    """The same name and birth date is certain."""
    (pair,) = find_duplicates([bare(birth_date=date(1984, 5, 30)), bare(birth_date=date(1984, 5, 30))])

    assert pair.certainty is Certainty.EXACT


def test_duplicates_lost_letter() -> None:
    """A "?" stands for the one letter that an export lost: probable, for a person to look at."""
    born = date(1990, 1, 2)
    (pair,) = find_duplicates([bare(last_name="Yılmaz", birth_date=born), bare(last_name="Y?lmaz", birth_date=born)])

    assert (pair.certainty, codes(pair)) == (Certainty.PROBABLE, {"same_birth_date", "similar_name"})


def test_duplicates_same_telephone_similar_name() -> None:
    """The same telephone and a name with a typing error is probable."""
    (pair,) = find_duplicates([bare(phone="+32478123456"), bare(first_name="Achmed", phone="+32478123456")])

    assert (pair.certainty, codes(pair)) == (Certainty.PROBABLE, {"same_phone", "similar_name"})


def test_duplicates_household() -> None:
    """Two people of one household share a telephone, not a name: no pair."""
    assert find_duplicates([bare(phone="+32478123456"), PersonRow(last_name="Peeters", first_name="Griet", phone="+32478123456")]) == ()


def test_duplicates_namesakes() -> None:
    """The same name with another birth date, and nothing else in common, is somebody else."""
    assert find_duplicates([bare(birth_date=date(1984, 5, 30)), bare(birth_date=date(1990, 1, 1))]) == ()


def test_duplicates_one_default_value() -> None:
    """Thousands of rows with one default birth date are compared with their neighbours by name only, and the real pair is still found."""
    born = date(1900, 1, 1)
    crowd = [
        PersonRow(last_name=f"Naam{index:05d}x", first_name=f"{index * 7919 % 100_000:05d}", birth_date=born) for index in range(3_000)
    ]
    pairs = find_duplicates([*crowd, crowd[1234]])

    assert (1234, 3_000, Certainty.EXACT) in [(pair.first, pair.second, pair.certainty) for pair in pairs]


@given(st.lists(st.sampled_from([AHMED, with_(client_number="2", national_number=None), bare(), bare(email="x@example.be")]), max_size=6))
def test_duplicates_pairs_are_ordered_and_unique(people: list[PersonRow]) -> None:
    """Each pair is named once, the earlier row first."""
    pairs = [(pair.first, pair.second) for pair in find_duplicates(people)]

    assert pairs == sorted(set(pairs))
    assert all(first < second for first, second in pairs)
