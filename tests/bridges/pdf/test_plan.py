"""A plan on paper: tagged for screen readers, the same bytes every time, nothing read as markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.bridges.pdf.test_letter import unpacked

from opstap.bridges.pdf.plans import PlanGoal, PlanPaper, PlanRemark, plan_pdf

PAPER = PlanPaper(
    title="Ondersteuningsplan",
    name="Noor Peeters",
    reference="Versie 1, gedeeld, 1 september 2023",
    aim_title="Waar je naartoe wil",
    aim="Werken in een keuken",
    goals_title="Jouw doelen",
    action_heads=("Wat", "Wie", "Tegen wanneer", "Gedaan"),
    goals=(PlanGoal("Afwassen", ("Het werk leren",), (("Samen afwassen", "je mentor", "1 oktober 2023", ""),)),),
    levels_title="Wat je kunt",
    level_heads=("Werk", "Nu", "Jij wil"),
    levels=(("Afwassen", "met hulp", "alleen"),),
    remarks_title="Wat er gezegd is",
    remarks=(PlanRemark("Ik wil liever bakken.", "jij, 1 september 2023"),),
    agreed="Klopt dit?",
    signatures=("Noor Peeters", "Els"),
    footer="Opstap",
    written_on=date(2023, 9, 1),
    author="Stad Oostende",
)


def test_plan_is_tagged_and_has_tables_with_heads() -> None:
    """A screen reader finds structure, language and the heads of the two tables, as PDF/UA-1 asks."""
    inside = unpacked(plan_pdf(PAPER))
    found = [mark in inside for mark in (b"/StructTreeRoot", b"/Marked true", b"/Lang(nl)", b"pdfuaid:part>1<")]
    heads = inside.count(b"/S/TH") - inside.count(b"/S/THead")
    assert (found, inside.count(b"/S/H1"), heads) == ([True] * 4, 1, 7)


def test_same_plan_gives_the_same_bytes() -> None:
    """Printing a version again changes nothing; another word does."""
    assert (plan_pdf(PAPER) == plan_pdf(PAPER), plan_pdf(PAPER) == plan_pdf(replace(PAPER, aim="Bakken"))) == (True, False)


def test_words_are_never_read_as_markup() -> None:
    """Whatever somebody writes stands on paper as written; a plan without goals, levels or remarks prints too."""
    typed = '#panic("x") *vet* $1/0$ <b>'
    goal = PlanGoal(typed, (typed,), ((typed, typed, typed, typed),))
    full = replace(PAPER, aim=typed, goals=(goal,), levels=((typed, typed, typed),), remarks=(PlanRemark(typed, typed),))
    bare = replace(PAPER, goals=(), levels=(), remarks=(), signatures=())
    assert (plan_pdf(full)[:5], plan_pdf(bare)[:5]) == (b"%PDF-", b"%PDF-")
