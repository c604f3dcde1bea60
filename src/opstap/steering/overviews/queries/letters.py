"""What staff bring to the post or tell in person: letters to print, letters that were printed, and messages that did not arrive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Value

from opstap.engine.shared import Reason
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.actor import Actor
from opstap.foundation.outbox.enums import MessageChannel, MessageState
from opstap.foundation.outbox.models import Message
from opstap.foundation.outbox.permissions import may_send
from opstap.foundation.outbox.queries import PRINTED_LATELY, by_hand, let_through, posted_lately
from opstap.foundation.prepared import Prepared
from opstap.journey.agreements.models import Agreement, Signature
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.matching.enums import LetterChannel, ProposalState
from opstap.journey.matching.models import Letter
from opstap.journey.matching.queries import letters_posted, letters_to_post, letters_to_print
from opstap.journey.people.queries import has_address
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import is_own_caseload, leads_the_team
from opstap.journey.referrals.queries import visible_referrals

if TYPE_CHECKING:
    from opstap.journey.people.models import Person

SHOWN = 50
"""Letters of a kind on the page; the next ones follow when these are gone."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter on the list. `key` names it in a form; `about` says what it tells; `before`: after this day it tells nothing any more.

    `referral_id` leads to the person's contact data, None for who may not change these: they ask the `counsellor`.
    `is_stale`: it was printed, and is not true now.
    """

    key: str
    name: str
    about: Reason
    since: datetime
    before: datetime | None
    has_address: bool
    referral_id: UUID | None
    counsellor: str
    is_stale: bool = False
    is_ticked: bool = True


@dataclass(frozen=True, slots=True)
class StuckLine:
    """A message that did not arrive: to whom (`name` of the person, or the address of a host), what, why, and how to reach them now."""

    id: UUID
    name: str
    about: Reason
    why: Reason
    to: str
    phone: str
    since: datetime
    referral_id: UUID | None
    counsellor: str
    can_post: bool


@dataclass(frozen=True, slots=True)
class LetterBox:
    """Everything that waits for somebody's hands: to print, to post, not arrived, held back for now, and posted lately."""

    to_print: tuple[LetterLine, ...]
    to_post: tuple[LetterLine, ...]
    stuck: tuple[StuckLine, ...]
    later: tuple[LetterLine, ...]
    posted: tuple[LetterLine, ...]
    has_more: bool

    @property
    def ready(self) -> int:
        """How many letters are ticked to be printed."""
        return sum(line.is_ticked for line in self.to_print)


@dataclass(frozen=True, slots=True)
class LetterCount:
    """How much waits: letters to print, letters to post, and messages that did not arrive."""

    to_print: int
    to_post: int
    stuck: int

    @property
    def all(self) -> int:
        """How much waits in all."""
        return self.to_print + self.to_post + self.stuck

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing waits."""
        return not self.all


@dataclass(frozen=True, slots=True)
class _Known:
    """Who the messages are about: the visible referral of each person, and whether the actor may change contact data."""

    actor: Actor
    referrals: Mapping[UUID, Referral] = field(default_factory=dict)

    def person(self, person_id: UUID | None) -> Person | None:
        """Return the person, or None."""
        referral = self.referrals.get(person_id) if person_id else None
        return referral.person if referral else None

    def file_of(self, person_id: UUID | None) -> UUID | None:
        """Return the referral in which the contact data can be changed by this actor, or None."""
        referral = self.referrals.get(person_id) if person_id else None
        return _file(self.actor, referral) if referral is not None else None

    def follower(self, person_id: UUID | None) -> str:
        """Return the name of who follows the person, or ""."""
        referral = self.referrals.get(person_id) if person_id else None
        return referral.counsellor.name if referral is not None and referral.counsellor else ""


def _file(actor: Actor, referral: Referral) -> UUID | None:
    return referral.pk if is_own_caseload(actor, referral) or leads_the_team(actor, referral) else None


def letter_box(actor: Actor, at: datetime) -> LetterBox:
    """Return what waits for hands within the actor's reach; nine queries at most."""
    rows = list(by_hand(actor, _within(actor), at, at - PRINTED_LATELY)[: 4 * SHOWN])
    sent = list(posted_lately(actor, _within(actor), at)[:SHOWN])
    known = _Known(actor, _referrals(actor, {row.person_id for row in chain(rows, sent) if row.person_id}))
    unsaid = [row for row in rows if row.state in {MessageState.QUEUED, MessageState.HELD}]
    goes = {row.pk for row in let_through(unsaid, at)}
    waiting = [_proposal(row, actor) for row in letters_to_print(actor)[: SHOWN + 1]]
    waiting += [_message(row, known) for row in unsaid if row.pk in goes]
    printed = [_proposal(row, actor, row.sent_at) for row in letters_to_post(actor, at - PRINTED_LATELY)[:SHOWN]]
    printed += [_message(row, known, row.taken_at) for row in rows if row.state in {MessageState.TAKEN, MessageState.CANCELLED}]
    posted = [_proposal(row, actor, row.posted_at) for row in letters_posted(actor, at - PRINTED_LATELY)[:SHOWN]]
    posted += [_message(row, known, row.sent_at) for row in sent]
    return LetterBox(
        to_print=tuple(_together(waiting)[:SHOWN]),
        to_post=tuple(_together(printed)),
        stuck=tuple(_stuck(row, known) for row in rows if row.state == MessageState.FAILED),
        later=tuple(_message(row, known) for row in unsaid if row.pk not in goes),
        posted=tuple(sorted(posted, key=lambda line: line.since, reverse=True)),
        has_more=len(waiting) > SHOWN,
    )


