"""The lists of a crowd are the demonstration's, many times as long, with nobody in them twice."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from opstap.bridges.spreadsheets.duplicates import find_duplicates
from opstap.bridges.spreadsheets.people import PersonRow, read_people
from opstap.config.demonstration import DAY, FOLDER
from opstap.config.simulation.crowd import MOST, write_crowd


def cells(folder: Path, name: str, sheet: int = 0) -> list[list[object]]:
    """Return the rows of a sheet below its header."""
    rows: list[list[object]] = CalamineWorkbook.from_path(str(folder / name)).get_sheet_by_index(sheet).to_python()
    return rows[1:]


def people(folder: Path) -> list[PersonRow]:
    """Return the people as the product reads them."""
    return [row.value for row in read_people(folder / "werkzoekenden.xlsx", filename="", on=DAY).rows if row.value]


def test_first_copy_is_the_demonstration(tmp_path: Path) -> None:
    """One time as long is the same cells; three times has three times the rows, and the first of them are the same."""
    once, thrice = tmp_path / "1", tmp_path / "3"
    once.mkdir()
    thrice.mkdir()
    write_crowd(once, 1)
    write_crowd(thrice, 3)
    for name in ("werkzoekenden.xlsx", "leerwerkplekken.xlsx"):
        was = cells(FOLDER, name)
        assert cells(once, name) == was
        assert cells(thrice, name)[: len(was)] == was
        assert len(cells(thrice, name)) == 3 * len(was)


def test_copies_are_other_people_with_test_numbers(tmp_path: Path) -> None:
    """Between copies nobody looks like anybody else; every number still proves itself, with a month from 61 to 72."""
    write_crowd(tmp_path, 3)
    read, was = people(tmp_path), people(FOLDER)
    numbers = [row.national_number for row in read if row.national_number]
    assert len(numbers) == 3 * sum(bool(row.national_number) for row in was)
    assert {number for number in numbers if not "61" <= number[2:4] <= "72"} == set()
    pairs = find_duplicates(read)
    assert {pair.first // len(was) == pair.second // len(was) for pair in pairs} == {True}
    assert len(pairs) == 3 * len(find_duplicates(was))


def test_mentors_and_sites_are_others(tmp_path: Path) -> None:
    """Every copy has mentors and sites of its own."""
    write_crowd(tmp_path, 2)
    mentors = Counter(row[1] for row in cells(tmp_path, "leerwerkplekken.xlsx", 1))
    assert set(mentors.values()) == {1}
    sites = [{row[3] for row in part} for part in halves(cells(tmp_path, "leerwerkplekken.xlsx"))]
    assert sites[0] & sites[1] == set()


def halves(rows: list[list[object]]) -> tuple[list[list[object]], list[list[object]]]:
    """Return the rows of the first and of the second copy."""
    return rows[: len(rows) // 2], rows[len(rows) // 2 :]


def test_programmes_beside_each_other_share_nobody(tmp_path: Path) -> None:
    """What begins with a later copy has other people, organisations, staff and a name of its own; together they are the whole crowd."""
    folders = [tmp_path / name for name in ("whole", "first", "second")]
    for folder, size, first in zip(folders, (4, 2, 2), (0, 0, 2), strict=True):
        folder.mkdir()
        write_crowd(folder, size, first=first)
    whole, one, two = (sorted(row.client_number or "" for row in people(folder)) for folder in folders)
    assert sorted(one + two) == whole
    casts = [json.loads((folder / "programma.json").read_text(encoding="utf-8")) for folder in folders[1:]]
    for field, name in (("users", "email"), ("organisations", "name")):
        mine, theirs = ({row[name] for row in cast[field]} for cast in casts)
        assert mine & theirs == set()
    assert casts[0]["programme"]["name"] != casts[1]["programme"]["name"]
    hosts = {row[0] for row in cells(folders[2], "leerwerkplekken.xlsx")}
    assert hosts <= {row["name"] for row in casts[1]["organisations"]}


@pytest.mark.parametrize("size", [0, MOST + 1])
def test_size_beyond_the_names_is_refused(tmp_path: Path, size: int) -> None:
    """There are names for so many copies and no more."""
    with pytest.raises(ValueError, match="1 to"):
        write_crowd(tmp_path, size)
