"""Deciding again where time, facts or rules have changed: every night, and when a rule change takes effect today."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from procrastinate.contrib.django import app

from opstap.foundation.actor import system_actor
from opstap.foundation.clock import now, today
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.operations import decide_caseload
from opstap.journey.eligibility.operations.rule_changes import REDECIDE
from opstap.journey.referrals.queries import visible_referrals

_CHUNK = 500


@app.task(name=REDECIDE)
def redecide(programme_id: str) -> None:
    """Decide again on a programme's open referrals where something changed, 500 at a time; running it twice changes nothing more."""
    programme = Programme.objects.get(pk=UUID(programme_id))
    actor = system_actor("Opstap")
    ids = list(visible_referrals(actor).filter(programme=programme).exclude(stage="closed").order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _CHUNK):
        decide_caseload(programme=programme, on=today(), by=actor, at=now(), referral_ids=ids[start : start + _CHUNK])


@app.periodic(cron="10 3 * * *")
@app.task(name="eligibility.redecide_all", queueing_lock="eligibility.redecide_all", pass_context=False)
def redecide_all(timestamp: int) -> None:
    """Every night: decide again for the programmes that have not ended, so that nobody waits on a date that has been reached."""
    del timestamp  # when it was due; what counts is today
    for programme in Programme.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=today())):
        redecide(programme_id=str(programme.pk))