def letters_count(actor: Actor, at: datetime) -> LetterCount:
    """Return how much waits for hands, held back letters included; two queries."""
    states = dict(_STATES(actor=actor, at=at, stale_after=at - PRINTED_LATELY)) if may_send(actor) else {}
    letters = dict(_PILES(actor=actor, after=at - PRINTED_LATELY))
    return LetterCount(
        to_print=letters.get("print", 0) + states.get("queued", 0) + states.get("held", 0),
        to_post=letters.get("post", 0) + states.get("taken", 0),
        stuck=states.get("failed", 0),
    )


def _states(actor: Actor, at: datetime, stale_after: datetime) -> QuerySet[Message, tuple[str, int]]:
    return by_hand(actor, _within(actor), at, stale_after).order_by().values_list("state").annotate(number=Count("pk"))


def _piles(actor: Actor, after: datetime) -> QuerySet[Letter, tuple[str, int]]:
    """Return two rows: how many letters of proposals are to print, and how many are to post."""
    to_print, to_post = (
        rows.order_by().annotate(pile=Value(pile)).values("pile").annotate(number=Count("pk")).values_list("pile", "number")
        for pile, rows in (("print", letters_to_print(actor)), ("post", letters_to_post(actor, after)))
    )
    return to_print.union(to_post, all=True)


_STATES, _PILES = Prepared(_states), Prepared(_piles)


def letter_messages(actor: Actor, ids: Iterable[UUID], at: datetime) -> QuerySet[Message]:
    """Return those of these messages that wait for hands, or were posted lately, within the actor's reach."""
    chosen = Q(pk__in=list(ids))
    lately = posted_lately(actor, _within(actor) & chosen, at).values("pk")
    waiting = by_hand(actor, _within(actor) & chosen, at, at - PRINTED_LATELY).values("pk")
    return Message.objects.filter(Q(pk__in=waiting) | Q(pk__in=lately)).order_by("queued_at", "id")


def persons_of(actor: Actor, rows: Iterable[Message]) -> dict[UUID, Referral]:
    """Return for each message to a visible person the way through a programme that its link opens, with the person."""
    by_person = _referrals(actor, {row.person_id for row in rows if row.person_id})
    own = {row.pk: row for row in by_person.values()}
    signed = _signed([row.link_subject for row in rows if row.link_purpose == LinkPurpose.SIGNATURE and row.link_subject])
    ways = {row.link_subject for row in rows if row.link_purpose == LinkPurpose.PERSON_JOURNEY and row.link_subject}
    wanted = (ways | set(signed.values())) - own.keys()
    own |= {row.pk: row for row in _with_person(visible_referrals(actor).filter(pk__in=wanted))} if wanted else {}
    found = {}
    for row in rows:
        if row.person_id is None:
            continue
        key = signed.get(row.link_subject, row.link_subject) if row.link_subject else None
        referral = own.get(key) if key else None
        if referral is None and row.link_purpose != LinkPurpose.SIGNATURE:  # what is to be signed is found on that one way alone
            referral = by_person.get(row.person_id)
        if referral is not None:
            found[row.pk] = referral
    return found


