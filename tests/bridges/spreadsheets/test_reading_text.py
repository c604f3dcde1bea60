"""Text files: encodings, delimiters, headers and rows as strangers bring them."""

from __future__ import annotations

import pytest
from tests.bridges.spreadsheets.corpus import AHMED, HEADER, YASMINA, Rows, delimited, people_of, problems_of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_people_encoding_and_delimiter(two_people: Rows, encoding: str, delimiter: str) -> None:
    """The same list in any encoding and with any delimiter gives the same people."""
    reading = people_of(delimited(two_people, delimiter, encoding))

    assert reading.values == people_of(delimited(two_people)).values
    assert [person.full_name for person in reading.values] == ["Ahmed Haddad", "Yasmina Yılmaz"]
    assert reading.delimiter == delimiter


def test_people_windows_1252() -> None:
    """An export in Windows-1252 keeps its accents; a letter that it cannot hold is a "?" with a warning, and the name is kept."""
    rows = (HEADER, ("1", "Müller", "Zoë", *AHMED[3:]), ("2", "Yılmaz", "Ali", *AHMED[3:]))
    reading = people_of(delimited(rows, encoding="cp1252"))

    assert [person.last_name for person in reading.values] == ["Müller", "Y?lmaz"]
    assert (reading.encoding, problems_of(reading)) == ("windows-1252", [("B3", "spreadsheet.letter_lost", None)])


def test_people_title_rows_above_header(two_people: Rows) -> None:
    """Titles and empty lines above the header are passed over, and rows keep their number in the sheet."""
    reading = people_of(delimited((("Lijst werkzoekenden",), (), ("Stand op", "1/9/2023"), (), *two_people)))

    assert [row.number for row in reading.rows] == [6, 7]
    assert [person.full_name for person in reading.values] == ["Ahmed Haddad", "Yasmina Yılmaz"]


def test_people_declared_delimiter(two_people: Rows) -> None:
    """The line "sep=," that Excel writes names the delimiter and is no row."""
    reading = people_of(b"sep=,\r\n" + delimited(two_people, ",", "utf-8"))

    assert [(row.number, row.value and row.value.last_name) for row in reading.rows] == [(3, "Haddad"), (4, "Yılmaz")]


def test_people_level_of_dutch_under_its_letters() -> None:
    """A column "NL" says how well somebody speaks Dutch."""
    (person,) = people_of(delimited((("Naam", "Gsm", "NL"), ("Haddad", "0481 32 28 59", "A2")))).values

    assert person.dutch_level == "A2"


def test_people_other_order_and_spelling() -> None:
    """Columns in another order, in other words, in French or misspelt, are still those columns."""
    header = ("Date de naissance (dd/mm/jjjj)", "PRÉNOM", "achternaam", "klant nr.", "Beschikbaarhied", "woonplaats", "telefoonnr")
    rows = (header, ("30/05/1984", "Ahmed", "Haddad", "18194395", "ma vm", "Oostende", "0481 32 28 59"))
    (person,) = people_of(delimited(rows)).values

    assert (person.first_name, person.last_name, person.client_number) == ("Ahmed", "Haddad", "18194395")
    assert (str(person.birth_date), person.half_days, person.municipality) == ("1984-05-30", ("mon_am",), "Oostende")
    assert person.phone == "+32481322859"


def test_people_unknown_and_missing_columns(two_people: Rows) -> None:
    """A column that nobody knows is named and its cells are kept; a column that is not there is named too."""
    rows = tuple((*row, extra) for row, extra in zip(two_people, ("Lievelingskleur", "rood", ""), strict=True))
    reading = people_of(delimited(rows))

    assert reading.unknown_columns == ("Lievelingskleur",)
    assert reading.rows[0].raw["Lievelingskleur"] == "rood"
    assert "INSZ" in reading.missing_columns
    assert "Naam" not in reading.missing_columns


