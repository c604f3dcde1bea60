"""A sheet of facts as tagged PDF: a certificate, the facts of a place, the overview of a package."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from opstap.bridges.pdf.typesetting import typeset

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the titles of its columns, their widths as shares of the page, and its rows of texts."""

    titles: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        """Raise ValueError for a row that has not one text per column."""
        wrong = next((row for row in self.rows if len(row) != len(self.titles)), None)
        if wrong is not None or len(self.shares) != len(self.titles):
            msg = f"each of the {len(self.titles)} columns has a share, and a text in every row"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Part:
    """A part under its own heading: paragraphs, then facts as (label, text), then lines, then a table."""

    title: str
    paragraphs: tuple[str, ...] = ()
    facts: Pairs = ()
    lines: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `facts` stand in the box on top, `notes` small at the end; `written_on` dates the file too."""

    title: str
    reference: str
    lead: str
    facts: Pairs
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    footer: str
    page_word: str
    author: str
    written_on: date
    product: str = "Opstap"
    language: str = "nl"

    def __post_init__(self) -> None:
        """Raise ValueError for a sheet without a title: screen readers announce it first."""
        if not self.title.strip():
            msg = "a sheet needs a title"
            raise ValueError(msg)


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF file (PDF/UA-1); the same data give the same bytes."""
    data = asdict(sheet)
    data.pop("written_on")
    return typeset("sheet.typ", data, written_on=sheet.written_on)
