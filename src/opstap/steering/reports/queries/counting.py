"""The counts of a report in one statement: every group at once, percentiles of the days between steps included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from opstap.journey.outcomes.enums import WORKS
from opstap.steering.reports.enums import COMPLETED_REASONS, SPANS, Column, Part

PEOPLE = """
WITH given (as_of, half_year) AS (SELECT %(as_of)s::timestamptz, (%(as_of)s::timestamptz - interval '6 months')::date),
people AS (
    SELECT referral.id, referral.counselling_organisation_id AS partner, last.place, last.mentor
    FROM referrals_referral AS referral CROSS JOIN given LEFT JOIN LATERAL (
        SELECT place.id AS place, place.mentor_id AS mentor FROM matching_proposal AS proposal
        JOIN places_place AS place ON place.id = proposal.place_id
        WHERE proposal.referral_id = referral.id AND proposal.state <> 'draft' AND proposal.created_at < given.as_of
        ORDER BY proposal.created_at DESC, proposal.id LIMIT 1
    ) AS last ON true
    WHERE referral.programme_id = %(programme)s AND referral.referred_on >= %(since)s AND referral.referred_on < %(until)s
        AND referral.referred_on < (given.as_of AT TIME ZONE 'Europe/Brussels')::date
),
steps AS (
    SELECT move.referral_id AS id, min(move.at) AS referred,
        min(move.at) FILTER (WHERE to_stage IN ('eligible', 'proposed', 'to_be_agreed', 'placed')) AS eligible,
        min(move.at) FILTER (WHERE to_stage IN ('proposed', 'to_be_agreed', 'placed')) AS proposed,
        min(move.at) FILTER (WHERE to_stage IN ('to_be_agreed', 'placed')) AS agreed,
        min(move.at) FILTER (WHERE to_stage = 'placed') AS started
    FROM given, referrals_stagemove AS move JOIN people ON people.id = move.referral_id WHERE move.at < given.as_of GROUP BY 1
),
ends AS (
    SELECT DISTINCT ON (ending.referral_id) ending.referral_id AS id, ending.reason_code, ending.on < given.half_year AS is_due, told.kind
    FROM outcomes_ending AS ending JOIN people ON people.id = ending.referral_id CROSS JOIN given
    LEFT JOIN outcomes_outcome AS told ON told.ending_id = ending.id AND told.moment = 'm6' AND told.at < given.as_of
        AND NOT EXISTS (SELECT FROM outcomes_outcome AS later WHERE later.corrects_id = told.id AND later.at < given.as_of)
    WHERE ending.at < given.as_of ORDER BY ending.referral_id, ending.on DESC, ending.id
),
facts AS (
    SELECT people.*, steps.referred, steps.eligible, steps.proposed, steps.agreed, steps.started,
        ends.id IS NOT NULL AND steps.started IS NOT NULL AS has_ended,
        ends.reason_code = ANY(%(completed)s) AS has_completed, coalesce(ends.is_due, false) AS is_due,
        coalesce(ends.kind, 'unknown') AS kind
    FROM people LEFT JOIN steps USING (id) LEFT JOIN ends USING (id)
)
"""
"""One row for each person referred in the period, as things stood at `as_of`; the place is the last one that was proposed."""

CONDITIONS: dict[Column, str] = {
    Column.REFERRED: "true",
    Column.ELIGIBLE: "eligible IS NOT NULL",
    Column.PROPOSED: "proposed IS NOT NULL",
    Column.AGREED: "agreed IS NOT NULL",
    Column.STARTED: "started IS NOT NULL",
    Column.ENDED: "has_ended",
    Column.COMPLETED: "has_ended AND has_completed",
    Column.DUE: "has_ended AND is_due",
    Column.KNOWN: "has_ended AND is_due AND kind <> 'unknown'",
    Column.WORKS: "has_ended AND is_due AND kind = ANY(%(works)s)",
}
"""What each column counts, in the terms of `facts`."""


@dataclass(frozen=True, slots=True)
class Period:
    """Who is counted: referred in `[since, until)`, as things stood at a moment."""

    since: date
    until: date
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """One group: of which part (None: everybody), which, within which mentor, its counts, and the quartiles of the days of each span."""

    part: Part | None
    key: UUID | None
    mentor: UUID | None
    counts: dict[Column, int]
    quartiles: tuple[tuple[float, float, float] | None, ...]


def values_of(programme_id: UUID, period: Period) -> dict[str, Any]:
    """Return the parameters of `PEOPLE` and `CONDITIONS`."""
    return {
        "programme": programme_id,
        "since": period.since,
        "until": period.until,
        "as_of": period.as_of,
        "completed": list(COMPLETED_REASONS),
        "works": [kind.value for kind in WORKS],
    }


def counted(programme_id: UUID, period: Period) -> list[Counted]:
    """Return the counts of everybody, and of each place, mentor and partner; one statement."""
    tallies = ", ".join(f"count(*) FILTER (WHERE {CONDITIONS[column]})" for column in Column)
    days = ", ".join(_quartiles(before.value, after.value) for before, after in SPANS)
    sql = f"""{PEOPLE} SELECT grouping(place), grouping(mentor), grouping(partner), place, mentor, partner, {tallies}, {days}
        FROM facts GROUP BY GROUPING SETS ((), (place, mentor), (mentor), (partner))"""  # noqa: S608 - constants of this module
    with connection.cursor() as cursor:
        cursor.execute(sql, values_of(programme_id, period))
        return [_row(row) for row in cursor.fetchall()]


def _quartiles(before: str, after: str) -> str:
    return (
        "percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY "
        f"CASE WHEN {after} >= {before} THEN extract(epoch FROM {after} - {before}) / 86400 END)"
    )


def _row(row: Sequence[Any]) -> Counted:
    no_place, no_mentor, no_partner, place, mentor, partner = row[:6]
    part, key = (
        (Part.PLACE, place) if not no_place else (Part.MENTOR, mentor) if not no_mentor else (Part.PARTNER, partner) if not no_partner
        else (None, None)
    )  # fmt: skip
    counts = dict(zip(Column, row[6 : 6 + len(Column)], strict=True))
    return Counted(part, key, mentor, counts, tuple(_three(each) for each in row[6 + len(Column) :]))


def _three(values: Sequence[float | None] | None) -> tuple[float, float, float] | None:
    if not values or values[0] is None or values[1] is None or values[2] is None:
        return None
    return (float(values[0]), float(values[1]), float(values[2]))


def causes(programme_id: UUID, period: Period) -> dict[str, tuple[int, float]]:
    """Return for how many people of the period each cause of waiting holds now, and for how many days in the median."""
    sql = f"""{PEOPLE} SELECT waiting_cause, count(*),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM given.as_of - stage_since) / 86400)
        FROM given, facts JOIN referrals_referral AS referral USING (id)
        WHERE waiting_cause <> 'none' AND stage NOT IN ('placed', 'closed') AND stage_since < given.as_of GROUP BY 1"""  # noqa: S608 - constants of this module
    with connection.cursor() as cursor:
        cursor.execute(sql, values_of(programme_id, period))
        return {cause: (number, float(days)) for cause, number, days in cursor.fetchall()}
