"""My day: what waits for a counsellor, as queues with a number and the most urgent people of each."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import localdate

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor, Role
from opstap.foundation.prepared import Prepared
from opstap.journey.outcomes.enums import MONTHS
from opstap.journey.outcomes.models import Relay
from opstap.journey.outcomes.queries import LONGEST, relays_not_taken_on, relays_to_answer
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import followed_referrals, put_aside_because
from opstap.steering.overviews.queries.caseload import stalled_now

QUEUES = (
    "wants_call", "to_note", "relay_answer", "tasks", "pins", "to_call", "called_off", "agreements", "answers", "news", "drafts", "decide",
    "questions", "relay_late", "hand_over", "outcomes", "quiet", "expiring", "returned", "stalled",
)  # fmt: skip
"""The queues in the order in which they are worked through."""

EXPIRES_WITHIN = timedelta(days=30)
"""A decision that ends within this time is looked at again."""

ANSWER_NEAR = timedelta(days=3)
"""A proposal without the person's answer is worth a call this long before it lapses."""

SHOWN = 5
"""People shown per queue; the number counts everybody."""

WHOLE = 200
"""People shown of one queue on its own page."""

_OWN = (
    "id", "person__first_name", "person__last_name", "counsellor__name",
    "stage", "waiting_cause", "stage_since", "snoozed_until", "snooze_reason", "last_contact_at", "is_stalled",
)  # fmt: skip
_WAITING = """
WITH followed (id, first, last, counsellor, stage, cause, since, snoozed_until, snooze_reason, contact_at, is_stalled) AS ({own}),
own AS (SELECT * FROM followed WHERE stage <> 'closed'),
given (day, now, near, ending) AS (SELECT %s::date, %s::timestamptz, %s::timestamptz, %s::date),
awake AS (SELECT own.* FROM own, given WHERE own.snoozed_until IS NULL OR own.snoozed_until <= given.day),
task AS (SELECT task.id, task.referral_id, task.rule, task.due_on, task.opened_at, task.rule = 'no_contact' AS is_quiet
    FROM given, own JOIN followup_task AS task ON task.referral_id = own.id
    WHERE task.state = 'open' AND task.rule <> 'relay_late' AND (task.snoozed_until IS NULL OR task.snoozed_until <= given.day)),
ending AS (SELECT DISTINCT ON (ending.referral_id) ending.id, ending.referral_id, ending."on", followed.stage
    FROM followed JOIN outcomes_ending AS ending ON ending.referral_id = followed.id
    ORDER BY ending.referral_id, ending."on" DESC, ending.id),
plain (queue, id, detail, moment) AS (
    SELECT 'wants_call', id, cause, since FROM own WHERE cause = 'person_wants_call'
    UNION ALL SELECT 'to_note', own.id, 'appointments.' || invitation.kind, slot.starts_at
        FROM given, own JOIN appointments_invitation AS invitation ON invitation.referral_id = own.id
        JOIN appointments_slot AS slot ON slot.id = invitation.slot_id
        WHERE invitation.state = 'booked' AND slot.starts_at <= given.now
    UNION ALL SELECT 'to_call', own.id, 'appointments.' || invitation.kind, invitation.expires_at
        FROM own JOIN appointments_invitation AS invitation ON invitation.referral_id = own.id WHERE invitation.state = 'expired'
    UNION ALL SELECT 'called_off', own.id, 'appointments.' || invitation.kind, invitation.called_off_at
        FROM own JOIN appointments_invitation AS invitation ON invitation.referral_id = own.id
        WHERE invitation.state = 'offered' AND invitation.called_off_at IS NOT NULL
    UNION ALL SELECT 'tasks', task.referral_id, string_agg('followup.' || task.rule, ',' ORDER BY task.due_on, task.id),
            min(task.due_on)::timestamp AT TIME ZONE 'Europe/Brussels'
        FROM task WHERE NOT is_quiet GROUP BY task.referral_id
    UNION ALL SELECT 'quiet', own.id, '', coalesce(own.contact_at, task.opened_at) FROM task JOIN own ON own.id = task.referral_id
        WHERE is_quiet AND (own.contact_at IS NULL OR own.contact_at < task.opened_at)
        AND NOT EXISTS (SELECT FROM task AS other WHERE other.referral_id = own.id AND NOT other.is_quiet)
    UNION ALL SELECT 'pins', own.id, place.title, pin.left_out_at
        FROM own JOIN matching_directive AS pin ON pin.referral_id = own.id JOIN places_place AS place ON place.id = pin.place_id
        WHERE pin.kind = 'pin' AND pin.ended_at IS NULL AND pin.left_out_at IS NOT NULL
    UNION ALL SELECT 'answers', own.id, place.title, proposal.expires_at
        FROM given, own JOIN matching_proposal AS proposal ON proposal.referral_id = own.id
        JOIN places_place AS place ON place.id = proposal.place_id
        WHERE proposal.state = 'sent' AND proposal.person_answer = '' AND proposal.expires_at < given.near
    UNION ALL SELECT 'news', own.id, place.title, letter.created_at
        FROM own JOIN matching_proposal AS proposal ON proposal.referral_id = own.id
        JOIN matching_letter AS letter ON letter.proposal_id = proposal.id
        JOIN places_place AS place ON place.id = proposal.place_id
        WHERE letter.channel = 'paper_news' AND letter.sent_at IS NULL AND proposal.state <> 'sent'
        AND (own.contact_at IS NULL OR own.contact_at < letter.created_at)
    UNION ALL SELECT 'drafts', awake.id, place.title, proposal.created_at
        FROM awake JOIN matching_proposal AS proposal ON proposal.referral_id = awake.id
        JOIN places_place AS place ON place.id = proposal.place_id
        WHERE proposal.state = 'draft'
    UNION ALL SELECT 'decide', id, cause, since FROM awake WHERE stage = 'open'
    UNION ALL SELECT 'questions', id, cause, since FROM awake WHERE stage = 'facts_missing'
    UNION ALL SELECT 'expiring', awake.id, decision.instrument, decision.expires_on::timestamptz
        FROM given, awake JOIN eligibility_decision AS decision ON decision.referral_id = awake.id
        WHERE decision.answer = 'yes' AND decision.expires_on > given.day AND decision.expires_on <= given.ending
        AND NOT EXISTS (SELECT FROM eligibility_decision AS later WHERE later.supersedes_id = decision.id)
    UNION ALL SELECT 'returned', own.id, coalesce(encode(own.snooze_reason, 'base64'), ''), own.snoozed_until::timestamptz
        FROM given, own WHERE own.snoozed_until <= given.day
    UNION ALL SELECT 'stalled', id, cause, since FROM own WHERE is_stalled
),
waiting (queue, id, detail, moment, thing, whom) AS (
    SELECT plain.*, NULL::uuid, '' FROM plain
    UNION ALL SELECT 'agreements', own.id, CASE
            WHEN agreement.id IS NULL AND place.mentor_id IS NULL THEN 'agreements.day.make_and_name'
            WHEN agreement.id IS NULL THEN 'agreements.day.to_make'
            WHEN agreement.state = 'draft' AND agreement.fields ->> 'mentor_name' = '' AND place.mentor_id IS NULL
                THEN 'agreements.day.no_mentor'
            WHEN agreement.state = 'draft' AND agreement.fields ->> 'partner_name' = '' THEN 'agreements.day.no_partner'
            WHEN agreement.state = 'draft' THEN 'agreements.day.to_send'
            WHEN agreement.state = 'signed' THEN 'agreements.day.stuck'
            WHEN bool_or(signature.state = 'refused') THEN 'agreements.day.refused' ELSE 'agreements.day.waiting' END,
            coalesce(agreement.sent_at, agreement.created_at, work.created_at), coalesce(agreement.id, work.proposal_id),
            coalesce(string_agg(signature.name, ', ' ORDER BY signature.state, signature.name)
                FILTER (WHERE agreement.state = 'out_for_signature' AND signature.state IN ('refused', 'waiting')), place.title)
        FROM own JOIN placements_placement AS work ON work.referral_id = own.id
        JOIN places_seat AS seat ON seat.id = work.seat_id JOIN places_place AS place ON place.id = seat.place_id
        LEFT JOIN agreements_agreement AS agreement ON agreement.placement_id = work.id AND agreement.state <> 'withdrawn'
        LEFT JOIN agreements_signature AS signature ON signature.agreement_id = agreement.id
        WHERE work.state = 'to_be_agreed' AND (agreement.state IS DISTINCT FROM 'signed' OR agreement.stuck IS NOT NULL)
            OR work.state = 'running' AND (agreement.state IN ('draft', 'out_for_signature')
                OR agreement.state = 'signed' AND agreement.stuck IS NOT NULL)
        GROUP BY own.id, work.id, agreement.id, place.id
    UNION ALL SELECT 'relay_late', followed.id, 'outcomes.relay.' || relay.state, coalesce(relay.answered_at, relay.escalated_at), relay.id,
            relay.to_name
        FROM followed JOIN outcomes_relay AS relay ON relay.referral_id = followed.id WHERE relay.state IN ('declined', 'escalated')
    UNION ALL SELECT 'hand_over', followed.id, place.title, ending."on"::timestamptz, ending.id, ''
        FROM followed JOIN outcomes_ending AS ending ON ending.referral_id = followed.id AND ending.wants_relay
        JOIN placements_placement AS work ON work.id = ending.placement_id JOIN places_seat AS seat ON seat.id = work.seat_id
        JOIN places_place AS place ON place.id = seat.place_id
        WHERE NOT EXISTS (SELECT FROM outcomes_relay AS relay
            WHERE relay.ending_id = ending.id AND relay.state NOT IN ('draft', 'withdrawn'))
    UNION ALL SELECT 'outcomes', ending.referral_id, 'outcomes.moment.' || moment.code, due."on"::timestamptz, ending.id, ''
        FROM given, ending CROSS JOIN (VALUES {moments}) AS moment (code, months)
        CROSS JOIN LATERAL (SELECT (ending."on" + make_interval(months => moment.months))::date AS "on") AS due
        WHERE ending.stage <> 'placed' AND due."on" <= given.day AND due."on" >= given.day - {longest}
        AND NOT EXISTS (SELECT FROM outcomes_outcome AS told WHERE told.ending_id = ending.id AND told.moment = moment.code)
),
ranked AS (
    SELECT waiting.*, count(*) OVER (PARTITION BY queue) AS total, row_number() OVER (PARTITION BY queue ORDER BY moment, id) AS rank
    FROM waiting
)
SELECT queue, total, id, first, last, coalesce(counsellor, ''), detail, moment, thing, whom FROM ranked JOIN followed USING (id)
    WHERE rank <= %s
UNION ALL SELECT '', count(*), NULL, '', '', '', '', NULL, NULL, '' FROM own
"""
"""Every queue in one query; the last row counts everybody. `followed`, also who went their way, is the actor's reach; `own` are the rest.

Every value is a parameter.
"""

