"""About which competences an evaluation asks: what the person wants to learn, what the place teaches, and how somebody works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from opstap.bridges.spreadsheets.cells import fold
from opstap.journey.plans.enums import CompetenceKind, LevelKind
from opstap.journey.plans.models import Competence, CompetenceLevel
from opstap.journey.plans.queries import groups_near

if TYPE_CHECKING:
    from opstap.journey.placements.models import Placement
    from opstap.journey.places.models import Place

MOST_ASKED = 6
"""So many competences fit in three minutes on a phone."""
_LEAST_USUAL = 2
_USUAL = ("generic.rules", "generic.independent", "generic.team", "generic.accuracy")
"""What is asked of everybody when plan and place say too little."""


def asked_competences(placement: Placement, offered: Mapping[str, Competence]) -> list[Competence]:
    """Return at most six competences, each once: from the plan's future levels, from the place's list, then the usual ones.

    `offered` is `plans.queries.offered_competences` of the referral. Two are kept for the usual ones, unless plan and place name
    nothing else: how somebody works is always asked.
    """
    known = {row.pk: row for row in offered.values()}
    wanted = CompetenceLevel.objects.filter(referral_id=placement.referral_id, kind=LevelKind.FUTURE).order_by("-at", "id")
    own = [known[code] for code in wanted.values_list("competence_id", flat=True) if code in known]
    usual = [known[code] for code in _USUAL if code in known]
    chosen = list(dict.fromkeys([*own, *_taught(offered, placement.seat.place)]))[: MOST_ASKED - min(_LEAST_USUAL, len(usual))]
    return list(dict.fromkeys([*chosen, *usual]))[:MOST_ASKED]


def _taught(offered: Mapping[str, Competence], place: Place) -> list[Competence]:
    """Return what the place says that it teaches, then the tasks of its kind of work."""
    named = [offered[fold(text)] for text in place.teaches if fold(text) in offered]
    near = groups_near({row.group for row in offered.values()}, [place.occupation_code])
    of_work = sorted(
        (row for row in offered.values() if row.group_id in near and row.kind == CompetenceKind.TECHNICAL),
        key=lambda row: (row.group.position, row.position),
    )
    return named + of_work
