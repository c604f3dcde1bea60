"""Lists as files: a workbook or text that a Dutch Excel opens in columns."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import gettext as _

from opstap.bridges.spreadsheets.output import OutputCell, OutputColumn, OutputSheet, as_delimited, write_sheets
from opstap.engine.shared import Reason
from opstap.steering.overviews.queries.funnel import Waiting
from opstap.steering.overviews.queries.round_people import NotPlacedLine
from opstap.steering.overviews.queries.round_places import RoundPlaceLine
from opstap.steering.overviews.queries.round_proposals import AlternativeLine, ProposalLine
from opstap.ui.components.states import STATES
from opstap.ui.components.status import plain, reason

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def waiting_file(rows: Iterable[Waiting], programme: str, *, kind: str, at: datetime) -> HttpResponse:
    """Return the people behind a number as a file: `kind` is "xlsx" or "csv"."""
    titles = ((_("Name"), 28), (_("Stage"), 18), (_("Waits for"), 32), (_("Days"), 8), (_("Counsellor"), 22), (_("Referred on"), 14))
    cells = [(row.name, word(row.stage), plain(row.cause), row.days, row.counsellor, row.referred_on) for row in rows]
    return as_file([_sheet(_("People"), titles, cells)], f"{_('waiting list')}-{at:%Y-%m-%d}", title=programme, kind=kind, at=at)


def round_file(
    proposals: Iterable[ProposalLine],
    people: Iterable[NotPlacedLine],
    empty: Iterable[RoundPlaceLine],
    priced: Iterable[RoundPlaceLine],
    *,
    at: datetime,
) -> HttpResponse:
    """Return a round as a workbook: proposals, not placed, empty places, prices."""
    sheets = [_proposals(proposals), _not_placed(people), _empty(empty), _priced(priced)]
    return as_file(sheets, f"{_('round')}-{at:%Y-%m-%d}", title=_("Round"), kind="xlsx", at=at)


def word(state: str) -> str:
    """Return a state in words."""
    return _(STATES[state].word)


def as_file(sheets: Sequence[OutputSheet], name: str, *, title: str, kind: str, at: datetime) -> HttpResponse:
    """Return the sheets as an answer that is saved as a file; a text file holds the first sheet."""
    if kind == "csv":
        response = HttpResponse(as_delimited(sheets[0]), content_type="text/csv; charset=utf-8")
    else:
        kind = "xlsx"
        with tempfile.TemporaryDirectory() as folder:
            (written,) = write_sheets(Path(folder) / "list.xlsx", sheets, title=title, at=at)
            response = HttpResponse(written.read_bytes(), content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _sheet(name: str, titles: Iterable[tuple[str, int]], rows: Sequence[Sequence[OutputCell]]) -> OutputSheet:
    return OutputSheet(name, tuple(OutputColumn(title, width) for title, width in titles), rows)


def _text(reasons: Iterable[Reason]) -> str:
    return "\n".join(reason(each) for each in reasons)


def _alternative(line: AlternativeLine) -> str:
    return f"{line.place}, {line.host}\n{_text((*line.difference, line.cost))}"


def _proposals(lines: Iterable[ProposalLine]) -> OutputSheet:
    titles = (
        (_("Name"), 26), (_("Place"), 30), (_("Host"), 24), (_("Instrument"), 20), (_("Starts on"), 13), (_("Why"), 60),
        (_("Alternatives"), 60), (_("One more seat here"), 40), (_("Stands"), 16),
    )  # fmt: skip
    rows = [
        (line.name, line.place, line.host, plain(line.instrument), line.starts_on, _text(line.reasons),
         "\n".join(_alternative(each) for each in line.alternatives), reason(line.price), word(line.state))
        for line in lines
    ]  # fmt: skip
    return _sheet(_("Proposals"), titles, rows)


def _not_placed(lines: Iterable[NotPlacedLine]) -> OutputSheet:
    titles = (
        (_("Name"), 26), (_("Counsellor"), 22), (_("Waiting since"), 13), (_("Main obstacle"), 26), (_("Places possible"), 10),
        (_("Nearest place"), 30), (_("What stands in the way"), 56), (_("Smallest change"), 56), (_("Ask"), 40),
    )  # fmt: skip
    rows = [
        (line.name, line.counsellor, line.referred_on, reason(line.obstacle), line.possible, line.nearest, _text(line.in_the_way),
         _text(line.change.reasons) if line.change else "", _text(line.questions))
        for line in lines
    ]  # fmt: skip
    return _sheet(_("Not placed"), titles, rows)


def _empty(lines: Iterable[RoundPlaceLine]) -> OutputSheet:
    titles = (
        (_("Place"), 30), (_("Host"), 24), (_("Seats"), 8), (_("Empty seats"), 8), (_("What keeps people out"), 56),
        (_("Smallest change of the place"), 56),
    )  # fmt: skip
    rows = [
        (line.title, line.host, line.seats, line.empty, "\n".join(f"{reason(each.rule)}: {each.total}" for each in line.kept_out),
         "\n".join(f"{_text(each.reasons)} (+{each.opens})" for each in line.changes))
        for line in lines
    ]  # fmt: skip
    return _sheet(_("Empty places"), titles, rows)


def _priced(lines: Iterable[RoundPlaceLine]) -> OutputSheet:
    titles = ((_("Place"), 30), (_("Host"), 24), (_("Seats"), 8), (_("One more seat here"), 60))
    return _sheet(_("Prices"), titles, [(line.title, line.host, line.seats, reason(line.price)) for line in lines])
