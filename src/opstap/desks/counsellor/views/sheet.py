"""Typing somebody over in the partner's other system: line by line, with what was copied and what changed since."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.counsellor.reach import followed
from opstap.engine.shared import Reason
from opstap.foundation.clock import now
from opstap.journey.outcomes.operations import note_copied
from opstap.journey.referrals.operations import open_case_file
from opstap.steering.overviews.queries.case_file import purpose_of
from opstap.steering.reports.queries.sheet import SheetLine, line_of, sheet_for
from opstap.ui.addresses import reverse
from opstap.ui.components.status import plain, reason
from opstap.ui.templatetags.attendance import hours

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def _text(line: SheetLine) -> str:
    """Return what a line says, as it is typed over: codes in words, several things one under another."""
    values = line.value if isinstance(line.value, list) else [line.value]
    return "\n".join(_words(line.key, value) for value in values)


def _words(key: str, value: str) -> str:
    """Return one thing as the other system's fields take it: days as 31/12/2023, hours without needless zeros, codes in words."""
    if key == "outcomes":
        on, _, code = value.partition(" ")
        value = f"{on}: {reason(Reason(code))}"
    elif key == "hours_per_month":
        month, _, total = value.partition(": ")
        value = f"{month[5:]}/{month[:4]}: {hours(Decimal(total))}"
    elif key in {"income", "education", "licences"} and value:
        value = plain(value)
    return _DAY.sub(r"\3/\2/\1", value)


@login_required
@require_safe
def show(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show the sheet in the order of the other system."""
    actor, referral = followed(request, referral_id)
    open_case_file(referral=referral, by=actor.for_purpose(purpose_of(actor, referral)), at=now())
    sheet = sheet_for(actor, referral)
    if sheet is None:
        raise Http404
    sections = [(section.title, [(line, _text(line)) for line in section.lines]) for section in sheet.sections]
    return render(request, "counsellor/sheet.html", {"referral": referral, "sheet": sheet, "sections": sections})


@login_required
@require_POST
def copied(request: HttpRequest, referral_id: UUID, line: str) -> HttpResponse:
    """Keep that a line was copied as it was shown: when it changed meanwhile, it shows as changed."""
    actor, referral = followed(request, referral_id)
    sheet = sheet_for(actor, referral)
    found = line_of(sheet, line) if sheet else None
    if found is None:
        raise Http404
    note_copied(referral=referral, line=line, digest=request.POST.get("digest", "")[:32] or found.digest, by=actor, at=now())
    return redirect(f"{reverse('counsellor:sheet', args=[referral_id])}#{line}")