_TO_MAKE = frozenset({"agreements.day.to_make", "agreements.day.make_and_name"})
_TO_FILL = {"agreements.day.no_mentor": "mentor_name", "agreements.day.no_partner": "partner_name"}
_Row = tuple[str, int, UUID, str, str, str, str, datetime | None, UUID | None, str]
_MOMENTS = ", ".join(f"('{moment.value}', {months})" for moment, months in MONTHS.items())


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person in a queue. `details`: codes or titles that say what about; `on`: the day that makes it urgent.

    `whom`: who is waited for, by name; `thing_id`: the relay, end or agreement that it is about, or the proposal to
    which both said yes.
    """

    referral_id: UUID
    name: str
    counsellor: str
    details: tuple[str, ...]
    on: date | None
    whom: str = ""
    thing_id: UUID | None = None

    @property
    def to_make(self) -> UUID | None:
        """The proposal of which the agreement is still to be made, None when it is not about that."""
        return self.thing_id if self.detail in _TO_MAKE else None

    @property
    def to_fill(self) -> str:
        """The field of an agreement that is empty and keeps it from going out, or ""."""
        return _TO_FILL.get(self.detail, "")

    @property
    def detail(self) -> str:
        """What it is about, as one text of codes or a title."""
        return ",".join(self.details)


@dataclass(frozen=True, slots=True)
class Queue:
    """A saved query: everybody in it counted, the most urgent shown."""

    name: str
    count: int
    people: tuple[Waiting, ...]

    @property
    def title(self) -> Reason:
        """What the queue is called."""
        return Reason(f"counsellor.queue_{self.name}")

    @property
    def to_do(self) -> Reason:
        """The one thing to do for each person in it."""
        return Reason(f"counsellor.do_{self.name}")

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.people)


@dataclass(frozen=True, slots=True)
class MyDay:
    """The queues in which somebody waits, and how many people are followed in all; `is_team`: a whole team's day."""

    queues: tuple[Queue, ...]
    followed: int
    is_team: bool


