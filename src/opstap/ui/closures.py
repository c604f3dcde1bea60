"""The page of closing days, which the host's and the coordinator's desk share: each with its own addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.attendance.operations import add_closure, end_closure
from opstap.journey.attendance.queries.closures import closable_sites, closure_for, kept_closures
from opstap.ui.addresses import reverse
from opstap.ui.day_field import DayField
from opstap.ui.requests import actor_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from opstap.foundation.actor import Actor

PAGE = 50
_DAY = forms.DateInput(attrs={"type": "date"})


@dataclass(frozen=True, slots=True)
class Doors:
    """The names of one desk's addresses, and its base template."""

    desk: str
    shell: str = "ui/staff.html"

    def url(self, page: str, *args: object) -> str:
        """Return the address of a page of closing days at this desk."""
        return reverse(f"{self.desk}:{page}", args=args)


class ClosureForm(forms.Form):
    """Which place is closed, from which day up to and with which day, and why."""

    where = forms.ChoiceField(label=gettext_lazy("Which place is closed?"))
    first = DayField(label=gettext_lazy("First day closed"), widget=_DAY)
    last = DayField(label=gettext_lazy("Last day closed"), widget=_DAY)
    reason = forms.CharField(label=gettext_lazy("Why? (the work floor reads it)"), max_length=200, required=False)

    def __init__(self, data: object, actor: Actor) -> None:
        """Offer every site within reach, and each organisation as a whole."""
        super().__init__(data)  # type: ignore[arg-type]  # a request's POST or nothing
        choices: dict[str, str] = {}
        for site in closable_sites(actor):
            choices.setdefault(f"{site.organisation_id}:", _("%(name)s, every site") % {"name": site.organisation.name})
            choices[f"{site.organisation_id}:{site.pk}"] = f"{site.organisation.name}: {site.name}"
        self.fields["where"].choices = list(choices.items())  # type: ignore[attr-defined]  # a choice field has them


def closures_page(request: HttpRequest, doors: Doors) -> HttpResponse:
    """Show the closing days to come, and keep new ones; a wrong day comes back with what is wrong."""
    actor = actor_of(request)
    form = ClosureForm(request.POST if request.method == "POST" else None, actor)
    refusal = ""
    if form.is_valid():
        try:
            _keep(form, actor)
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("Kept. Nobody is expected on those days."))
            return redirect(doors.url("closures"))
    page = Paginator(kept_closures(actor, today()), PAGE).get_page(request.GET.get("page"))
    rows = [(row, row.until_on - timedelta(days=1), doors.url("end_closure", row.pk), row.starts_on < today()) for row in page]
    props = {"form": form, "refusal": refusal, "page": page, "rows": rows, "shell": doors.shell, "back": doors.url("months")}
    return render(request, "ui/attendance/closures.html", props, status=422 if form.is_bound else 200)


def _keep(form: ClosureForm, actor: Actor) -> None:
    given = form.cleaned_data
    organisation_id, site_id = given["where"].split(":")
    add_closure(
        organisation_id=UUID(organisation_id),
        site_id=UUID(site_id) if site_id else None,
        starts_on=given["first"],
        until_on=given["last"] + timedelta(days=1),
        reason=given["reason"],
        by=actor,
        at=now(),
    )


def end(request: HttpRequest, doors: Doors, closure_id: UUID) -> HttpResponse:
    """Let a place be open again from today; one that has not begun is taken back."""
    actor = actor_of(request)
    closure = closure_for(actor, closure_id)
    if closure is None:
        raise Http404
    try:
        end_closure(closure=closure, on=today(), by=actor, at=now())
    except Refused as refused:
        messages.warning(request, say(refused.reason))
    else:
        messages.success(request, _("Open again."))
    return redirect(doors.url("closures"))
