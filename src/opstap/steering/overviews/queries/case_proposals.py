"""The proposals in a case file: the open one with what can be done, and those that ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.prepared import Prepared
from opstap.journey.agreements.assembly import field_missing
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_open_case_file
from opstap.journey.referrals.queries import followed_referrals
from opstap.steering.overviews.queries.case_finding import Other, others_in
from opstap.steering.overviews.queries.case_places import NamedPlace
from opstap.steering.overviews.queries.case_work import Work, with_work, work_of

OPEN = (ProposalState.DRAFT, ProposalState.SENT, ProposalState.ACCEPTED)
"""States in which a proposal asks something of somebody, or is on its way to a start."""

_SHOWN = (
    "state", "instrument", "starts_on", "until_on", "is_reserve", "reasons", "alternatives", "person_answer", "person_answered_at",
    "person_channel", "person_reason", "host_answer", "host_answered_at", "host_reason", "sent_at", "expires_at", "decided_by",
    "decision_reason", "created_by", "created_at", "place_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal as the counsellor reads it. `person_*`, `host_*`: what each said, when and why.

    `lacks`: what the agreement will need and nobody has said yet.
    """

    id: UUID
    state: str
    place_id: UUID
    place: str
    host: str
    where: str
    half_days: int
    instrument: str
    starts_on: date
    until_on: date
    is_reserve: bool
    reasons: tuple[Reason, ...]
    others: tuple[Other, ...]
    person_answer: str
    person_answered_at: datetime | None
    person_channel: str
    person_reason: str
    host_answer: str
    host_answered_at: datetime | None
    host_reason: str
    sent_at: datetime | None
    expires_at: datetime | None
    decided_by: str
    decision_reason: str
    created_by: str
    created_at: datetime
    work: Work | None
    lacks: tuple[Reason, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether it still asks something of somebody, or its work goes on."""
        return self.state in OPEN and not (self.work and self.work.is_over)

    @property
    def to_make(self) -> bool:
        """Tell whether both said yes and nobody has made the agreement yet."""
        return self.is_accepted and self.work is not None and not self.work.is_over and self.work.agreement_id is None

    @property
    def is_draft(self) -> bool:
        """Tell whether nobody has sent it yet."""
        return self.state == ProposalState.DRAFT

    @property
    def is_accepted(self) -> bool:
        """Tell whether both said yes."""
        return self.state == ProposalState.ACCEPTED

    @property
    def is_sent(self) -> bool:
        """Tell whether it waits for answers."""
        return self.state == ProposalState.SENT


def _rows(referral_id: UUID) -> QuerySet[Proposal]:
    return with_work(Proposal.objects.filter(referral_id=referral_id).exclude(state=ProposalState.REPLACED).only(*_SHOWN))


_ROWS = Prepared(_rows)


def proposal_rows(actor: Actor, referral: Referral) -> list[Proposal]:
    """Return a followed person's proposals as they are stored, newest first, without drafts that a later round replaced.

    Nothing for who may not open the file.
    """
    if not may_open_case_file(actor, referral):
        return []
    return _ROWS(referral_id=referral.pk)


def proposal_of(actor: Actor, proposal_id: UUID) -> Proposal | None:
    """Return one proposal of a followed person, or None."""
    related = ("referral__person", "referral__programme", "person", "place__organisation", "place__site")
    return Proposal.objects.select_related(*related).filter(pk=proposal_id, referral__in=followed_referrals(actor)).first()


def proposal_view(row: Proposal, places: Mapping[UUID, NamedPlace]) -> ProposalView:
    """Return a proposal as the counsellor reads it, with the names of the places it speaks of."""
    place = places[row.place_id]
    return ProposalView(
        id=row.pk,
        state=row.state,
        place_id=row.place_id,
        place=place.title,
        host=place.host,
        where=place.where,
        half_days=place.half_days,
        instrument=row.instrument,
        starts_on=row.starts_on,
        until_on=row.until_on,
        is_reserve=row.is_reserve,
        reasons=tuple(Reason.from_json(reason) for reason in row.reasons or ()),
        others=others_in(row.alternatives or (), places) if row.state == ProposalState.DRAFT else (),
        person_answer=row.person_answer,
        person_answered_at=row.person_answered_at,
        person_channel=row.person_channel,
        person_reason=row.person_reason or "",
        host_answer=row.host_answer,
        host_answered_at=row.host_answered_at,
        host_reason=row.host_reason or "",
        sent_at=row.sent_at,
        expires_at=row.expires_at,
        decided_by=row.decided_by,
        decision_reason=row.decision_reason or "",
        created_by=row.created_by,
        created_at=row.created_at,
        work=work_of(row),
        lacks=(field_missing("mentor_name"),) if vars(row)["mentor_of_place"] is None else (),
    )
