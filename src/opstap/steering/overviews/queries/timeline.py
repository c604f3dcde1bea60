"""What happened to somebody, newest first: moves, facts, decisions, proposals, contacts and who follows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import half_day_codes
from opstap.foundation.actor import Actor
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.eligibility.models import Decision
from opstap.journey.matching.models import Proposal
from opstap.journey.people.models import FactChange
from opstap.journey.referrals.models import Referral, StageMove
from opstap.journey.referrals.permissions import may_open_case_file

MOST = 200
"""Moments shown; older ones stay in the record."""

_LETTERS = ("post_letter", "put_letter_back", "message_told")
_NOTED = ("contact", "snooze", "assign_counsellor", "print_letter", "letter_sent", "export_case_file", *_LETTERS)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: what, by whom, and the words that go with it."""

    at: datetime
    title: Reason
    by: str
    detail: Reason | None = None
    remark: str = ""


def timeline(actor: Actor, referral: Referral) -> tuple[Moment, ...]:
    """Return what happened to a followed person in this referral, newest first; nothing for anybody else. Five queries."""
    if not may_open_case_file(actor, referral):
        return ()
    moments = [*_moves(referral), *_facts(referral), *_decisions(referral), *_proposals(referral), *_noted(referral)]
    return tuple(sorted(moments, key=lambda moment: moment.at, reverse=True)[:MOST])


def _moves(referral: Referral) -> Iterator[Moment]:
    for move in StageMove.objects.filter(referral=referral)[:MOST]:
        yield Moment(move.at, Reason(f"counsellor.moved_{move.to_stage}"), move.by_label, Reason.from_json(move.reason))


def _facts(referral: Referral) -> Iterator[Moment]:
    for change in FactChange.objects.filter(person_id=referral.person_id).order_by("-recorded_at", "name")[:MOST]:
        facts: dict[str, Any] = {"value": _value(change.name, change.value), "source": change.source}
        detail = Reason("counsellor.fact_noted", facts)
        yield Moment(change.recorded_at, Reason(f"counsellor.fact_{change.name}"), change.recorded_by, detail, change.proof)


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - any fact
    if name == "half_days" and isinstance(value, int):
        return half_day_codes(value)
    return tuple(value) if isinstance(value, list) else value


def _decisions(referral: Referral) -> Iterator[Moment]:
    rows = Decision.objects.filter(referral=referral).defer("facts", "result")[:MOST]
    for row in rows:
        is_overruled = row.answer != row.machine_answer
        code = "counsellor.overruled" if is_overruled else "counsellor.decided"
        detail = Reason(f"eligibility.answer_{row.answer}")
        remark = row.overrule_reason or "" if is_overruled else ""
        yield Moment(row.decided_at, Reason(code, {"instrument": row.instrument}), row.decided_by, detail, remark)


def _proposals(referral: Referral) -> Iterator[Moment]:
    rows = Proposal.objects.filter(referral=referral, sent_at__isnull=False).select_related("place").defer("reasons", "alternatives")
    for row in rows[:MOST]:
        about = {"place": row.place.title}
        if row.sent_at:
            yield Moment(row.sent_at, Reason("counsellor.proposal_sent", about), row.decided_by, remark=row.decision_reason or "")
        if row.person_answered_at:
            said = Reason("counsellor.answer_given", {"answer": row.person_answer})
            yield Moment(row.person_answered_at, Reason("counsellor.person_answered", about), "", said, row.person_reason or "")
        if row.host_answered_at:
            said = Reason("counsellor.answer_given", {"answer": row.host_answer})
            yield Moment(row.host_answered_at, Reason("counsellor.host_answered", about), "", said, row.host_reason or "")


def _noted(referral: Referral) -> Iterator[Moment]:
    for entry in AuditEntry.objects.filter(person_id=referral.person_id, action__in=_NOTED).order_by("-id")[:MOST]:
        how = Reason("counsellor.contact_by", {"how": entry.facts["how"]}) if entry.facts.get("how") else None
        if entry.action in {"print_letter", *_LETTERS} and entry.facts.get("code"):
            how = Reason("counsellor.about_letter", {"about": entry.facts["code"]})
        yield Moment(entry.at, Reason(f"counsellor.noted_{entry.action}"), entry.actor_label, how)
