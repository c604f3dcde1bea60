"""One row: what stands there, and what somebody decides about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.coordinator.imports.forms import CorrectionForm
from opstap.desks.coordinator.imports.found import found_row
from opstap.desks.coordinator.imports.shown import Shown
from opstap.engine.shared import Reason, Refused
from opstap.foundation import clock
from opstap.journey.imports.operations import choose_values, correct_row, join_row, separate_row, skip_row
from opstap.journey.imports.queries.rows import row_page
from opstap.ui.requests import actor_of
from opstap.ui.words import say, translate
from opstap.ui.words_imports import FIELDS

if TYPE_CHECKING:
    from opstap.journey.imports.queries.rows import RowPage


@login_required
@require_safe
def row(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Show a row: its problems, what it would change, who looks alike, and every cell."""
    found = found_row(actor_of(request), row_id)
    page = row_page(actor_of(request), found)
    return _page(request, found, page, CorrectionForm(cells=page.cells, problems=page.line.problems))


def _page(request: HttpRequest, found: Any, page: RowPage, form: CorrectionForm, refusal: str = "") -> HttpResponse:  # noqa: ANN401 - a row
    context = {
        "row": found,
        "page": page,
        "shown": Shown.of(page.line),
        "form": form,
        "refusal": refusal,
        "fixes": [(number, cell, problem) for number, cell, problem in _fixes(page)],
        "changes": [(_name(each.name), each) for each in page.changes],
        "conflicts": [(_name(each.name), each) for each in page.conflicts],
        "candidates": [(each, [(_name(line.name), line) for line in each.lines]) for each in page.candidates],
    }
    return render(request, "coordinator/imports/row.html", context, status=422 if refusal else 200)


def _name(field: str) -> str:
    return translate(FIELDS.get(field, field)).capitalize()


def _fixes(page: RowPage) -> list[tuple[int, Any, Any]]:
    """Return the cells with a problem: their number in the row, the cell and the problem."""
    numbers = {cell.header: (number, cell) for number, cell in enumerate(page.cells)}
    return [(*numbers[problem.column], problem) for problem in page.line.problems if problem.is_cell and problem.column in numbers]


@login_required
@require_POST
def correct(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Take a proposed fix, leave a cell empty, or put in what was typed; the row is then read again."""
    actor = actor_of(request)
    found = found_row(actor, row_id)
    page = row_page(actor, found)
    form = CorrectionForm(request.POST, cells=page.cells, problems=page.line.problems)
    cells = _one_click(request, page)
    if cells is None:
        cells = form.corrected() if form.is_valid() else {}
    if not cells:
        return _page(request, found, page, form, say(Reason("imports.nothing_corrected")))
    try:
        corrected = correct_row(row=found, cells=cells, by=actor, at=clock.now())
    except Refused as refused:
        return _page(request, found, page, form, say(refused.reason))
    problems = len(corrected.problems or [])
    messages.success(
        request, _("Corrected: the row is right now.") if not problems else _("Corrected. Something else is still to look at.")
    )
    return redirect("coordinator:imports:row", found.pk)


def _one_click(request: HttpRequest, page: RowPage) -> dict[str, str] | None:
    """Return the cell of the button that was pressed (each with the cell's number), None when something was typed."""
    fixes = {str(number): (cell.header, problem.proposal) for number, cell, problem in _fixes(page)}
    for button in ("accept", "empty"):
        fix = fixes.get(request.POST.get(button, ""))
        if fix is not None:
            return {fix[0]: (fix[1] or "") if button == "accept" else ""}
    chosen = request.POST.get("which", "")
    offered = {f"{number}:{choice}": {cell.header: choice} for number, cell, problem in _fixes(page) for choice in _choices(problem)}
    return offered.get(chosen)


def _choices(problem: Any) -> tuple[str, ...]:  # noqa: ANN401 - a problem of the row
    """Return what can be chosen from where a cell may mean several."""
    choices: tuple[str, ...] = problem.reason.facts.get("choices", ())
    return choices


def _decide(request: HttpRequest, row_id: UUID, decide: Callable[..., Any], done: str, **given: Any) -> HttpResponse:  # noqa: ANN401 - what each decision takes
    actor = actor_of(request)
    found = found_row(actor, row_id)
    try:
        decide(row=found, by=actor, at=clock.now(), **given)
    except Refused as refused:
        page = row_page(actor, found)
        return _page(request, found, page, CorrectionForm(cells=page.cells, problems=page.line.problems), say(refused.reason))
    messages.success(request, done)
    return redirect("coordinator:imports:row", found.pk)


@login_required
@require_POST
def choose(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Take the list's value of a field, or keep what is known."""
    take, keep = request.POST.getlist("take"), request.POST.getlist("keep")
    return _decide(request, row_id, choose_values, _("Your choice is kept."), take=take, keep=keep)


@login_required
@require_POST
def join(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """The row and the candidate are the same."""
    try:
        candidate = UUID(request.POST.get("candidate", ""))
    except ValueError as error:
        raise Http404 from error
    return _decide(request, row_id, join_row, _("The same person. Applying the row fills in what was not known."), candidate_id=candidate)


@login_required
@require_POST
def separate(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """The row is about somebody else than all candidates."""
    return _decide(request, row_id, separate_row, _("Kept apart. Nobody will be asked again."))


@login_required
@require_POST
def skip(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Leave the row out."""
    return _decide(request, row_id, skip_row, _("The row is left out. It stays to be seen here."))