def my_day(actor: Actor, at: datetime) -> MyDay:
    """Return what waits for a counsellor, or for the whole team when the actor leads one and follows nobody; two or three queries."""
    gathered = _waiting(actor, at, SHOWN)
    followed = sum(row[1] for row in gathered.get("", ()))
    queues = {name: _queue(name, gathered[name]) for name in QUEUES if name in gathered}
    queues |= _from_others(actor, queues.get("relay_late"), SHOWN)
    return MyDay(tuple(queues[name] for name in QUEUES if name in queues), followed, is_team_day(actor))


def whole_queue(actor: Actor, name: str, at: datetime) -> Queue | None:
    """Return one queue with (at most 200 of) everybody in it, or None when there is no such queue."""
    if name not in QUEUES:
        return None
    rows = _waiting(actor, at, WHOLE).get(name)
    own = _queue(name, rows) if rows else Queue(name, 0, ())
    return _from_others(actor, own, WHOLE).get(name, own) if name in {"relay_answer", "relay_late"} else own


def _from_others(actor: Actor, late: Queue | None, most: int) -> dict[str, Queue]:
    """Return the queues about people of others: relays offered to the actor, and those of the team that nobody took on."""
    found: dict[str, Queue] = {}
    if asked := relays_to_answer(actor):
        found["relay_answer"] = _of_relays("relay_answer", asked, most)
    if actor.has(Role.TEAM_LEAD) and not is_team_day(actor):
        known = {person.thing_id for person in late.people} if late else set()
        if others := [row for row in relays_not_taken_on(actor) if row.pk not in known]:
            team = _of_relays("relay_late", others, most)
            found["relay_late"] = Queue("relay_late", team.count + (late.count if late else 0), (late.people if late else ()) + team.people)
    return found


