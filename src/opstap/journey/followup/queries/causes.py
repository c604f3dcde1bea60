"""What is there, per rule, for a task to be open: one question to the database each, however many people there are.

Every question gives rows of `COLUMNS`. A task that somebody closed by hand counts as attention on that day: the rule looks only at
what came after it. `once` names the cause, so that the same cause never opens a second task.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from opstap.journey.followup.enums import Rule, RuleTerms
from opstap.journey.mentoring.queries import without_guide

COLUMNS = "once, programme_id, referral_id, placement_id, place_id, mentor_id, owner_id, organisation_id, facts"

_HANDLED = """handled AS (SELECT referral_id, max(closed_at AT TIME ZONE 'Europe/Brussels')::date AS "on" FROM followup_task
    WHERE rule = %(rule)s AND end_reason IN ('handled', 'not_needed') GROUP BY referral_id)"""
_OF_PERSON = "referral.programme_id, referral.id"
_WHOSE = "NULL::uuid, NULL::uuid, referral.counsellor_id, referral.counselling_organisation_id"
_PARTS = {"handled": _HANDLED, "person": _OF_PERSON, "whose": _WHOSE}

_ABSENCES_IN_ROW = """
WITH {handled},
noted AS (SELECT day.placement_id, day."on", day.state FROM attendance_day AS day
    WHERE day."on" > %(day)s::date - 120 AND day."on" <= %(day)s::date
    AND NOT EXISTS (SELECT FROM attendance_day AS later WHERE later.corrects_id = day.id)),
came AS (SELECT placement_id, max("on") AS "on" FROM noted WHERE state IN ('here', 'late') GROUP BY placement_id)
SELECT 'absences_in_row:' || work.id || ':' || min(noted."on"), {person}, work.id, {whose},
    jsonb_build_object('count', count(DISTINCT noted."on"), 'from', min(noted."on"), 'last', max(noted."on"))
FROM noted JOIN placements_placement AS work ON work.id = noted.placement_id
JOIN referrals_referral AS referral ON referral.id = work.referral_id
LEFT JOIN came ON came.placement_id = work.id LEFT JOIN handled ON handled.referral_id = referral.id
WHERE work.state = 'running' AND noted.state = 'absent' AND (came."on" IS NULL OR noted."on" > came."on")
    AND (handled."on" IS NULL OR noted."on" > handled."on")
GROUP BY work.id, referral.id HAVING count(DISTINCT noted."on") >= %(times)s
"""

# who was never spoken to waits for a first talk: that is the invitations' work, until the work is agreed
_NO_CONTACT = """
WITH {handled},
quiet AS (SELECT referral.id, (coalesce(referral.last_contact_at, CASE WHEN referral.stage IN ('to_be_agreed', 'placed')
    THEN referral.stage_since END) AT TIME ZONE 'Europe/Brussels')::date AS since,
    handled."on" AS handled_on FROM referrals_referral AS referral LEFT JOIN handled ON handled.referral_id = referral.id
    WHERE referral.stage <> 'closed' AND (referral.snoozed_until IS NULL OR referral.snoozed_until <= %(day)s::date))
SELECT 'no_contact:' || referral.id || ':' || greatest(quiet.since, quiet.handled_on), {person}, NULL::uuid, {whose},
    jsonb_build_object('since', quiet.since)
FROM quiet JOIN referrals_referral AS referral USING (id)
WHERE quiet.since IS NOT NULL AND greatest(quiet.since, quiet.handled_on) <= %(day)s::date - %(days)s::int
    AND NOT EXISTS (SELECT FROM followup_task AS other WHERE other.referral_id = referral.id AND other.state = 'open'
        AND other.rule <> %(rule)s AND (other.snoozed_until IS NULL OR other.snoozed_until <= %(day)s::date))
"""

_GOAL_NOT_MOVED = """
WITH {handled},
still AS (SELECT DISTINCT ON (plan.referral_id) plan.referral_id, goal.id, (goal.moved_at AT TIME ZONE 'Europe/Brussels')::date AS since,
    count(*) OVER (PARTITION BY plan.referral_id) AS goals
    FROM plans_goal AS goal JOIN plans_supportplan AS plan ON plan.id = goal.plan_id
    WHERE plan.state IN ('shared', 'agreed') AND goal.state = 'open'
    AND (goal.moved_at AT TIME ZONE 'Europe/Brussels')::date <= %(day)s::date - 7 * %(weeks)s::int
    ORDER BY plan.referral_id, goal.moved_at, goal.position, goal.id)
SELECT 'goal_not_moved:' || still.id || ':' || greatest(still.since, handled."on"), {person}, NULL::uuid, {whose},
    jsonb_build_object('goals', still.goals, 'since', still.since)
FROM still JOIN referrals_referral AS referral ON referral.id = still.referral_id LEFT JOIN handled ON handled.referral_id = referral.id
WHERE referral.stage <> 'closed' AND (handled."on" IS NULL OR handled."on" <= %(day)s::date - 7 * %(weeks)s::int)
"""

_AGREEMENT_ENDING = """
SELECT 'agreement_ending:' || work.id || ':' || upper(work.period), {person}, work.id, {whose},
    jsonb_build_object('last', upper(work.period) - 1, 'place', place.title)
