"""The whole route: two lists in, a workbook out, on the lists of Oostende and on what a stranger would bring."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from opstap.desks.spreadsheet.command import DONE, REFUSED, WRONG_USE, main

DEMO = Path(__file__).parents[3] / "demo" / "oostende"
PEOPLE, PLACES = DEMO / "werkzoekenden.xlsx", DEMO / "leerwerkplekken.xlsx"
SHEETS = ["Lees mij", "Voorstellen", "Niet geplaatst", "Lege plaatsen", "Prijzen", "Waar prospecteren", "Rijen met problemen", "Dubbels"]
SEATS, TRAINED_SEATS, PEOPLE_IN_LIST = 39, 32, 320
"""Places in the list; those whose mentor is trained on 1 September 2023; people once the six double rows are set aside."""


def match(out: Path, people: Path = PEOPLE, places: Path = PLACES, *more: str) -> int:
    """Run the command as a coordinator would, on 1 September 2023."""
    return main(["match", "--people", str(people), "--places", str(places), "--on", "2023-09-01", "--out", str(out), *more])


def table(book: openpyxl.Workbook, sheet: str) -> list[dict[str, object]]:
    """Return the rows of a sheet by their heading."""
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    """The workbook made of the lists of Oostende."""
    out = tmp_path_factory.mktemp("uit") / "voorstel.xlsx"
    assert match(out) == DONE
    return openpyxl.load_workbook(out)


def test_match_sheets(book: openpyxl.Workbook) -> None:
    """The workbook has its sheets, in the order in which one reads them."""
    assert book.sheetnames == SHEETS


def test_match_everyone_once(book: openpyxl.Workbook) -> None:
    """Every person of the list stands in exactly one of the two sheets, and the double rows in neither."""
    placed, waiting = table(book, "Voorstellen"), table(book, "Niet geplaatst")
    numbers = [row["Klantnummer"] for row in (*placed, *waiting) if row["Klantnummer"]]

    assert (len(placed), len(placed) + len(waiting)) == (TRAINED_SEATS, PEOPLE_IN_LIST)
    assert len(numbers) == len(set(numbers))


def test_match_places_full_or_explained(book: openpyxl.Workbook) -> None:
    """Seats taken and seats explained as empty are all the seats there are, and every empty one says what would fill it."""
    empty = table(book, "Lege plaatsen")

    assert sum(int(str(row["Leeg"])) for row in empty) + TRAINED_SEATS == SEATS
    assert all(row["Wat mensen tegenhoudt"] and row["Kleinste verandering van de plek"] for row in empty)


def test_match_proposals_say_why(book: openpyxl.Workbook) -> None:
    """Every proposal has its reasons, its place, its day and its price."""
    rows = table(book, "Voorstellen")

    assert all(row["Waarom"] and row["Plaats"] and row["Kan starten op"] and row["Prijs van deze plaats"] for row in rows)
    assert sum(bool(row["Alternatief 1"] and row["Verschil 1"]) for row in rows) > TRAINED_SEATS // 2


def test_match_people_on_living_wage_get_no_community_service(book: openpyxl.Workbook) -> None:
    """Whoever lives on leefloon is never proposed for community service, and the badge says so."""
    source = openpyxl.load_workbook(PEOPLE)["Werkzoekenden"]
    head = [str(cell.value) for cell in source[1]]
    on_living_wage = {
        str(row[0]).strip() for row in source.iter_rows(min_row=2, values_only=True) if row[head.index("Inkomen")] == "Leefloon"
    }
    proposed = {row["Klantnummer"] for row in table(book, "Voorstellen") if row["Instrument"] == "gemeenschapsdienst"}
    badge = "Geen uitgesloten inkomen (gemeenschapsdienst)"
    badges = {row[badge] for row in table(book, "Niet geplaatst") if row["Klantnummer"] in on_living_wage}

    assert len(on_living_wage) > 30
    assert (proposed & on_living_wage, badges) == (set(), {"niet voldaan"})


def test_match_no_change_that_the_rules_refuse(book: openpyxl.Workbook) -> None:
    """Nobody whose income shuts community service is told to get a decision for it."""
    rows = [row for row in table(book, "Niet geplaatst") if row["Geen uitgesloten inkomen (gemeenschapsdienst)"] == "niet voldaan"]

    assert len(rows) > 30
    assert not [row["Naam"] for row in rows if "beslissing voor: gemeenschapsdienst" in str(row["Kleinste verandering"])]


def test_match_unknown_income_is_asked(book: openpyxl.Workbook) -> None:
    """Where the list says "?" for the income, the badge says unknown; the question is asked only of whom the answer can still admit."""
    rows = [row for row in table(book, "Niet geplaatst") if row["Toegelaten inkomen (gemeenschapsdienst)"] == "onbekend"]
    registered = [str(row["Lang genoeg ingeschreven (leerwerkplek en gemeenschapsdienst)"]) for row in rows]

    assert sorted(registered) == ["niet voldaan tot 02/06/2025", "voldaan", "voldaan"]
    assert [row["Vraag"] is not None for row in rows] == [answer == "voldaan" for answer in registered]


def test_match_problems_of_oostende(book: openpyxl.Workbook) -> None:
    """The dirt in the lists of Oostende is found cell by cell, each with its reason in plain Dutch."""
    rows = table(book, "Rijen met problemen")
    cells = [row["Cel"] for row in rows if row["Bestand"] == "werkzoekenden.xlsx"]

    assert sorted(map(str, cells)) == sorted(
        "K29 O38 P87 B96 E97 K106 K113 L199 O199 P200 P215 L260 B280 AA295 B306 E315".split()  # noqa: SIM905 - reads as the list in the sheet
    )
    assert [(row["Cel"], row["Kolom"]) for row in rows if row["Bestand"] == "leerwerkplekken.xlsx"] == [("C18", "KBO")]
    assert all(row["Wat er mis is"] for row in rows)


def test_match_duplicates_of_oostende(book: openpyxl.Workbook) -> None:
    """Six people stand in the list twice; one pair shares an address and a name but not a birth date."""
    rows = table(book, "Dubbels")

    assert [(row["Rij"], row["Andere rij"], row["Hoe zeker"]) for row in rows] == [
        (6, 54, "zeker"),
        (18, 219, "zeker"),
        (39, 222, "waarschijnlijk"),
        (53, 84, "zeker"),
        (144, 213, "zeker"),
        (172, 180, "zeker"),
        (276, 285, "zeker"),
    ]


def test_match_nothing_runs(book: openpyxl.Workbook) -> None:
    """No cell of the workbook is a formula, though the list held one."""
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_match_csv_gives_the_same_proposals(book: openpyxl.Workbook, tmp_path: Path) -> None:
    """The same list as a text file in Windows-1252, written as text files, proposes the same people for the same places."""
    assert match(tmp_path / "voorstel.csv", DEMO / "werkzoekenden.csv") == DONE
    rows = list(csv.DictReader(io.StringIO((tmp_path / "voorstel.csv").read_text(encoding="utf-8-sig"), newline=""), delimiter=";"))

    assert {(row["Klantnummer"], row["Plaats"]) for row in rows} == {
        (row["Klantnummer"] or "", row["Plaats"]) for row in table(book, "Voorstellen")
    }


def test_match_in_english(tmp_path: Path) -> None:
    """With another language every sheet speaks it."""
    out = tmp_path / "proposal.xlsx"

    assert match(out, PEOPLE, PLACES, "--lang", "en") == DONE
    assert openpyxl.load_workbook(out, read_only=True).sheetnames[:3] == ["Read me", "Proposals", "Not placed"]


def test_match_one_instrument(tmp_path: Path) -> None:
    """With one instrument only, places that do not offer it are left out with the reason."""
    out = tmp_path / "voorstel.xlsx"
    assert match(out, PEOPLE, PLACES, "--instrument", "community_service") == DONE
    result = openpyxl.load_workbook(out)

    assert {row["Instrument"] for row in table(result, "Voorstellen")} == {"gemeenschapsdienst"}
    assert sum("hoort niet bij deze ronde" in str(row["Wat er mis is"]) for row in table(result, "Rijen met problemen")) == 9


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--on", "morgen"), "“morgen” is geen dag. Schrijf jaar-maand-dag, bijvoorbeeld 2023-09-01."),
        (("--order", "placed,luck"), "We kennen luck niet in de volgorde."),
        (("--order", "wishes"), "“placed” moet in de volgorde staan"),
        (("--instrument", "magic"), "Er is geen instrument magic."),
        (("--out", "voorstel.docx"), "voorstel.docx eindigt anders"),
        (("--people", "nergens.xlsx"), "nergens.xlsx: We vinden het bestand nergens.xlsx niet."),
        (("--people", str(PLACES)), "leerwerkplekken.xlsx: We vonden geen rij met kolomnamen."),
        (("--neighbourhoods", str(PLACES)), "leerwerkplekken.xlsx is geen lijst met wijken"),
        (("--out", "/nergens/voorstel.xlsx"), "kan niet geschreven worden"),
    ],
)
def test_match_refused_in_plain_words(words: Sequence[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be used is refused with a sentence that says what to do, and nothing is written."""
    assert match(tmp_path / "voorstel.xlsx", PEOPLE, PLACES, *words) == REFUSED
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_match_other_word(capsys: pytest.CaptureFixture[str]) -> None:
    """Another word than "match" gets the use of the command."""
    assert main([]) == WRONG_USE
    assert capsys.readouterr().err.startswith("Gebruik: match --people")


