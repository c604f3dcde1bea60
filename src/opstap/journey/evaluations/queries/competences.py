"""Somebody's competency list: every line of evidence by competence, from the first to the last. No sum, no average, no rank."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from opstap.foundation.actor import Actor
from opstap.journey.evaluations.models import Evaluation, EvidenceLine
from opstap.journey.plans.models import Competence
from opstap.journey.referrals.queries import followed_referrals, visible_referrals


@dataclass(frozen=True, slots=True)
class Development:
    """One competence with its lines, the earliest first: how it was, and how it is now."""

    competence: Competence
    lines: tuple[EvidenceLine, ...]

    @property
    def first(self) -> EvidenceLine:
        """The earliest line."""
        return self.lines[0]

    @property
    def last(self) -> EvidenceLine:
        """The latest line: what counts now."""
        return self.lines[-1]


def evidence_lines(actor: Actor, referral_id: UUID) -> list[EvidenceLine]:
    """Return the lines of one referral in the order of their days, without those of a version that was corrected.

    For who follows the person, and for the person; a coordinator and a work floor read none.
    """
    reach = visible_referrals(actor) if actor.person_id is not None else followed_referrals(actor)
    if actor.only_id not in {None, referral_id}:
        return []
    corrected = Evaluation.objects.filter(corrects=OuterRef("source_id"))
    rows = EvidenceLine.objects.filter(~Exists(corrected), referral__in=reach.filter(pk=referral_id))
    return list(rows.select_related("competence__group").order_by("on", "id"))


def competency_list(actor: Actor, referral_id: UUID) -> list[Development]:
    """Return each competence of which there is evidence, in the order of the catalogue."""
    by_code: dict[str, list[EvidenceLine]] = {}
    for line in evidence_lines(actor, referral_id):
        by_code.setdefault(line.competence_id, []).append(line)
    found = [Development(lines[0].competence, tuple(lines)) for lines in by_code.values()]
    return sorted(found, key=lambda one: (one.competence.group.position, one.competence.position, one.competence.label))