FROM placements_placement AS work JOIN referrals_referral AS referral ON referral.id = work.referral_id
JOIN places_seat AS seat ON seat.id = work.seat_id JOIN places_place AS place ON place.id = seat.place_id
WHERE work.state = 'running' AND upper(work.period) > %(day)s::date AND upper(work.period) <= %(day)s::date + %(days)s::int
    AND NOT EXISTS (SELECT FROM placements_placement AS next WHERE next.referral_id = referral.id
        AND next.state IN ('to_be_agreed', 'running') AND upper(next.period) > upper(work.period))
    AND NOT EXISTS (SELECT FROM matching_proposal AS proposal WHERE proposal.referral_id = referral.id AND proposal.state = 'sent')
"""

# the agreement ended by itself and nothing is noted or paid after it: somebody says how it ended, or signs an addendum
_WORK_OVER = """
SELECT 'work_over:' || work.id || ':' || upper(work.period), {person}, work.id, {whose},
    jsonb_build_object('last', upper(work.period) - 1, 'place', place.title)
FROM placements_placement AS work JOIN referrals_referral AS referral ON referral.id = work.referral_id
JOIN places_seat AS seat ON seat.id = work.seat_id JOIN places_place AS place ON place.id = seat.place_id
WHERE work.state = 'running' AND upper(work.period) <= %(day)s::date
"""

_EVALUATION_OVERDUE = """
SELECT 'evaluation_overdue:' || evaluation.id, {person}, work.id, place.id, place.mentor_id, referral.counsellor_id,
    referral.counselling_organisation_id,
    jsonb_build_object('due', evaluation.due_on, 'place', place.title, 'mentor', coalesce(mentor.name, ''))
FROM evaluations_evaluation AS evaluation JOIN placements_placement AS work ON work.id = evaluation.placement_id
JOIN referrals_referral AS referral ON referral.id = work.referral_id
JOIN places_seat AS seat ON seat.id = work.seat_id JOIN places_place AS place ON place.id = seat.place_id
LEFT JOIN organisations_mentor AS mentor ON mentor.id = place.mentor_id
WHERE evaluation.state = 'asked' AND evaluation.due_on <= %(day)s::date - %(days)s::int AND referral.stage <> 'closed'
"""

_MENTOR_AWAY = """
SELECT 'mentor_away:' || place.id || ':' || gap.starts, place.programme_id, NULL::uuid, NULL::uuid, place.id, gap.mentor_id,
    (SELECT held.user_id FROM access_rolegrant AS held JOIN access_user AS somebody ON somebody.id = held.user_id AND somebody.is_active
        WHERE held.role = 'coordinator' AND held.programme_id = place.programme_id AND held.starts_on <= %(day)s::date
        AND (held.until_on IS NULL OR held.until_on > %(day)s::date) ORDER BY held.starts_on, held.id LIMIT 1),
    place.organisation_id,
    jsonb_build_object('from', gap.starts, 'last', gap.ends - 1, 'mentor', mentor.name,
        'place', place.title, 'learners', count(DISTINCT work.id))
FROM unnest(%(mentors)s::uuid[], %(starts)s::date[], %(ends)s::date[]) AS gap (mentor_id, starts, ends)
JOIN organisations_mentor AS mentor ON mentor.id = gap.mentor_id JOIN places_place AS place ON place.mentor_id = gap.mentor_id
JOIN places_seat AS seat ON seat.place_id = place.id JOIN placements_placement AS work ON work.seat_id = seat.id
WHERE work.state IN ('to_be_agreed', 'running') AND work.period && daterange(gap.starts, gap.ends)
GROUP BY place.id, gap.mentor_id, gap.starts, gap.ends, mentor.name
"""

CAUSES: dict[Rule, str] = {
    Rule.ABSENCES_IN_ROW: _ABSENCES_IN_ROW.format(**_PARTS),
    Rule.GOAL_NOT_MOVED: _GOAL_NOT_MOVED.format(**_PARTS),
    Rule.AGREEMENT_ENDING: _AGREEMENT_ENDING.format(**_PARTS),
    Rule.WORK_OVER: _WORK_OVER.format(**_PARTS),
    Rule.EVALUATION_OVERDUE: _EVALUATION_OVERDUE.format(**_PARTS),
    Rule.MENTOR_AWAY: _MENTOR_AWAY.format(**_PARTS),
    Rule.NO_CONTACT: _NO_CONTACT.format(**_PARTS),
}
"""Per rule the question that gives its causes; values come in as named parameters (see `values_of`).

The one about contact comes last: it opens nothing about somebody whom another open task is about, who is called for that.
"""


def values_of(terms: RuleTerms, at: datetime) -> dict[str, Any]:
    """Return the values that a rule's question asks for: the day, the rule's own numbers, and for mentors who is away when."""
    day = localdate(at)
    values: dict[str, Any] = {"rule": terms.rule.value, "day": day, "at": at, **terms.facts}
    if terms.rule is Rule.MENTOR_AWAY:
        last = day + timedelta(days=terms["days"])
        away = [(key, period) for key, periods in without_guide(day).items() for period in periods if period.start <= last]
        values["mentors"] = [key for key, _ in away]
        values["starts"] = [period.start for _, period in away]
        values["ends"] = [period.until for _, period in away]
    return values