def test_match_stranger(tmp_path: Path) -> None:
    """A small list from elsewhere, with its own words, one unknown and a neighbourhood nobody knows, gives a proposal and a question."""
    people, places = tmp_path / "klanten.csv", tmp_path / "plekken.csv"
    people.write_text(
        "Lijst september\n\n"
        "familienaam,prenom,woonplaats,inschrijvingsdatum,uitkering,beschikbaarheid,NT2,vervoermiddel,rijbewijs,beperkingen\n"
        "Haddad,Ahmed,Oostende,1 mrt 2019,WW,ma-vr,A2,fiets,,\n"
        "Peeters,Griet,Oostende,01-02-2018,WW,deeltijds,moedertaal,fiets,,\n",
        encoding="utf-8",
    )
    places.write_text(
        "host\tfunctie\tplekken\twanneer\tvanaf\tt/m\tgemeente\tstatuut\nStad\tkok\t1\tma vm, di vm\t1/9/23\t31/12/2023\tOostende\tGD\n",
        encoding="utf-16",
    )
    out = tmp_path / "voorstel.xlsx"

    assert match(out, people, places) == DONE
    book = openpyxl.load_workbook(out)
    (proposal,), (waiting,) = table(book, "Voorstellen"), table(book, "Niet geplaatst")
    assert (proposal["Naam"], proposal["Plaats"], proposal["Organisatie"]) == ("Ahmed Haddad", "kok", "Stad")
    assert (waiting["Naam"], waiting["In het kort"]) == ("Griet Peeters", "eerst vragen")
    assert "halve dagen" in str(waiting["Vraag"])