def _signed(signature_ids: list[UUID]) -> dict[UUID, UUID]:
    if not signature_ids:
        return {}
    return dict(Signature.objects.filter(pk__in=signature_ids).values_list("pk", "agreement__placement__referral_id"))


def _within(actor: Actor) -> Q:
    """Return which messages are in reach: to visible people about a visible way, and to hosts about visible agreements and evaluations."""
    seen = visible_referrals(actor).order_by().values("pk")
    of_way = Q(link_purpose=LinkPurpose.PERSON_JOURNEY, link_subject__in=seen)
    other = ~Q(link_purpose=LinkPurpose.PERSON_JOURNEY) & Q(person_id__in=visible_referrals(actor).order_by().values("person_id"))
    to_host = Q(person_id=None) & (
        Q(subject_kind="agreement", subject_id__in=Agreement.objects.filter(placement__referral__in=seen).values("pk"))
        | Q(subject_kind="evaluation", subject_id__in=Evaluation.objects.filter(placement__referral__in=seen).values("pk"))
    )
    return of_way | other | to_host


def _with_person(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    return rows.select_related("person", "counsellor").order_by("referred_on", "id")


def _referrals(actor: Actor, person_ids: Iterable[UUID]) -> dict[UUID, Referral]:
    """Return the latest visible referral of each person."""
    return {row.person_id: row for row in _with_person(visible_referrals(actor).filter(person_id__in=list(person_ids)))}


def _together(lines: list[LetterLine]) -> list[LetterLine]:
    """Order lines by age, and put what goes to one person in one envelope together."""
    oldest: dict[str, datetime] = {}
    for line in sorted(lines, key=lambda each: each.since):
        oldest.setdefault(line.name, line.since)
    return sorted(lines, key=lambda line: (oldest[line.name], line.name, line.since))


def _message(row: Message, known: _Known, since: datetime | None = None) -> LetterLine:
    person = known.person(row.person_id)
    is_reached = person is not None and has_address(person)
    return LetterLine(
        key=f"bericht:{row.pk}",
        name=str(person or ""),
        about=about(row),
        since=since or row.queued_at,
        before=row.useful_until,
        has_address=is_reached,
        referral_id=known.file_of(row.person_id),
        counsellor=known.follower(row.person_id),
        is_stale=row.state == MessageState.CANCELLED,
        is_ticked=is_reached,
    )


def about(row: Message) -> Reason:
    """Return what a message says in one line: its subject."""
    return Reason(f"{row.code}.subject", row.facts or {})


def _stuck(row: Message, known: _Known) -> StuckLine:
    person = known.person(row.person_id)
    way = {MessageChannel.EMAIL.value: "outbox.no_email_arrived", MessageChannel.SMS.value: "outbox.no_sms_arrived"}
    return StuckLine(
        id=row.pk,
        name=str(person or row.address or ""),
        about=about(row),
        why=Reason(way.get(row.channel, "outbox.no_email_arrived"), {"address": row.address or "", "times": row.tries}),
        to=row.address or "",
        phone=person.phone if person else "",
        since=row.queued_at,
        referral_id=known.file_of(row.person_id),
        counsellor=known.follower(row.person_id),
        can_post=person is not None,
    )


def _proposal(row: Letter, actor: Actor, since: datetime | None = None) -> LetterLine:
    proposal, referral = row.proposal, row.proposal.referral
    is_news = row.channel == LetterChannel.PAPER_NEWS
    is_reached = has_address(proposal.person)
    return LetterLine(
        key=f"brief:{row.pk}",
        name=str(proposal.person),
        about=Reason(
            "letters.about_news" if is_news else "letters.about_proposal",
            {"place": proposal.place.title, "host": proposal.place.organisation.name},
        ),
        since=since or row.created_at,
        before=None if is_news else proposal.expires_at,
        has_address=is_reached,
        referral_id=_file(actor, referral),
        counsellor=referral.counsellor.name if referral.counsellor else "",
        is_stale=not is_news and proposal.state != ProposalState.SENT,
        is_ticked=is_reached,
    )
