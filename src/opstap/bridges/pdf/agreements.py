"""Agreements as tagged PDF: one sheet that says it in short, then the whole text, then room for every signature."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from opstap.bridges.pdf.typesetting import typeset

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """What one party promises, on the first sheet: a heading and short lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the text: paragraphs, then facts as (label, text), then lists as (heading, lines)."""

    title: str
    paragraphs: tuple[str, ...] = ()
    facts: Pairs = ()
    lists: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, as what."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class AgreementPaper:
    """One agreement or addendum on paper. `summary_*` is the first sheet; `basis` names the version of the text and its sources."""

    title: str
    reference: str
    summary_title: str
    summary_intro: str
    summary_facts: Pairs
    promises: tuple[Promise, ...]
    sections: tuple[Section, ...]
    signatures_title: str
    signatures_lead: str
    signatories: tuple[Signatory, ...]
    date_label: str
    signature_label: str
    basis: str
    footer: str
    page_word: str
    written_on: date
    author: str
    help_line: str = ""
    product: str = "Opstap"
    language: str = "nl"

    def __post_init__(self) -> None:
        """Raise ValueError for what nobody can sign: no title, nobody to sign."""
        if not self.title.strip() or not self.signatories:
            msg = "an agreement needs a title and somebody to sign it"
            raise ValueError(msg)


def agreement_pdf(paper: AgreementPaper) -> bytes:
    """Return the agreement as a PDF file (PDF/UA-1); the same data give the same bytes."""
    data = asdict(paper)
    data.pop("written_on")
    return typeset("agreement.typ", data, written_on=paper.written_on)
