"""The roster or shift that an address names, for whoever plans for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest

from opstap.journey.rosters.queries import roster_for, shift_for
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor
    from opstap.journey.rosters.models import Roster, RosterShift


def found_roster(request: HttpRequest, roster_id: UUID) -> tuple[Actor, Roster]:
    """Return the actor and the roster; raises Http404 for what is not there or not theirs."""
    actor = actor_of(request)
    roster = roster_for(actor, roster_id)
    if roster is None:
        raise Http404
    return actor, roster


def found_shift(request: HttpRequest, shift_id: UUID) -> tuple[Actor, RosterShift]:
    """Return the actor and the shift; raises Http404 for what is not there or not theirs."""
    actor = actor_of(request)
    shift = shift_for(actor, shift_id)
    if shift is None:
        raise Http404
    return actor, shift


def day_in(text: str) -> date | None:
    """Return the day that an address names ("2023-09-04"), or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
