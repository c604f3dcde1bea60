"""Deciding: by the rules for one person or a whole caseload, otherwise by a person with a reason, and replaying what was decided."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.engine.shared.entry import with_entry
from opstap.foundation.actor import Actor
from opstap.foundation.among import Keys
from opstap.foundation.audit.operations import Entry, operation, record, record_many
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.foundation.rows import add_rows
from opstap.journey.eligibility.assembly import (
    Book,
    MachineAnswer,
    facts_for,
    machine_answer,
    replayed,
    rule_book,
    ruleset_version,
    stored_bytes,
    stored_facts,
    stored_ruleset_version,
)
from opstap.journey.eligibility.models import Decision, RuleBookVersion
from opstap.journey.eligibility.permissions import may_decide, may_decide_caseload, may_overrule, may_replay
from opstap.journey.eligibility.queries import standing_decisions
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.operations import Step, advance_many

SHORTEST_REASON = 10
_CHUNK = 500
_MOVED_BY_DECISIONS = frozenset({Stage.OPEN, Stage.FACTS_MISSING, Stage.NOT_ELIGIBLE, Stage.ELIGIBLE})
_Former = dict[tuple[UUID, str], Decision]
_Open = tuple[UUID, str, datetime, datetime]
"""A referral by its key, its stage, since when it is in it, and when the person's facts changed last."""
_NEVER = (0, datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC))
"""No decision, and so none before or after anything."""


@dataclass(frozen=True, slots=True)
class Caseload:
    """What deciding on a caseload did: how many people were looked at, and how many decisions were made new or left as they were."""

    people: int
    decided: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Replay:
    """A decision made again from its stored facts and rules: the digests of what was stored and what came out are the same, or not."""

    decision: Decision
    stored: str
    replayed: str

    @property
    def is_identical(self) -> bool:
        """Tell whether every byte is the same."""
        return self.stored == self.replayed


@dataclass(frozen=True, slots=True)
class _Sitting:
    """By which rules, for which day, by whom and when a number of decisions is made."""

    book: Book
    on: date
    by: Actor
    at: datetime


@operation
def decide(*, referral: Referral, instrument: str, on: date, by: Actor, at: datetime) -> Decision:
    """Decide by the rules of the day for one instrument; the former decision is superseded and the referral moves along.

    Raises `Refused` for who may not, for an instrument the programme does not have, and for a day before the latest decision.
    """
    return _decide_one(referral, [instrument], on, by, at)[0]


@operation
def decide_all(*, referral: Referral, on: date, by: Actor, at: datetime) -> list[Decision]:
    """Decide by the rules of the day for every instrument of the programme. Refuses as `decide`."""
    return _decide_one(referral, referral.programme.instruments, on, by, at)


@operation
def decide_caseload(*, programme: Programme, on: date, by: Actor, at: datetime, referral_ids: Sequence[UUID] | None = None) -> Caseload:
    """Decide for every open referral of a programme (or those given) where facts or rules changed, or a decision expired.

    What a person decided otherwise than the rules stays until it expires. Raises `Refused` for who may not.
    """
    if not may_decide_caseload(by, programme):
        raise Refused(Reason("decisions.may_not_decide_caseload"))
    open_ones = _OPEN(programme=programme, keys=None if referral_ids is None else Keys(referral_ids))
    book = rule_book(programme)
    may_be_due = _may_be_due(open_ones, book, programme.instruments, on)
    decided = 0
    for start in range(0, len(may_be_due), _CHUNK):
        referrals = _locked(may_be_due[start : start + _CHUNK])
        decided += len(_decide(referrals, programme.instruments, _Sitting(book, on, by, at), only_due=True))
    facts = {"people": len(open_ones), "decided": decided, "rule_book": book.version}
    record(by=by, at=at, action="decide_caseload", subject_kind="programme", subject_id=programme.pk, facts=facts)
    return Caseload(len(open_ones), decided, len(open_ones) * len(programme.instruments) - decided)


