"""Keeping that a line of somebody's sheet was copied to the partner's other system."""

from __future__ import annotations

from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.outcomes.models import CopiedLine
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_follow


@operation
def note_copied(*, referral: Referral, line: str, digest: str, by: Actor, at: datetime) -> CopiedLine:
    """Keep who copied a line and when; `digest` is of the value that was shown. Raises `Refused` for who may not."""
    if not may_follow(by, referral):
        raise Refused(Reason("referrals.may_not_follow"))
    row = CopiedLine.objects.create(referral=referral, line=line, digest=digest, by_label=by.label[:200], at=at)
    record(
        by=by,
        at=at,
        action="copy_line",
        subject_kind="referral",
        subject_id=referral.pk,
        person_id=referral.person_id,
        facts={"line": line},
    )
    return row
