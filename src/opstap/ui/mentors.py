"""The pages of one mentor, which the host's and the coordinator's desk share: each with its own addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.mentoring.operations import cancel_enrolment, end_absence, end_back_up, enrol_mentor, name_back_up, plan_absence
from opstap.journey.mentoring.queries import absence_for, back_up_for, certificate_for, enrolment_for, session_for
from opstap.steering.overviews.queries.mentor_list import MentorLine, mentor_line
from opstap.steering.overviews.queries.mentor_page import AwayPreview, MentorPage, away_preview, mentor_page
from opstap.ui.addresses import reverse
from opstap.ui.requests import actor_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest

    from opstap.foundation.organisations.models import Mentor

DAY = forms.DateInput(attrs={"type": "date"})


@dataclass(frozen=True, slots=True)
class Doors:
    """The names of one desk's addresses, its base template, and the page with all its mentors."""

    desk: str
    home: str
    shell: str = "ui/staff.html"
    certifies: bool = False

    def url(self, page: str, *args: object) -> str:
        """Return the address of a page of mentors at this desk."""
        return reverse(f"{self.desk}:{page}", args=args)

    @property
    def home_url(self) -> str:
        """Return the address of the page with all mentors."""
        return self.url(self.home)


class DaysForm(forms.Form):
    """From which day, and until which day."""

    van = forms.DateField(label=gettext_lazy("First day"), widget=DAY)
    tot = forms.DateField(
        label=gettext_lazy("Back on"), widget=DAY, help_text=gettext_lazy("The first day on which the mentor is there again.")
    )


class BackForm(forms.Form):
    """On which day a mentor is back."""

    back_on = forms.DateField(label=gettext_lazy("Back on"), widget=DAY)


def _found(request: HttpRequest, mentor_id: UUID) -> MentorPage:
    page = mentor_page(actor_of(request), mentor_id, now())
    if page is None:
        raise Http404
    return page


def show(request: HttpRequest, doors: Doors, mentor_id: UUID, **props: object) -> HttpResponse:
    """Show one mentor: learners, certificate, trainings, absences, who stands in."""
    page = _found(request, mentor_id)
    shown = {"page": page, "line": page.line, "doors": doors, "shell": doors.shell, "urls": _urls(doors, page), "today": today()}
    return render(request, "ui/mentoring/mentor.html", shown | props)


def _urls(doors: Doors, page: MentorPage) -> dict[str, object]:
    """Return the addresses of the forms on a mentor's page; those of rows stand beside their rows."""
    key = page.line.id
    return {
        "home": doors.home_url,
        "away": doors.url("mentor_away", key),
        "stand_in": doors.url("mentor_stand_in", key),
        "enrol": doors.url("mentor_enrol", key),
        "certify": doors.url("mentor_certify", key) if doors.certifies else "",
        "away_rows": [(row, doors.url("mentor_back", key, row.id)) for row in page.line.away],
        "stand_in_rows": [(row, doors.url("mentor_stop_stand_in", key, row.id)) for row in page.line.stand_ins],
        "seat_rows": [(row, doors.url("mentor_cancel_seat", key, row.id)) for row in page.line.seats],
        "papers": [(row, doors.url("mentor_paper", key, row.pk) if row.digest else "") for row in page.certificates],
        "mentor": doors.url("mentor", key),
    }


def away(request: HttpRequest, doors: Doors, mentor_id: UUID) -> HttpResponse:
    """Plan an absence: first the days, then which learners it touches and who could stand in, then the choice."""
    return _days(request, doors, mentor_id, is_absence=True)


def stand_in(request: HttpRequest, doors: Doors, mentor_id: UUID) -> HttpResponse:
    """Name who stands in: first the days, then who can."""
    return _days(request, doors, mentor_id, is_absence=False)


def _days(request: HttpRequest, doors: Doors, mentor_id: UUID, *, is_absence: bool) -> HttpResponse:
    line = mentor_line(actor_of(request), mentor_id, today())
    if line is None:
        raise Http404
    data = request.POST or request.GET
    form = DaysForm(data if "van" in data else None)
    preview, refusal = None, ""
    if form.is_valid():
        starts_on, until_on = form.cleaned_data["van"], form.cleaned_data["tot"]
        preview = away_preview(actor_of(request), line, starts_on, until_on, today())
        refusal = _wrong_days(starts_on, until_on)
        if request.method == "POST" and not refusal:
            refusal = _kept(request, line, preview, is_absence=is_absence)
            if not refusal:
                return redirect(doors.url("mentor", mentor_id))
    props = {"line": line, "form": form, "preview": None if refusal and request.method != "POST" else preview, "refusal": refusal}
    back = doors.url("mentor", mentor_id)
    props |= {"is_absence": is_absence, "shell": doors.shell, "back": back}
    return render(request, "ui/mentoring/days.html", props, status=422 if request.method == "POST" else 200)