@operation
def overrule(*, decision: Decision, answer: str, reason: str, by: Actor, at: datetime) -> Decision:
    """Decide otherwise than the rules, with a reason that stays readable; what the rules said is kept beside it.

    The new decision expires when the rules' own answer would have. Raises `Refused` for who may not, without a reason of at least ten
    characters, when the answer is the same, or when the decision has been superseded meanwhile.
    """
    referral = _locked([decision.referral_id])[0]
    if not may_overrule(by, referral):
        raise Refused(Reason("decisions.may_not_overrule"))
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(Reason("decisions.overrule_needs_reason", {"characters": SHORTEST_REASON}))
    if answer not in ("yes", "no") or answer == decision.answer:
        raise Refused(Reason("decisions.same_answer"))
    if Decision.objects.filter(supersedes=decision).exists():
        raise Refused(Reason("decisions.superseded"))
    made = _row_like(decision, by, at)
    made.answer, made.overrule_reason = answer, reason.strip()
    made.save(force_insert=True)
    record(by=by, at=at, action="overrule", subject_kind="decision", subject_id=made.pk, person_id=made.person_id)
    current = standing_decisions().filter(referral=referral)
    _move_along([referral], {referral.pk: list(current)}, by, at, localdate(at))
    return made


@operation
def replay_decision(*, decision_id: UUID, by: Actor, at: datetime) -> Replay:
    """Make a decision again from its stored facts and rules and compare every byte, for an auditor; the reading is recorded.

    Raises `Refused` for anybody else and for a decision that does not exist: both look the same.
    """
    decision = Decision.objects.select_related("rule_book").filter(pk=decision_id).first() if may_replay(by) else None
    if decision is None:
        raise Refused(Reason("decisions.nothing_to_replay"))
    stored = hashlib.sha256(stored_bytes(decision.result)).hexdigest()
    again = hashlib.sha256(replayed(decision.rule_book, decision.facts, decision.instrument, decision.on)).hexdigest()
    facts = {"is_identical": stored == again}
    record(
        by=by, at=at, action="replay_decision", subject_kind="decision", subject_id=decision.pk, person_id=decision.person_id, facts=facts
    )
    return Replay(decision, stored, again)


def _decide_one(referral: Referral, instruments: Sequence[str], on: date, by: Actor, at: datetime) -> list[Decision]:
    row = _locked([referral.pk])[0]
    if not may_decide(by, row):
        raise Refused(Reason("decisions.may_not_decide"))
    for instrument in instruments:
        if instrument not in row.programme.instruments:
            raise Refused(Reason("decisions.instrument_not_offered", {"instrument": instrument}))
    made = _decide([row], instruments, _Sitting(rule_book(row.programme), on, by, at), only_due=False)
    for name in ("stage", "stage_since", "waiting_cause"):
        setattr(referral, name, getattr(row, name))
    return made


def _locked(ids: Sequence[UUID]) -> list[Referral]:
    """Return the referrals with their people, locked in one order, so that two operations never wait for each other crosswise."""
    return _LOCKED(keys=Keys(ids))


def _may_be_due(referrals: Sequence[_Open], book: Book, instruments: Sequence[str], on: date) -> list[UUID]:
    """Return the referrals to look at, by key: all but those of which dates alone show that nothing changed since they were decided.

    Facts stay sealed here: a night in which little happened does not open everybody's. Left out is who has a decision for every
    instrument, made by the same rules after the last change of their facts and their stage, and not expired.
    """
    keys, names = Keys(key for key, *_ in referrals), tuple(instruments)
    same_rules = _made_by_same_rules(set(_RULES(keys=keys, names=names)), book)
    rows = _SETTLED(keys=keys, rules=tuple(sorted(same_rules)), on=on) if same_rules else []
    settled = {key: (number, first, last) for key, number, first, last in rows}
    looked_at = []
    for key, stage, since, changed_at in referrals:
        number, first, last = settled.get(key, _NEVER)
        is_moved = stage in _MOVED_BY_DECISIONS and since > last
        if number < len(instruments) or changed_at >= first or is_moved:
            looked_at.append(key)
    return looked_at


