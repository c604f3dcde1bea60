"""Noting who was there: the same for who learns at a place and for who works there by the roster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opstap.engine.shared import Refused
from opstap.ui.months import within_years
from opstap.ui.requests import is_fragment
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest


def day_in_address(text: str) -> date:
    """Return the day that an address names; what is no day, or one that nobody means, is not there."""
    try:
        return within_years(date.fromisoformat(text))
    except ValueError as error:
        raise Http404 from error


def note_one(
    request: HttpRequest, form: Form, save: Callable[[], object], *, template: str, shown: Mapping[str, Any], row: str, page: str
) -> HttpResponse:
    """Note how one day went and lead to its `row`; a no is said in the row itself (`template`, with what is `shown`), else on the `page`.

    `save` is called when the form is right, and reads what is in it.
    """
    refusal = _("Choose what is right, and hours between 0 and 12.")
    if form.is_valid():
        try:
            save()
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            return redirect(row)
    if is_fragment(request):
        return render(request, template, {**shown, "refusal": refusal}, status=422)
    messages.warning(request, refusal)
    return redirect(page)


def note_everyone(request: HttpRequest, save: Callable[[], object] | None, page: str) -> HttpResponse:
    """Note that everybody was there who is not noted yet; `save` is None when there is nobody."""
    try:
        if save is not None:
            save()
            messages.success(request, _("Noted: everybody was there."))
    except Refused as refused:
        messages.warning(request, say(refused.reason))
    return redirect(page)
