"""A plan as tagged PDF: where somebody wants to go, goals with who does what by when, what they can do, what was said."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from opstap.bridges.pdf.typesetting import typeset


@dataclass(frozen=True, slots=True)
class PlanGoal:
    """A goal, the lines under it, and its actions as (what, who, by when, done)."""

    text: str
    lines: tuple[str, ...]
    actions: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanRemark:
    """What somebody said, and who and when."""

    text: str
    by: str


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """One version of a plan on paper; `levels` are (competence, now, wanted), `signatures` the lines to sign on (none when agreed)."""

    title: str
    name: str
    reference: str
    aim_title: str
    aim: str
    goals_title: str
    action_heads: tuple[str, str, str, str]
    goals: tuple[PlanGoal, ...]
    levels_title: str
    level_heads: tuple[str, str, str]
    levels: tuple[tuple[str, str, str], ...]
    remarks_title: str
    remarks: tuple[PlanRemark, ...]
    agreed: str
    signatures: tuple[str, ...]
    footer: str
    written_on: date
    author: str
    product: str = "Opstap"
    language: str = "nl"


def plan_pdf(paper: PlanPaper) -> bytes:
    """Return the plan as a PDF file (PDF/UA-1); the same data give the same bytes."""
    data = asdict(paper)
    data.pop("written_on")
    return typeset("plan.typ", data, written_on=paper.written_on)
