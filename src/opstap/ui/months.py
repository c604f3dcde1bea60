"""The pages of signing months, which the host's, the counsellor's and the coordinator's desk share: each with its own addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.attendance.enums import ClosingState, DayState
from opstap.journey.attendance.operations import add_day, close_months, correct_day, reopen_month
from opstap.steering.overviews.queries.months import MonthSheet, month_overview, month_sheet
from opstap.ui.addresses import reverse
from opstap.ui.day_field import DayField
from opstap.ui.requests import actor_of
from opstap.ui.words import say, texts, translate

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 50


@dataclass(frozen=True, slots=True)
class Doors:
    """The names of one desk's addresses, its base template, and whether it shows the own floor only."""

    desk: str
    shell: str = "ui/staff.html"
    only_floor: bool = False

    def url(self, page: str, *args: object) -> str:
        """Return the address of a page of months at this desk."""
        return reverse(f"{self.desk}:{page}", args=args)


class CorrectionForm(forms.Form):
    """How a signed day was otherwise, and why."""

    state = forms.ChoiceField(label=gettext_lazy("How was the day?"), widget=forms.RadioSelect)
    hours = forms.DecimalField(label=gettext_lazy("Hours"), required=False, min_value=0, max_value=12, max_digits=4, decimal_places=2)
    reason = forms.CharField(label=gettext_lazy("Why?"), max_length=300)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Give the states their words in the reader's language."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        choices = [(state.value, translate(texts()[f"attendance.day.{state.value}"])) for state in DayState]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]  # a choice field has them


class ForgottenDayForm(CorrectionForm):
    """Which day was forgotten, how it was, and why it comes late."""

    on = DayField(label=gettext_lazy("Which day?"), widget=forms.DateInput(attrs={"type": "date"}))
    field_order = ("on", "state", "hours", "reason")


def month_in(text: str) -> date:
    """Return the month (its first day) that an address names, "2023-09"; raises Http404 for anything else."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404 from error
    return within_years(month)


def within_years(day: date) -> date:
    """Return a day of an address when months can be counted around it; raises Http404 for one in another age."""
    if not 2000 <= day.year < 2200:  # noqa: PLR2004 - the years of any programme
        raise Http404
    return day


def month_text(month: date) -> str:
    """Return a month as addresses name it: "2023-09"."""
    return f"{month:%Y-%m}"


def this_month(doors: Doors) -> HttpResponse:
    """Lead to the month that is signed now: the one before, in the first days of a month."""
    on = today()
    before = on.day <= 10  # noqa: PLR2004 - until the tenth people sign the month before
    month = date(on.year - (before and on.month == 1), (on.month - 1 - before) % 12 + 1, 1)
    return redirect(doors.url("month", month_text(month)))


def months_page(request: HttpRequest, doors: Doors, month: str, **props: object) -> HttpResponse:
    """Show a month of everybody within reach, fifty a page; what the reader can sign comes first."""
    overview = month_overview(actor_of(request), month_in(month), today(), only_floor=doors.only_floor)
    page = Paginator(overview.lines, PAGE).get_page(request.GET.get("page"))
    rows = [(line, doors.url("month_sheet", line.placement_id, month)) for line in page]
    addresses = {
        "before_url": doors.url("month", month_text(overview.before)),
        "after_url": doors.url("month", month_text(overview.after)),
        "sign_url": doors.url("sign_months", month),
    }
    shown = {"overview": overview, "page": page, "rows": rows, "shell": doors.shell, **addresses, **props}
    return render(request, "ui/attendance/months.html", shown)


def sign_months(request: HttpRequest, doors: Doors, month: str) -> HttpResponse:
    """Sign the chosen months as the reader's party, and say for whom that did not work and why."""
    chosen = [UUID(text) for text in request.POST.getlist("placement") if _is_id(text)]
    outcome = close_months(placement_ids=chosen, month=month_in(month), has_heard="heard" in request.POST, by=actor_of(request), at=now())
    if signed := len(outcome.closings):
        messages.success(request, ngettext("Signed: one month.", "Signed: %(number)d months.", signed) % {"number": signed})
    for reason in dict.fromkeys(say(reason) for reason in outcome.refused.values()):
        messages.warning(request, reason)
    if not chosen:
        messages.warning(request, _("Choose whose month you sign."))
    back = request.POST.get("back", "")
    return redirect(back if _is_own(back, doors, month) else doors.url("month", month))


