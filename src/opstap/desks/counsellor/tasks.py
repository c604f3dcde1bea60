"""One form, one operation: asked on a page of its own or in the side panel, refused with what was filled in, done with a message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from opstap.engine.shared import Refused
from opstap.ui.requests import is_fragment
from opstap.ui.words import say


@dataclass(frozen=True, slots=True)
class Task:
    """What a form is for: title, who it is about, the button, the message when done, and the address to go back to."""

    title: str
    about: str
    button: str
    done: str
    back: str
    template: str = "counsellor/task.html"
    extra: Mapping[str, Any] = field(default_factory=dict)


def carry_out(request: HttpRequest, task: Task, form: forms.Form, act: Callable[[dict[str, Any]], object]) -> HttpResponse:
    """Show the form, or do what it asks and go back; a refusal stands on the form (422), with everything that was filled in."""
    refusal = ""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, task.done)
            return redirect(task.back)
    return show(request, task, form, refusal)


def show(request: HttpRequest, task: Task, form: forms.Form, refusal: str = "") -> HttpResponse:
    """Show a task's form: the whole page, or only the form for the side panel."""
    template = "counsellor/task_panel.html" if is_fragment(request) and not form.is_bound else task.template
    context = {"task": task, "form": form, "refusal": refusal, **task.extra}
    return render(request, template, context, status=422 if form.is_bound else 200)
