"""Which association a page of this desk is about: the one that the actor plans for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest

from opstap.foundation.actor import Actor, Role
from opstap.journey.associations.queries import association_for
from opstap.ui.requests import actor_of

if TYPE_CHECKING:
    from opstap.journey.associations.models import Association


def planner_of(request: HttpRequest) -> tuple[Actor, Association]:
    """Return the planner and the association; raises `Http404` for anybody else."""
    actor = actor_of(request)
    association = association_for(actor) if actor.has(Role.PLANNER) else None
    if association is None:
        raise Http404
    return actor, association
