"""The own file: who looked at it and why, and what was decided and why."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.desks.jobseeker.opened import Opened, by_link
from opstap.desks.jobseeker.views.offer import offer_or_404
from opstap.engine.shared import Reason
from opstap.foundation.clock import today
from opstap.journey.eligibility.queries import DecisionView, decisions_of, questions_to_ask
from opstap.journey.people.queries import file_readers
from opstap.journey.referrals.queries import visible_referrals
from opstap.ui.components.status import language
from opstap.ui.landing import ROLE_NAMES
from opstap.ui.person_words import to_person
from opstap.ui.words import say, translate

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from opstap.foundation.actor import Actor
    from opstap.journey.people.queries import FileReading


@require_safe
@by_link
def readers(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show who opened the file, per day, with organisation, role and reason."""
    person_id = offer_or_404(opened).proposal.person_id
    return render(request, "jobseeker/readers.html", {"key": opened.key, "days": reading_days(opened.actor, person_id)})


def reading_days(actor: Actor, person_id: UUID) -> list[tuple[date, list[tuple[FileReading, str]]]]:
    """Return per day who opened the person's file, each with the role in words."""
    rows = file_readers(actor, person_id, within=visible_referrals(actor))
    return [(on, [(row, role_words(row.role)) for row in group]) for on, group in groupby(rows, key=lambda row: row.on)]


def role_words(roles: str) -> str:
    """Return the roles of an audit row ("coordinator, counsellor") in words."""
    known = {role.value: name for role, name in ROLE_NAMES.items()}
    return ", ".join(translate(known.get(role, role), language()) for role in roles.split(", "))


@require_safe
@by_link
def decisions(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show for each form of work-learning what was decided, why, and what would change it."""
    offer = offer_or_404(opened)
    referral = offer.proposal.referral
    rows = [_in_words(view) for view in decisions_of(opened.actor, referral, today())]
    asked = [to_person(Reason(question.code), language()) for question in questions_to_ask(opened.actor, referral, today())]
    return render(request, "jobseeker/decisions.html", {"key": opened.key, "offer": offer, "decisions": rows, "questions": asked})


def _in_words(view: DecisionView) -> dict[str, object]:
    """Return a decision as the page says it."""
    return {
        "view": view,
        "answer": say(Reason(f"eligibility.answer_{view.answer}.person"), language()),
        "badge": {"yes": "eligible", "no": "not_eligible"}.get(view.answer, "facts_missing"),
        "conditions": [(line.badge.value, line.until, to_person(line.reason, language())) for line in view.conditions],
        "changes": [to_person(change.reason, language()) for change in view.smallest_changes],
    }
