"""The auditor's pages: the log, one person's readers and decisions, and every change of the rules."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opstap.desks.privacy.forms import LogForm
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.operations import open_log
from opstap.foundation.audit.queries import LogPage, log_page
from opstap.foundation.clock import now, today
from opstap.journey.eligibility.operations import replay_decision
from opstap.steering.overviews.queries.log import people_in_log, person_log
from opstap.steering.overviews.queries.rule_changes import all_rule_changes
from opstap.ui.requests import actor_of
from opstap.ui.words_privacy import action_words, role_words

_MOST_ID = 2**63 - 1


def _auditor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.has(Role.AUDITOR):
        raise Http404
    return actor


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the log, newest first; a search for a job seeker lists the people it may be."""
    actor = _auditor(request)
    form = LogForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    text = wanted.get("q") or ""
    page = log_page(actor, who=wanted.get("who") or "", action=wanted.get("action") or "", before=wanted.get("before"))
    context = {"form": form, "text": text, "found": people_in_log(actor, text) if text else []}
    return render(request, "privacy/home.html", context | _log(request, page))


@login_required
@require_safe
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show who looked at one person's file, what changed, and the decisions; that this was looked up is recorded."""
    actor = _auditor(request)
    before = request.GET.get("before", "")
    found = person_log(actor, person_id, before=int(before) if before.isdecimal() and int(before) <= _MOST_ID else None)
    if found is None:
        raise Http404
    open_log(person_id=found.id, by=actor, at=now())
    return render(request, "privacy/person.html", {"person": found} | _log(request, found.log))


@login_required
@require_POST
def replay(request: HttpRequest, person_id: UUID, decision_id: UUID) -> HttpResponse:
    """Make a decision again from its stored facts and rules, and say whether every byte is the same."""
    actor = _auditor(request)
    found = person_log(actor, person_id)
    if found is None or decision_id not in {decision.id for decision in found.decisions}:
        raise Http404
    outcome = replay_decision(decision_id=decision_id, by=actor, at=now())
    if outcome.is_identical:
        messages.success(request, _("Replayed: every byte is the same."))
    else:
        messages.error(request, _("Replayed: the outcome is not the same. Report this to the administrator."))
    return redirect("privacy:person", found.id)


@login_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show every change of the rules, of all programmes: what, who proposed, who approved."""
    actor = _auditor(request)
    return render(request, "privacy/rules.html", {"changes": all_rule_changes(actor, today())})


def _log(request: HttpRequest, page: LogPage) -> dict[str, object]:
    """Return the rows of the log with their words, and the address of the older ones."""
    query = request.GET.copy()
    query["before"] = str(page.older)
    entries = [(entry, action_words(entry.action), role_words(entry.role)) for entry in page.entries]
    return {"entries": entries, "older_url": f"?{query.urlencode()}" if page.older else ""}
