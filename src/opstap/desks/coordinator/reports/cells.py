"""A report as a workbook: a sheet for each table, and one with what every number means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from opstap.bridges.spreadsheets.output import OutputCell, OutputColumn, OutputSheet
from opstap.desks.coordinator.exports import as_file
from opstap.steering.reports.enums import FUNNEL, Column
from opstap.ui.components.status import plain
from opstap.ui.report_words import column_word, definition, number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpResponse

    from opstap.steering.reports.queries import Group, Report, Share, Span


def report_file(report: Report, *, at: datetime) -> HttpResponse:
    """Return the report as a workbook; what is not shown on the page is not in it."""
    groups = (report.everybody, *report.groups)
    sheets = [_funnel(groups), _spans(groups), _shares(groups), _causes(report), _definitions()]
    return as_file(sheets, f"{_('report')}-{report.year}-{at:%Y-%m-%d}", title=report.programme.name, kind="xlsx", at=at)


def _sheet(name: str, titles: Sequence[tuple[str, int]], rows: Sequence[Sequence[OutputCell]]) -> OutputSheet:
    return OutputSheet(name, tuple(OutputColumn(title, width) for title, width in titles), rows)


def _name(group: Group) -> str:
    return group.name or _("none yet")


def _funnel(groups: Sequence[Group]) -> OutputSheet:
    titles = [(_("Group"), 36), *((column_word(column), 14) for column in FUNNEL)]
    return _sheet(_("Funnel"), titles, [(_name(group), *(number(group.counts[column]) for column in FUNNEL)) for group in groups])


def _spans(groups: Sequence[Group]) -> OutputSheet:
    steps = [(f"{column_word(column)}: {word}", 14) for column in FUNNEL[1:] for word in (_("people"), "Q1", _("median"), "Q3")]
    rows = [(_name(group), *(cell for span in group.spans for cell in _span(span))) for group in groups]
    return _sheet(_("Days"), [(_("Group"), 36), *steps], rows)


def _span(span: Span | None) -> tuple[OutputCell, ...]:
    return ("–",) * 4 if span is None else (span.people, round(span.first, 1), round(span.median, 1), round(span.third, 1))


def _shares(groups: Sequence[Group]) -> OutputSheet:
    words = (column_word(Column.COMPLETED), column_word(Column.WORKS))
    titles = [(_("Group"), 36)] + [(f"{word}: {part}", 14) for word in words for part in (_("people"), "n", "%", "95 % -", "95 % +")]
    rows = [(_name(group), *_share(group.completion), *_share(group.work)) for group in groups]
    return _sheet(_("Afterwards"), titles, rows)


def _share(share: Share | None) -> tuple[OutputCell, ...]:
    if share is None:
        return ("–",) * 5
    return (share.number, share.of, *(round(100 * part, 1) for part in (share.share, share.low, share.high)))


def _causes(report: Report) -> OutputSheet:
    rows = [(plain(cause.code), number(cause.people), "–" if cause.median is None else round(cause.median)) for cause in report.causes]
    return _sheet(_("Causes"), ((_("Waits for"), 40), (_("People"), 12), (_("Days, median"), 14)), rows)


def _definitions() -> OutputSheet:
    return _sheet(
        _("What is counted"), ((_("Number"), 30), (_("Definition"), 100)), [(column_word(each), definition(each)) for each in Column]
    )