def _open_ones(programme: Programme, keys: Keys | None) -> QuerySet[Referral, _Open]:
    """Return the open referrals of a programme (or those of them that are given) with what may make their decisions due."""
    rows = Referral.objects.filter(programme=programme).exclude(stage=Stage.CLOSED).order_by("pk")
    rows = rows if keys is None else rows.filter(pk__among=keys)
    return rows.values_list("pk", "stage", "stage_since", "person__changed_at")


def _rules(keys: Keys, names: tuple[str, ...]) -> QuerySet[Decision, tuple[str, str]]:
    """Return by which versions of the rule book which instruments were decided."""
    found = standing_decisions().filter(referral_id__among=keys, instrument__in=names).order_by()
    return found.values_list("rule_book_id", "instrument").distinct()


def _settled(keys: Keys, rules: tuple[tuple[str, str], ...], on: date) -> QuerySet[Decision, tuple[UUID, int, datetime, datetime]]:
    """Return per referral how many decisions were made by these rules and have not expired, and when the first and the last."""
    made = Q()
    for version in sorted({version for version, _ in rules}):
        made |= Q(rule_book_id=version, instrument__in=[name for each, name in rules if each == version])
    found = standing_decisions().filter(made, Q(expires_on__isnull=True) | Q(expires_on__gt=on), referral_id__among=keys)
    return found.order_by().values_list("referral_id").annotate(Count("pk"), Min("decided_at"), Max("decided_at"))


def _to_lock(keys: Keys) -> QuerySet[Referral]:
    rows = Referral.objects.select_related("person", "programme").select_for_update(of=("self",))
    return rows.filter(pk__among=keys).order_by("pk")


_OPEN, _RULES, _SETTLED, _LOCKED = Prepared(_open_ones), Prepared(_rules), Prepared(_settled), Prepared(_to_lock)
_STANDING = Prepared(lambda keys: standing_decisions().filter(referral_id__among=keys))


def _made_by_same_rules(made_with: set[tuple[str, str]], book: Book) -> set[tuple[str, str]]:
    """Return those of these versions of the rule book and instruments whose rules and numbers are those of the book."""
    contents = RuleBookVersion.objects.in_bulk({version for version, _ in made_with if version != book.version})
    return {
        (version, instrument)
        for version, instrument in made_with
        if version == book.version or stored_ruleset_version(contents[version], instrument) == ruleset_version(book, instrument)
    }


def _decide(referrals: Sequence[Referral], instruments: Sequence[str], sitting: _Sitting, *, only_due: bool) -> list[Decision]:
    former: _Former = {(row.referral_id, row.instrument): row for row in _STANDING(keys=Keys(row.pk for row in referrals))}
    versions = {instrument: ruleset_version(sitting.book, instrument) for instrument in instruments}
    made: list[Decision] = []
    for referral in referrals:
        facts = facts_for(referral.person, sitting.book)
        stored = stored_facts(facts)
        for instrument in instruments:
            old = former.get((referral.pk, instrument))
            if old is None or not only_due or _is_due(old, stored, versions[instrument], sitting.on):
                made.append(_decided(referral, old, machine_answer(facts, sitting.book, instrument, sitting.on), sitting))
    if made:
        _store(made, sitting)
    _move_along(referrals, _current(former, made), sitting.by, sitting.at, sitting.on)
    return made


def _is_due(old: Decision, facts: dict[str, str | bool | int | None], version: str, on: date) -> bool:
    """Tell whether a decision has to be made again: it expired, or the rules or facts are others and no person decided it."""
    if old.on > on:
        return False
    if old.expires_on is not None and old.expires_on <= on:
        return True
    if old.answer != old.machine_answer:
        return False
    return bool(old.facts != facts or old.result["ruleset_version"] != version)