def _is_own(path: str, doors: Doors, month: str) -> bool:
    return path.startswith(doors.url("month", month).removesuffix(f"{month}/")) and "//" not in path


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _sheet(request: HttpRequest, placement_id: UUID, month: str) -> MonthSheet:
    sheet = month_sheet(actor_of(request), placement_id, month_in(month), today())
    if sheet is None:
        raise Http404
    return sheet


def sheet_page(request: HttpRequest, doors: Doors, placement_id: UUID, month: str) -> HttpResponse:
    """Show one person's month: each day, each signature, and what it pays, line by line."""
    sheet = _sheet(request, placement_id, month)
    days = [
        (day, doors.url("correct_day", placement_id, month, day.last.pk) if sheet.may_note and day.last and day.last.closing_id else "")
        for day in sheet.days
    ]
    may_add = sheet.may_note and sheet.line.state is ClosingState.CLOSED
    props = {
        "sheet": sheet,
        "days": days,
        "shell": doors.shell,
        "back": doors.url("month", month),
        "sign_url": doors.url("sign_months", month),
        "add_url": doors.url("add_day", placement_id, month) if may_add else "",
        "reopen_url": doors.url("reopen_month", placement_id, month),
    }
    return render(request, "ui/attendance/sheet.html", props)


def reopen(request: HttpRequest, doors: Doors, placement_id: UUID, month: str) -> HttpResponse:
    """Take back the first signature, with a reason."""
    sheet = _sheet(request, placement_id, month)
    if sheet.line.closing is None:
        raise Http404
    try:
        reopen_month(closing=sheet.line.closing, reason=request.POST.get("reason", ""), by=actor_of(request), at=now())
    except Refused as refused:
        messages.warning(request, say(refused.reason))
    else:
        messages.success(request, _("The signature is taken back. The days can be changed again."))
    return redirect(doors.url("month_sheet", placement_id, month))


def correct(request: HttpRequest, doors: Doors, placement_id: UUID, month: str, day_id: UUID) -> HttpResponse:
    """Correct one signed day of the sheet, with the reason; both parties sign the correction afterwards."""
    sheet = _sheet(request, placement_id, month)
    day = next((each for each in sheet.days if each.last is not None and each.last.pk == day_id), None)
    if day is None or day.last is None:
        raise Http404
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial={"state": day.last.state, "hours": day.last.hours})
    refusal = ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            state = DayState(given["state"])
            correct_day(day_id=day.last.pk, state=state, hours=given["hours"], reason=given["reason"], by=actor_of(request), at=now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("The correction is kept. Both parties sign it before it is paid."))
            return redirect(doors.url("month_sheet", placement_id, month))
    back = doors.url("month_sheet", placement_id, month)
    props = {"sheet": sheet, "day": day, "form": form, "refusal": refusal, "shell": doors.shell, "back": back}
    return render(request, "ui/attendance/correct.html", props, status=422 if form.is_bound else 200)


def add(request: HttpRequest, doors: Doors, placement_id: UUID, month: str) -> HttpResponse:
    """Add a day that was forgotten before the month was closed, with the reason; both parties sign it afterwards."""
    sheet = _sheet(request, placement_id, month)
    form = ForgottenDayForm(request.POST if request.method == "POST" else None)
    refusal, back = "", doors.url("month_sheet", placement_id, month)
    if form.is_valid():
        given = form.cleaned_data
        day = {"on": given["on"], "state": DayState(given["state"]), "hours": given["hours"], "reason": given["reason"]}
        try:
            added = add_day(placement=sheet.placement, **day, by=actor_of(request), at=now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("The day is added. Both parties sign it before it is paid."))
            return redirect(doors.url("month_sheet", placement_id, month_text(added.on)))
    props = {"sheet": sheet, "form": form, "refusal": refusal, "shell": doors.shell, "back": back}
    return render(request, "ui/attendance/correct.html", props, status=422 if form.is_bound else 200)