def _wrong_days(starts_on: date, until_on: date) -> str:
    return _("The day back comes after the first day away. Look at the days.") if until_on <= starts_on else ""


def _kept(request: HttpRequest, line: MentorLine, preview: AwayPreview, *, is_absence: bool) -> str:
    """Keep the absence or who stands in; return why not, "" when it is done."""
    chosen = _chosen(request.POST.get("stands_in", ""), preview)
    by, at, mentor = actor_of(request), now(), line.mentor
    try:
        if is_absence:
            plan_absence(mentor=mentor, starts_on=preview.starts_on, until_on=preview.until_on, stands_in=chosen, by=by, at=at)
        elif chosen is None:
            return _("Choose who stands in.")
        else:
            name_back_up(mentor=mentor, stands_in=chosen, from_on=preview.starts_on, until_on=preview.until_on, by=by, at=at)
    except Refused as refused:
        return say(refused.reason)
    messages.success(request, _("The absence is noted.") if is_absence else _("Noted who stands in."))
    return ""


def _chosen(value: str, preview: AwayPreview) -> Mentor | None:
    return next((line.mentor for line in preview.able if str(line.id) == value), None)


def back(request: HttpRequest, doors: Doors, mentor_id: UUID, absence_id: UUID) -> HttpResponse:
    """Keep another day on which a mentor is back."""
    absence = absence_for(actor_of(request), absence_id)
    if absence is None or absence.mentor_id != mentor_id:
        raise Http404
    form = BackForm(request.POST)
    if form.is_valid():
        end_absence(absence=absence, back_on=form.cleaned_data["back_on"], by=actor_of(request), at=now())
        messages.success(request, _("The day back is changed."))
    else:
        messages.warning(request, _("Fill in a day."))
    return redirect(doors.url("mentor", mentor_id))


def stop_stand_in(request: HttpRequest, doors: Doors, mentor_id: UUID, back_up_id: UUID) -> HttpResponse:
    """End today that somebody stands in."""
    back_up = back_up_for(actor_of(request), back_up_id)
    if back_up is None or back_up.mentor_id != mentor_id:
        raise Http404
    end_back_up(back_up=back_up, until_on=today(), by=actor_of(request), at=now())
    messages.success(request, _("From today nobody stands in any more."))
    return redirect(doors.url("mentor", mentor_id))


def enrol(request: HttpRequest, doors: Doors, mentor_id: UUID) -> HttpResponse:
    """Enrol the mentor for the training that was chosen."""
    page = _found(request, mentor_id)
    chosen = next((row for row in page.trainings if str(row.pk) == request.POST.get("session", "")), None)
    session = session_for(actor_of(request), chosen.pk) if chosen else None
    if session is None:
        messages.warning(request, _("Choose a training that still has a seat."))
    else:
        _try(request, lambda: enrol_mentor(session=session, mentor=page.line.mentor, by=actor_of(request), at=now()), _("Enrolled."))
    return redirect(doors.url("mentor", mentor_id))


def cancel_seat(request: HttpRequest, doors: Doors, mentor_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """Free a mentor's seat at a training."""
    enrolment = enrolment_for(actor_of(request), enrolment_id)
    if enrolment is None or enrolment.mentor_id != mentor_id:
        raise Http404
    _try(request, lambda: cancel_enrolment(enrolment=enrolment, by=actor_of(request), at=now()), _("The seat is free again."))
    return redirect(doors.url("mentor", mentor_id))


def _try(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Do it and say so, or say why not."""
    try:
        act()
    except Refused as refused:
        messages.warning(request, say(refused.reason))
    else:
        messages.success(request, done)


def paper(request: HttpRequest, mentor_id: UUID, certificate_id: UUID) -> HttpResponse:
    """Answer with a certificate as it was given."""
    row = certificate_for(actor_of(request), certificate_id)
    if row is None or row.mentor_id != mentor_id or row.document is None:
        raise Http404
    response = HttpResponse(bytes(row.document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(_("certificate"))}-{row.number}.pdf"'
    return response