def _decided(referral: Referral, old: Decision | None, machine: MachineAnswer, sitting: _Sitting) -> Decision:
    if old is not None and sitting.on < old.on:
        raise Refused(Reason("decisions.decided_later_already", {"on": sitting.on.isoformat(), "later": old.on.isoformat()}))
    return Decision(
        referral=referral,
        person=referral.person,
        instrument=machine.instrument,
        on=sitting.on,
        answer=machine.answer,
        machine_answer=machine.answer,
        rule_book_id=sitting.book.version,
        facts=machine.facts,
        result=machine.result,
        expires_on=machine.expires_on,
        decided_by=sitting.by.label[:200],
        decided_by_id=sitting.by.id,
        decided_at=sitting.at,
        supersedes=old,
    )


def _row_like(decision: Decision, by: Actor, at: datetime) -> Decision:
    """Return an unsaved decision on the same facts and rules that supersedes this one."""
    return Decision(
        referral_id=decision.referral_id,
        person_id=decision.person_id,
        instrument=decision.instrument,
        on=decision.on,
        machine_answer=decision.machine_answer,
        rule_book_id=decision.rule_book_id,
        facts=decision.facts,
        result=decision.result,
        expires_on=decision.expires_on,
        decided_by=by.label[:200],
        decided_by_id=by.id,
        decided_at=at,
        supersedes=decision,
    )


def _store(made: Sequence[Decision], sitting: _Sitting) -> None:
    """Write the decisions, the rule book they were made with, and an audit row per person."""
    version = sitting.book.version
    RuleBookVersion.objects.get_or_create(version=version, defaults={"content": sitting.book.content, "first_used_at": sitting.at})
    add_rows(made)
    per_person: dict[tuple[UUID, UUID], list[str]] = {}
    for row in made:
        per_person.setdefault((row.referral_id, row.person_id), []).append(row.instrument)
    entries = [
        Entry("decide", "referral", referral_id, person_id, {"instruments": names, "rule_book": version})
        for (referral_id, person_id), names in per_person.items()
    ]
    record_many(by=sitting.by, at=sitting.at, entries=entries)


def _current(former: _Former, made: Sequence[Decision]) -> dict[UUID, list[Decision]]:
    """Return the decisions that count now, per referral."""
    latest = former | {(row.referral_id, row.instrument): row for row in made}
    current: dict[UUID, list[Decision]] = {}
    for (referral_id, _), row in latest.items():
        current.setdefault(referral_id, []).append(row)
    return current


def _move_along(referrals: Sequence[Referral], current: dict[UUID, list[Decision]], by: Actor, at: datetime, on: date) -> None:
    """Move each referral that is not yet in a proposal to where its decisions put it; who stands there already is left alone."""
    steps = []
    for referral in referrals:
        answers = {row.instrument: row.answer for row in current.get(referral.pk, ()) if row.expires_on is None or on < row.expires_on}
        if answers and Stage(referral.stage) in _MOVED_BY_DECISIONS:
            step = _step(referral, with_entry(answers))
            if step.to.value != referral.stage:
                steps.append(step)
    if steps:
        advance_many(steps=steps, by=by, at=at)


def _step(referral: Referral, answers: dict[str, str]) -> Step:
    def having(answer: str) -> tuple[str, ...]:
        return tuple(sorted(name for name, given in answers.items() if given == answer))

    if open_doors := having("yes"):
        return Step(referral, Stage.ELIGIBLE, Reason("decisions.may_start", {"instruments": open_doors}), WaitingCause.NO_ROUND_YET)
    if unclear := having("unknown"):
        reason = Reason("decisions.facts_missing", {"instruments": unclear})
        return Step(referral, Stage.FACTS_MISSING, reason, WaitingCause.FACT_ASKED)
    reason = Reason("decisions.may_not_start", {"instruments": having("no")})
    return Step(referral, Stage.NOT_ELIGIBLE, reason, WaitingCause.CONDITION_NOT_MET)
