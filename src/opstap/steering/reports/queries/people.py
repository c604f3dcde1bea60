"""The people behind a number of a report, for who may see them by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from opstap.foundation.actor import Actor
from opstap.foundation.programmes.models import Programme
from opstap.journey.referrals.enums import Stage
from opstap.steering.reports.enums import Column, Part
from opstap.steering.reports.permissions import may_report
from opstap.steering.reports.queries.counting import CONDITIONS, PEOPLE, values_of
from opstap.steering.reports.queries.report import period_of

MOST = 200
"""So many people are listed at most."""


@dataclass(frozen=True, slots=True)
class PersonBehind:
    """One person behind a number: name, where they stand, since when; nothing of the case file."""

    referral_id: UUID
    name: str
    stage: Stage
    referred_on: date


def people_behind(
    actor: Actor, programme: Programme, *, year: int, column: Column, part: Part | None, key: str, at: datetime
) -> tuple[PersonBehind, ...] | None:
    """Return who is counted in one number, by name, at most 200; None when the actor may not see them."""
    if not may_report(actor, programme):
        return None
    group = f"AND {part.value} IS NOT DISTINCT FROM %(key)s::uuid" if part else ""
    sql = f"""{PEOPLE} SELECT facts.id, person.first_name, person.last_name, referral.stage, referral.referred_on
        FROM facts JOIN referrals_referral AS referral USING (id) JOIN people_person AS person ON person.id = referral.person_id
        WHERE {CONDITIONS[column]} {group} ORDER BY referral.referred_on, facts.id LIMIT {MOST}"""  # noqa: S608 - constants of this room
    values = {**values_of(programme.pk, period_of(year, at)), "key": key or None}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(
            PersonBehind(referral_id, f"{first} {last}".strip(), Stage(stage), referred_on)
            for referral_id, first, last, stage, referred_on in cursor.fetchall()
        )
