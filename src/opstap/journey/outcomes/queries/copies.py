"""Which lines of somebody's sheet were copied, by whom and when."""

from __future__ import annotations

from opstap.foundation.actor import Actor
from opstap.journey.outcomes.models import CopiedLine
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_follow


def copies_of(actor: Actor, referral: Referral) -> dict[str, CopiedLine]:
    """Return the last copy of each line by its key, for who follows the person; else nothing."""
    if not may_follow(actor, referral):
        return {}
    rows = CopiedLine.objects.filter(referral=referral).order_by("line", "-at", "-pk").distinct("line")
    return {row.line: row for row in rows}
