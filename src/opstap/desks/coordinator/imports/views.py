"""Lists: those that came in, a new one, and one list with all its rows."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.bridges.spreadsheets.archives import is_long
from opstap.desks.coordinator.imports.forms import UploadForm
from opstap.desks.coordinator.imports.found import found_batch
from opstap.desks.coordinator.imports.shown import Shown, filters
from opstap.engine.shared import Refused
from opstap.foundation import clock
from opstap.foundation.programmes.queries import coordinated_programmes
from opstap.journey.imports.enums import BatchStatus, ListKind, RowStatus
from opstap.journey.imports.operations import apply_rows, discard_batch, queue_list, receive_list, upload_list
from opstap.journey.imports.queries.batches import (
    batch_counts,
    failure_of,
    is_being_read,
    queued_progress,
    rows_of,
    visible_batches,
)
from opstap.journey.imports.queries.rows import row_lines
from opstap.ui.requests import actor_of
from opstap.ui.words import say

ROWS_A_PAGE = 50
ROWS_AT_ONCE = 2000
"""A list with more ready rows is applied by a worker."""


@login_required
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """Show the lists that came in, newest first."""
    actor = actor_of(request)
    if not coordinated_programmes(actor).exists():
        raise Http404
    page = Paginator(visible_batches(actor), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "coordinator/imports/batches.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Bring in a list; nothing is applied yet."""
    actor = actor_of(request)
    programmes = {str(programme.pk): programme for programme in coordinated_programmes(actor)}
    if not programmes:
        raise Http404
    choices = [(key, programme.name) for key, programme in programmes.items()]
    form = UploadForm(request.POST or None, request.FILES or None, programmes=choices, today=clock.today())
    refusal = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            data = given["file"].read()
            made = (receive_list if is_long(data) else upload_list)(
                programme=programmes[given["programme"]],
                kind=ListKind(given["kind"]),
                data=data,
                filename=given["file"].name,
                as_of=given["as_of"],
                by=actor,
                at=clock.now(),
            )
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            return redirect("coordinator:imports:batch", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "coordinator/imports/upload.html", {"form": form, "refusal": refusal}, status=status)


@login_required
@require_safe
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show a list: how many rows stand where, and the rows."""
    actor = actor_of(request)
    found = found_batch(actor, batch_id)
    failure = failure_of(found)
    if is_being_read(found) or found.status == BatchStatus.FAILED:
        return render(request, "coordinator/imports/waiting.html", {"batch": found, "failure": failure})
    shown = request.GET.get("toon", "")
    counts = batch_counts(actor, found)
    page = Paginator(rows_of(actor, found, shown), ROWS_A_PAGE).get_page(request.GET.get("page"))
    ready = counts.get(RowStatus.READY_NEW, 0) + counts.get(RowStatus.READY_UPDATE, 0)
    context = {
        "batch": found,
        "filters": filters(counts, shown),
        "page": page,
        "rows": [Shown.of(line) for line in row_lines(actor, page.object_list)],
        "ready": ready,
        "counts": {name: counts.get(name, 0) for name in ("ready_new", "ready_update", "duplicate", "question", "error")},
        "is_preview": found.status == BatchStatus.PREVIEW,
        "is_discarded": found.status == BatchStatus.DISCARDED,
        "progress": queued_progress(actor, found),
        "failure": failure,
    }
    return render(request, "coordinator/imports/batch.html", context)


@login_required
@require_POST
def apply(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Apply the ready rows of a list, a long list in the background."""
    actor = actor_of(request)
    found = found_batch(actor, batch_id)
    counts = batch_counts(actor, found)
    if counts.get(RowStatus.READY_NEW, 0) + counts.get(RowStatus.READY_UPDATE, 0) > ROWS_AT_ONCE:
        queue_list(batch=found, by=actor, at=clock.now())
        return redirect("coordinator:imports:batch", found.pk)
    done = 0
    while handled := apply_rows(batch=found, by=actor, at=clock.now()):
        done += handled
    messages.success(request, ngettext("%(count)d row applied.", "%(count)d rows applied.", done) % {"count": done})
    return redirect("coordinator:imports:batch", found.pk)


@login_required
@require_POST
def discard(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Put a list aside without applying it."""
    actor = actor_of(request)
    found = found_batch(actor, batch_id)
    discard_batch(batch=found, by=actor, at=clock.now())
    messages.success(request, _("The list is put aside. Nothing of it was applied; its rows can still be seen."))
    return redirect("coordinator:imports:batches")


@login_required
@require_safe
def progress(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Answer with how far the worker is; when it is done, with the page of the list."""
    actor = actor_of(request)
    found = found_batch(actor, batch_id)
    if is_being_read(found):
        return render(request, "coordinator/imports/reading.html", {"batch": found})
    done = queued_progress(actor, found)
    if done is None:
        response = HttpResponse()
        response["HX-Redirect"] = request.path.removesuffix("voortgang/")
        return response
    return render(request, "coordinator/imports/progress.html", {"batch": found, "progress": done})
