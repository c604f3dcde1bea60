"""The caseload: found, filtered, sorted, and taken out as a file that is recorded."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.bridges.spreadsheets.output import OutputCell, OutputColumn, OutputSheet, as_delimited, write_sheets
from opstap.desks.counsellor.caseload_cells import caseload_rows
from opstap.desks.counsellor.forms.caseload import FilterForm, choice_of
from opstap.desks.counsellor.forms.follow_up import AssignForm
from opstap.desks.counsellor.reach import staff_of
from opstap.foundation.clock import day_of, now
from opstap.journey.referrals.operations import export_case_files
from opstap.steering.overviews.queries.caseload import caseload as people_of
from opstap.steering.overviews.queries.caseload import exported_lines
from opstap.steering.overviews.queries.team import counsellors
from opstap.ui.components.states import STATES
from opstap.ui.components.status import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opstap.steering.overviews.queries.caseload import CaseLine

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def caseload(request: HttpRequest) -> HttpResponse:
    """Show a page of the people who are followed, as chosen."""
    actor = staff_of(request)
    moment = now()
    choice = choice_of(request.GET)
    load = people_of(actor, choice, moment, page=request.GET.get("page"))
    colleagues = [(str(user.pk), user.name) for user in counsellors(actor, day_of(moment))] if load.is_team else []
    form = FilterForm(request.GET, municipalities=load.municipalities, counsellors=colleagues)
    context = {
        "load": load,
        "form": form,
        "rows": caseload_rows(load.people, is_team=load.is_team, may_assign=bool(colleagues)),
        "assign": AssignForm(counsellors=colleagues) if colleagues else None,
        "is_chosen": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "counsellor/caseload.html", context)


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Answer with the chosen people as a workbook or as text; who takes out whom is recorded."""
    actor = staff_of(request)
    moment = now()
    referrals, lines = exported_lines(actor, choice_of(request.GET), moment)
    export_case_files(referrals=referrals, by=actor, at=moment)
    sheet = _sheet(lines)
    if request.POST.get("soort") == "csv":
        return _file(as_delimited(sheet), "text/csv; charset=utf-8", f"caseload-{day_of(moment)}.csv")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "caseload.xlsx"
        write_sheets(path, [sheet], title=_("Caseload"), at=moment)
        return _file(path.read_bytes(), XLSX, f"caseload-{day_of(moment)}.xlsx")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _sheet(lines: Sequence[CaseLine]) -> OutputSheet:
    titles = (_("Name"), _("Municipality"), _("Stage"), _("Waits for"), _("Days at this stage"), _("Referred on"), _("Last contact"))
    columns = tuple(OutputColumn(title) for title in (*titles, _("Put aside until"), _("Counsellor")))
    return OutputSheet(_("Caseload"), columns, [_cells(line) for line in lines], empty=_("Nobody"))


def _cells(line: CaseLine) -> list[OutputCell]:
    waits = plain(line.cause) if line.cause != "none" else ""
    stage = _(STATES[line.stage].word)
    return [
        line.name, line.municipality, stage, waits, line.days, line.referred_on, line.contact_on, line.snoozed_until, line.counsellor,
    ]  # fmt: skip