def _of_relays(name: str, relays: Sequence[Relay], most: int) -> Queue:
    people = tuple(
        Waiting(
            referral_id=row.referral_id,
            name=str(row.referral.person),
            counsellor=row.referral.counsellor.name if row.referral.counsellor else "",
            details=(f"outcomes.relay.{row.state}",),
            on=row.due_on,
            whom=row.made_by if name == "relay_answer" else row.to_name,
            thing_id=row.pk,
        )
        for row in relays[:most]
    )
    return Queue(name, len(relays), people)


def is_team_day(actor: Actor) -> bool:
    """Tell whether "my day" is a whole team's: the actor leads one and follows nobody."""
    return not actor.has(Role.COUNSELLOR)


def _own(actor: Actor, at: datetime, on: date) -> QuerySet[Referral, tuple[Any, ...]]:
    followed = followed_referrals(actor)
    own = followed if is_team_day(actor) else followed.filter(counsellor_id=actor.user_id)
    return own.annotate(is_stalled=stalled_now(at, on)).order_by().values_list(*_OWN)


_FOLLOWED = Prepared(_own)


def _waiting(actor: Actor, at: datetime, most: int) -> dict[str, list[_Row]]:
    """Return at most so many rows of every queue in which somebody waits, each with the number of the whole queue; "" counts all."""
    on = localdate(at)
    question = _FOLLOWED.question(actor=actor, at=at, on=on)
    if question is None:
        return {}
    followed, params = question
    rows: dict[str, list[_Row]] = {}
    with connection.cursor() as cursor:
        sql = _WAITING.format(own=followed, moments=_MOMENTS, longest=LONGEST.days)
        cursor.execute(sql, [*params, on, at, at + ANSWER_NEAR, on + EXPIRES_WITHIN, most])
        for row in cursor.fetchall():
            rows.setdefault(row[0], []).append(row)
    return rows


def _queue(name: str, rows: list[_Row]) -> Queue:
    ordered = sorted(rows, key=lambda row: (row[7], row[2]))
    people = tuple(
        Waiting(key, f"{first} {last}".strip(), counsellor, _details(name, key, detail), localdate(moment) if moment else None, whom, thing)
        for _, _, key, first, last, counsellor, detail, moment, thing, whom in ordered
    )
    return Queue(name, rows[0][1], people)


def _details(name: str, referral_id: UUID, detail: str) -> tuple[str, ...]:
    """Return what it is about: a task queue names every rule of one person once, the others have one thing; sealed words are opened."""
    if name == "returned":
        return (put_aside_because(referral_id, b64decode(detail) or None),)
    return tuple(dict.fromkeys(detail.split(","))) if name == "tasks" else (detail,)
