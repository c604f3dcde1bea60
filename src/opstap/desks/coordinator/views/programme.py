"""Which programme a page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest

from opstap.foundation.actor import Actor
from opstap.foundation.programmes.queries import coordinated_programme

if TYPE_CHECKING:
    from opstap.foundation.programmes.models import Programme


def id_in(text: str) -> UUID | None:
    """Return the id that the text is, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None


def number_in(text: str) -> int:
    """Return the page number that the text is, 1 for anything else."""
    return int(text) if text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004 - longer than any list


def steered_programme(request: HttpRequest, actor: Actor) -> Programme:
    """Return the programme in `?programma=`, or the latest that the actor coordinates; raises Http404 when there is none."""
    asked = request.GET.get("programma", "")
    programme = coordinated_programme(actor, id_in(asked))
    if programme is None or (asked and id_in(asked) is None):
        raise Http404
    return programme
