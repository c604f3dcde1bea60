"""Sheets of facts on paper: tagged, the same bytes every time, typed text as typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.bridges.pdf.test_letter import unpacked

from opstap.bridges.pdf.sheets import Part, Sheet, Table, sheet_pdf

SHEET = Sheet(
    title="Infofiche: groenwerker",
    reference="Programma",
    lead="",
    facts=(("Waar", "Park"),),
    parts=(Part("Taken", lines=("harken",)), Part("Plaatsen", table=Table(("Plaats", "Mentor"), (2, 1), (("groenwerker", "Els"),)))),
    notes=("Toestand op 1 september 2023.",),
    footer="groenwerker",
    page_word="blz.",
    author="Programma",
    written_on=date(2023, 9, 1),
)


def test_sheet_is_tagged_with_its_table_heads() -> None:
    """A screen reader finds title, language, parts, and which column a cell stands in."""
    inside = unpacked(sheet_pdf(SHEET))
    found = [mark in inside for mark in (b"/StructTreeRoot", b"/Marked true", b"/Lang(nl)", b"pdfuaid:part>1<", b"/S/Table", b"/S/TH")]
    assert (found, inside.count(b"/S/H1"), inside.count(b"/S/H2")) == ([True] * 6, 1, 2)


def test_same_sheet_gives_the_same_bytes() -> None:
    """Printing again changes nothing, another word does."""
    assert sheet_pdf(SHEET) == sheet_pdf(SHEET)
    assert sheet_pdf(SHEET) != sheet_pdf(replace(SHEET, lead="anders"))


def test_typed_text_is_never_read_as_markup() -> None:
    """Whatever stands in the data, it stands on paper as typed."""
    typed = '#panic("x") *vet* $1/0$ <b>'
    parts = (Part(typed, (typed,), ((typed, typed),), (typed,), Table((typed,), (1,), ((typed,),))),)
    assert sheet_pdf(replace(SHEET, lead=typed, parts=parts)).startswith(b"%PDF-")


@pytest.mark.parametrize("wrong", [((1,), (("een", "twee"),)), ((1, 1), (("een",),))])
def test_table_with_a_crooked_row_is_refused(wrong: tuple[tuple[int, ...], tuple[tuple[str, ...], ...]]) -> None:
    """Every row has a text per column, and every column a share."""
    with pytest.raises(ValueError, match="each of the 2 columns"):
        Table(("Plaats", "Mentor"), *wrong)


def test_sheet_without_title_is_refused() -> None:
    """Screen readers announce the title first."""
    with pytest.raises(ValueError, match="a sheet needs a title"):
        replace(SHEET, title=" ")
