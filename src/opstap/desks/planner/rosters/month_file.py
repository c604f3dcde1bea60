"""A month of hours as a file: by worker for pay, by member for the invoices."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import gettext as _

from opstap.bridges.spreadsheets.output import OutputCell, OutputColumn, OutputSheet, as_delimited, write_sheets
from opstap.desks.planner.templatetags.association import duration
from opstap.engine.shared import Reason
from opstap.steering.overviews.queries.worked_month import MonthPart, WorkedMonthPage
from opstap.ui.components.status import day, reason

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def month_file(page: WorkedMonthPage, association: str, kind: str, at: datetime) -> HttpResponse:
    """Return the month as a workbook with both sheets; `kind` "csv" gives the workers as text, "leden" the members as text."""
    sheets, name = [_workers(page), _members(page)], f"{_('worked-hours')}-{page.month:%Y-%m}"
    if kind in {"csv", "leden"}:
        data, extension, what = as_delimited(sheets[kind == "leden"]), "csv", "text/csv; charset=utf-8"
    else:
        with tempfile.TemporaryDirectory() as folder:
            (written,) = write_sheets(Path(folder) / "hours.xlsx", sheets, title=f"{association} {page.month:%m/%Y}", at=at)
            data, extension, what = written.read_bytes(), "xlsx", _WORKBOOK
    response = HttpResponse(data, content_type=what)
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response


def _workers(page: WorkedMonthPage) -> OutputSheet:
    """Return a row for each worker and member, and for each kind of days that were not worked; minutes as whole numbers.

    A correction has rows of its own, with the difference. What was planned stands in the first row of a worker, so that columns add up.
    """
    titles = (
        _("Number"),
        _("Name"),
        _("Member"),
        _("Not worked"),
        _("Days"),
        _("Minutes"),
        _("Hours"),
        _("Premium of the quarter, per cent"),
        _("Minutes planned, once per worker"),
        _("Booking"),
    )
    rows: list[list[OutputCell]] = []
    for part, line in ((each, line) for each in page.parts for line in each.workers):
        head: list[OutputCell] = [line.contract.number, line.name]
        worked = [(member, time) for member, time in zip(page.members, line.times, strict=True) if time.minutes or time.days]
        own: list[list[OutputCell]] = [
            [*head, member, "", time.days, time.minutes, duration(time.minutes), line.percent] for member, time in worked
        ]
        own += [
            [*head, "", reason(Reason(each.label)), each.time.days, each.time.minutes, duration(each.time.minutes), line.percent]
            for each in line.away
        ]
        rows += [[*row, "" if place or _is_correction(part) else line.planned, _booking(part)] for place, row in enumerate(own)]
    return OutputSheet(_("Workers"), tuple(OutputColumn(title) for title in titles), rows, empty=_("Nobody"))


def _members(page: WorkedMonthPage) -> OutputSheet:
    """Return a row for each member and worker, those of corrections apart, and the sum of each member."""
    titles = (_("Member"), _("Name"), _("Days"), _("Minutes"), _("Hours"), _("Booking"))
    rows: list[list[OutputCell]] = []
    for place, member in enumerate(page.invoices):
        for part in page.parts:
            lines = part.invoices[place].lines
            rows += [[member.name, name, time.days, time.minutes, duration(time.minutes), _booking(part)] for name, time in lines]
        rows.append([member.name, _("Together"), member.total.days, member.total.minutes, duration(member.total.minutes), ""])
    rows.append([_("Together"), "", page.total.days, page.total.minutes, duration(page.total.minutes), ""])
    return OutputSheet(_("Members"), tuple(OutputColumn(title) for title in titles), rows, empty=_("Nobody"))


def _is_correction(part: MonthPart) -> bool:
    return part.closing is not None and part.closing.number > 1


def _booking(part: MonthPart) -> str:
    """Return what a row is: the month, or a correction with its number and the day on which it was approved."""
    closing = part.closing
    if closing is None or closing.number == 1:
        return _("the month")
    return _("correction %(number)s, %(day)s") % {"number": closing.number - 1, "day": day(closing.approved_at)}
