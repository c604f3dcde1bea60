"""Two records of one person become one, with their referrals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.models import AccessLink
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import hand_over
from opstap.journey.people.models import Person
from opstap.journey.people.operations import merge_people
from opstap.journey.placements.models import Placement, PlacementHalfDay
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.operations import advance

_UNDER_WAY = frozenset({Stage.PROPOSED.value, Stage.TO_BE_AGREED.value, Stage.PLACED.value})


@operation
def merge_records(
    *, keep: Person, other: Person, take: frozenset[str] = frozenset(), within: QuerySet[Any, Any], by: Actor, at: datetime
) -> Person:
    """Merge `other` into `keep`, and let its referrals go on under the kept record.

    Where both have an open referral in one programme the older one goes on, unless only the younger has a proposal or placement;
    the other is closed with the reason. Raises `Refused` when both have one, and as `people.operations.merge_people`.
    """
    referrals = list(
        Referral.objects.select_for_update(of=("self",)).filter(person__in=[keep, other]).order_by("referred_on", "stage_since", "pk")
    )
    still_open = [referral for referral in referrals if referral.stage != Stage.CLOSED]
    for first in still_open:
        for second in still_open[still_open.index(first) + 1 :]:
            if first.programme_id == second.programme_id:
                _close_one(first, second, by, at)
    kept = merge_people(keep=keep, other=other, take=take, within=within, by=by, at=at)
    moved = [referral for referral in referrals if referral.person_id == other.pk]
    Referral.objects.filter(pk__in=[referral.pk for referral in moved]).update(person=kept)
    for model in (Proposal, Placement):
        model.objects.filter(referral__in=moved).update(person=kept)
    AccessLink.objects.filter(person_id=other.pk).update(person_id=kept.pk)
    PlacementHalfDay.objects.filter(placement__referral__in=moved).update(person=kept)
    for referral in moved:
        record(by=by, at=at, action="move_referral", subject_kind="referral", subject_id=referral.pk, person_id=kept.pk)
    return kept


def _close_one(older: Referral, younger: Referral, by: Actor, at: datetime) -> None:
    under_way = [referral for referral in (older, younger) if referral.stage in _UNDER_WAY]
    if len(under_way) > 1:
        raise Refused(Reason("people.merge_both_under_way"))
    closing, stays = (older, younger) if under_way == [younger] else (younger, older)
    hand_over(closing=closing, stays=stays, by=by, at=at)
    advance(referral=closing, to=Stage.CLOSED, reason=Reason("people.merged"), cause=WaitingCause.NONE, by=by, at=at)
