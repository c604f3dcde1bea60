"""The report of a programme, the people behind a number, and the same as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.coordinator.reports.cells import report_file
from opstap.desks.coordinator.views.programme import id_in, steered_programme
from opstap.foundation import clock
from opstap.steering.reports.enums import FUNNEL, SPANS, Column, Part
from opstap.steering.reports.operations import export_report
from opstap.steering.reports.queries import Group, latest_year, people_behind, report_on
from opstap.ui.report_words import column_word, definition, part_word
from opstap.ui.requests import actor_of

YEARS = 5
"""Years back that can be chosen."""


def _chosen(given: Any, otherwise: int | None = None) -> tuple[int, Part]:  # noqa: ANN401 - GET or POST
    """Return the year (`otherwise`, or this one, when none is asked) and the part; raises Http404 for one that is not offered."""
    this = localtime(clock.now()).year
    year = given.get("jaar", "") or str(max(otherwise or this, this - YEARS + 1))
    part = given.get("deel", "") or Part.PLACE.value
    if not (year.isdecimal() and this - YEARS < int(year) <= this) or part not in set(Part):
        raise Http404
    return int(year), Part(part)


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show a report with the definition under each number."""
    actor = actor_of(request)
    programme = steered_programme(request, actor)
    year, part = _chosen(request.GET, None if request.GET.get("jaar") else latest_year(actor, programme, clock.now()))
    report = report_on(actor, programme, year=year, part=part, at=clock.now())
    if report is None:
        raise Http404
    this = localtime(clock.now()).year
    context = {
        "programme": programme,
        "report": report,
        "tables": _tables([_line(group) for group in (report.everybody, *report.groups)]),
        "causes": [cause for cause in report.causes if cause.people is not None],
        "causes_hidden": sum(cause.people is None for cause in report.causes),
        "columns": [(column, column_word(column), definition(column)) for column in FUNNEL],
        "spans": [(column_word(before), column_word(after)) for before, after in SPANS],
        "completed": definition(Column.COMPLETED),
        "works": definition(Column.WORKS),
        "parts": [(each.value, part_word(each)) for each in Part],
        "part_name": part_word(part),
        "years": range(this, this - YEARS, -1),
    }
    return render(request, "coordinator/reports/report.html", context)


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of which some number may be shown; of the `hidden` groups every number is about too few people."""

    lines: list[dict[str, Any]]
    hidden: int


def _tables(lines: list[dict[str, Any]]) -> dict[str, Table]:
    """Return a table for the steps, the days and what came after: a line without any number is counted, not shown."""
    seen = {
        "funnel": [line for line in lines if any(count is not None for _, _, count in line["funnel"])],
        "spans": [line for line in lines if any(span is not None for _, span in line["spans"])],
        "after": [line for line in lines if line["completion"] is not None or line["work"] is not None],
    }
    groups = sum(line["key"] != "all" for line in lines)
    return {name: Table(shown, groups - sum(line["key"] != "all" for line in shown)) for name, shown in seen.items()}


def _line(group: Group) -> dict[str, Any]:
    """Return one line with the name of each number beside it: on a phone every number stands alone."""
    spans = [(f"{column_word(before)} → {column_word(after)}", span) for (before, after), span in zip(SPANS, group.spans, strict=True)]
    funnel = [(column, column_word(column), count) for column, count in group.funnel]
    return {"key": group.key, "name": group.name, "funnel": funnel, "spans": spans, "completion": group.completion, "work": group.work}


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show who is counted in one number, by name."""
    actor = actor_of(request)
    programme = steered_programme(request, actor)
    year, part = _chosen(request.GET)
    column, key = request.GET.get("getal", Column.REFERRED.value), request.GET.get("groep", "")
    if column not in set(Column) or (key not in {"", "all"} and id_in(key) is None):
        raise Http404
    within = None if key == "all" else part
    shown = people_behind(actor, programme, year=year, column=Column(column), part=within, key=key, at=clock.now())
    if shown is None:
        raise Http404
    context = {"programme": programme, "people": shown, "year_text": str(year), "part": part.value, "title": column_word(Column(column))}
    return render(request, "coordinator/reports/people.html", context)


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Answer with the same report as a file; that it was taken out is kept."""
    actor = actor_of(request)
    programme = steered_programme(request, actor)
    year, part = _chosen(request.POST)
    report = export_report(programme=programme, year=year, part=part, by=actor, at=clock.now())
    return report_file(report, at=clock.now())