def test_people_empty_cell_means_unknown(two_people: Rows) -> None:
    """An empty cell is not known; only a column that lists what applies says "none" with an empty cell."""
    rows = tuple((*row, *extra) for row, extra in zip(two_people, (("Rijbewijs", "Vervoer"), ("", ""), ("B", "bus")), strict=True))
    first, second = people_of(delimited(rows)).values

    assert (first.licences, first.travel_mode, first.limits) == ((), None, None)
    assert (second.licences, second.travel_mode) == (("B",), "public_transport")


def test_people_totals_blank_rows_and_repeated_header(two_people: Rows) -> None:
    """Blank rows vanish, a total and a repeated header are set aside with their reason."""
    reading = people_of(delimited((*two_people, (), HEADER, AHMED, ("", "", ""), ("Totaal", "3"))))

    assert [row.number for row in reading.rows] == [2, 3, 6]
    assert [(row.number, row.problem.code) for row in reading.skipped] == [(5, "spreadsheet.header_again"), (8, "spreadsheet.totals_row")]


def test_people_half_rows() -> None:
    """A row that names nobody is kept with its reason and without a person; the rows around it are read."""
    nameless = ("", "", "Zonder", "", "0481 32 28 59", "", "Oostende", "", "")
    reading = people_of(delimited((HEADER, AHMED, nameless, ("bron: partner",), YASMINA)))

    assert [row.value is None for row in reading.rows] == [False, True, True, False]
    assert [code for _, code, _ in problems_of(reading)] == ["spreadsheet.name_missing", "spreadsheet.row_almost_empty"]


def test_people_name_in_one_cell() -> None:
    """A name in one cell is divided at its comma; without one it stays whole, for where it divides is a guess."""
    reading = people_of(
        delimited((("Nr", "Naam en voornaam", "Gemeente"), ("1", "Haddad, Ahmed", "Gistel"), ("2", "Van de Walle Sofie", "Gistel")))
    )

    assert [(person.last_name, person.first_name) for person in reading.values] == [("Haddad", "Ahmed"), ("Van de Walle Sofie", "")]


def test_people_very_long_name() -> None:
    """A name of 5,000 characters is a problem with a short proposal, and the row keeps all of it."""
    long_name = "Ha" * 2_500
    reading = people_of(delimited((HEADER, ("1", long_name, *AHMED[2:]))))

    assert problems_of(reading) == [("B2", "spreadsheet.text_too_long", long_name[:120])]
    assert (reading.values[0].last_name, reading.rows[0].raw["Naam"]) == (long_name[:120], long_name)


def test_people_unknown_word() -> None:
    """A word outside the list is refused with what is allowed; a small misspelling is mended with a warning."""
    rows = (HEADER, (*AHMED[:7], "Lottowinst", ""), (*YASMINA[:7], "werkloosheidsuitkerin", "voltijds"))
    reading = people_of(delimited(rows))

    assert [person.income for person in reading.values] == [None, "unemployment_benefit"]
    assert [code for _, code, _ in problems_of(reading)] == ["spreadsheet.value_not_in_list", "spreadsheet.value_mended"]


def test_people_birth_date_contradicts_national_number() -> None:
    """A birth date that is not the one in the national number is kept, with a warning."""
    rows = (("INSZ", "Naam", "Voornaam", "Geboortedatum"), ("84.65.30-197.55", "Haddad", "Ahmed", "31/05/1984"))
    reading = people_of(delimited(rows))

    assert problems_of(reading) == [("A2", "spreadsheet.birth_date_differs", None)]
    assert reading.values[0].is_test_number


def test_people_formula_in_text() -> None:
    """A text that looks like a formula stays a text, with a warning."""
    rows = ((*HEADER, "Opmerkingen"), (*AHMED, '=HYPERLINK("http://example.be","klik")'))
    reading = people_of(delimited(rows))

    assert reading.values[0].remarks == '=HYPERLINK("http://example.be","klik")'
    assert problems_of(reading) == [("J2", "spreadsheet.formula_not_run", None)]
