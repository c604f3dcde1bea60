"""My day: what waits for a counsellor, as queues with a number and the most urgent people of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, DateTimeField, F, Q, QuerySet, Value, Window
from django.db.models.functions import Cast, Coalesce
from django.utils.timezone import localdate

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor, Role
from opstap.journey.eligibility.models import Decision
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import followed_referrals
from opstap.steering.overviews.queries.caseload import stalled_now

QUEUES = ("wants_call", "answers", "drafts", "decide", "questions", "expiring", "returned", "stalled")
"""The queues in the order in which they are worked through."""

EXPIRES_WITHIN = timedelta(days=30)
"""A decision that ends within this time is looked at again."""

ANSWER_NEAR = timedelta(days=3)
"""A proposal without the person's answer is worth a call this long before it lapses."""

SHOWN = 5
"""People shown per queue; the number counts everybody."""

WHOLE = 200
"""People shown of one queue on its own page."""

_COLUMNS = ("queue", "total", "referral_key", "first", "last", "followed_by", "detail", "moment")
_Rows = QuerySet[Any, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person in a queue. `detail`: a code or title that says what about; `on`: the day that makes it urgent."""

    referral_id: UUID
    name: str
    counsellor: str
    detail: str
    on: date | None


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
    """Return what waits for a counsellor, or for the whole team when the actor leads one and follows nobody; two queries."""
    own = _own(actor)
    first, *others = [rows[:SHOWN] for rows in _queues(own, at).values()]
    rows: Iterable[tuple[Any, ...]] = first.union(*others, all=True)
    gathered: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        gathered.setdefault(row[0], []).append(row)
    queues = tuple(_queue(name, gathered[name]) for name in QUEUES if name in gathered)
    return MyDay(queues, own.count(), is_team_day(actor))


def whole_queue(actor: Actor, name: str, at: datetime) -> Queue | None:
    """Return one queue with (at most 200 of) everybody in it, or None when there is no such queue."""
    if name not in QUEUES:
        return None
    rows = list(_queues(_own(actor), at)[name][:WHOLE])
    return _queue(name, rows) if rows else Queue(name, 0, ())


def is_team_day(actor: Actor) -> bool:
    """Tell whether "my day" is a whole team's: the actor leads one and follows nobody."""
    return not actor.has(Role.COUNSELLOR)


def _own(actor: Actor) -> QuerySet[Referral]:
    followed = followed_referrals(actor).exclude(stage=Stage.CLOSED)
    return followed if is_team_day(actor) else followed.filter(counsellor_id=actor.user_id)


def _queues(own: QuerySet[Referral], at: datetime) -> dict[str, _Rows]:
    """Return every queue whole, most urgent first."""
    on = localdate(at)
    awake = own.filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=on))
    sent = Proposal.objects.filter(referral__in=own, state=ProposalState.SENT, person_answer="", expires_at__lt=at + ANSWER_NEAR)
    drafts = Proposal.objects.filter(referral__in=awake, state=ProposalState.DRAFT)
    current = Decision.objects.filter(referral__in=awake, superseded_by__isnull=True, answer="yes")
    ending = current.filter(expires_on__gt=on, expires_on__lte=on + EXPIRES_WITHIN)
    calls = own.filter(waiting_cause=WaitingCause.PERSON_WANTS_CALL)
    return {
        "wants_call": _of_referrals("wants_call", calls, "stage_since"),
        "answers": _of_proposals("answers", sent, "expires_at"),
        "drafts": _of_proposals("drafts", drafts, "created_at"),
        "decide": _of_referrals("decide", awake.filter(stage=Stage.OPEN), "stage_since"),
        "questions": _of_referrals("questions", awake.filter(stage=Stage.FACTS_MISSING), "stage_since"),
        "expiring": _rows(ending, "expiring", "instrument", Cast("expires_on", DateTimeField()), ("referral__", "referral_id")),
        "returned": _of_referrals("returned", own.filter(snoozed_until__lte=on), "snoozed_until", "snooze_reason"),
        "stalled": _of_referrals("stalled", own.filter(stalled_now(at)), "stage_since", "waiting_cause"),
    }


def _of_referrals(name: str, rows: QuerySet[Referral], moment: str, detail: str = "waiting_cause") -> _Rows:
    return _rows(rows, name, detail, Cast(moment, DateTimeField()), ("", "pk"))


def _of_proposals(name: str, rows: QuerySet[Proposal], moment: str) -> _Rows:
    return _rows(rows, name, "place__title", F(moment), ("referral__", "referral_id"))


def _rows(rows: QuerySet[Any], name: str, detail: str, moment: Any, path: tuple[str, str]) -> _Rows:  # noqa: ANN401 - an expression
    """Return the rows of a queue, most urgent first, in the columns that all queues share, each with the number of the whole queue."""
    towards, key = path
    made: _Rows = (
        rows.annotate(
            queue=Value(name, output_field=CharField()),
            total=Window(Count("pk")),
            referral_key=F(key),
            first=F(f"{towards}person__first_name"),
            last=F(f"{towards}person__last_name"),
            followed_by=Coalesce(F(f"{towards}counsellor__name"), Value("")),
            detail=Cast(F(detail), CharField()),
            moment=moment,
        )
        .order_by("moment", "referral_key")
        .values_list(*_COLUMNS)
    )
    return made


def _queue(name: str, rows: list[tuple[Any, ...]]) -> Queue:
    ordered = sorted(rows, key=lambda row: (row[7], str(row[2])))
    people = tuple(
        Waiting(key, f"{first} {last}".strip(), counsellor, detail, localdate(moment) if moment else None)
        for _, _, key, first, last, counsellor, detail, moment in ordered
    )
    return Queue(name, rows[0][1], people)
