"""Which association a page of this desk is about: the one that the actor plans for; and what every form of it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from opstap.engine.shared import Refused
from opstap.foundation.actor import Actor, Role
from opstap.journey.associations.queries import association_for
from opstap.ui.requests import actor_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from django import forms

    from opstap.journey.associations.models import Association

Thing = TypeVar("Thing")


def planner_of(request: HttpRequest) -> tuple[Actor, Association]:
    """Return the planner and the association; raises `Http404` for anybody else."""
    actor = actor_of(request)
    association = association_for(actor) if actor.has(Role.PLANNER) else None
    if association is None:
        raise Http404
    return actor, association


def must(found: Thing | None) -> Thing:
    """Return what was found; raises `Http404` for nothing."""
    if found is None:
        raise Http404
    return found


def answer(request: HttpRequest, form: forms.Form, work: Callable[[dict[str, Any]], object], **page: Any) -> HttpResponse:  # noqa: ANN401 - what the page shows
    """Show a form, and do the work of a valid one: back to `back_url` with `done` said; a refusal stands above the form.

    `page`: title, back and back_url, lead, button, done; more for the template.
    """
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            work(form.cleaned_data)
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, page["done"])
            return redirect(page["back_url"])
    status = 422 if request.method == "POST" else 200
    template = page.pop("template", "planner/association/form.html")
    return render(request, template, {"form": form, "refusal": refusal, **page}, status=status)


def do(request: HttpRequest, work: Callable[[], object], done: str, url: str) -> HttpResponse:
    """Do something that needs no form, say that it is done, or why not, and go to the address."""
    try:
        work()
    except Refused as refused:
        messages.warning(request, say(refused.reason))
    else:
        messages.success(request, done)
    return redirect(url)
