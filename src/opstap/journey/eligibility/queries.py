"""Decisions and rule changes within an actor's reach; a decision is read back from what was stored, never computed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor, Role
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.enums import HEALTH_FACTS, Badge, ChangeState
from opstap.journey.eligibility.models import Decision, RuleChange
from opstap.journey.eligibility.permissions import may_see_health, may_see_rule_changes
from opstap.journey.people.models import FactChange
from opstap.journey.people.queries import record_ids
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_follow
from opstap.journey.referrals.queries import followed_referrals, rows_of, visible_referrals

_OTHER_DOOR = "other_instrument"


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact that a condition rests on: its value when the decision was made, and where it comes from as far as that is known."""

    name: str
    value: str | bool | int | None
    source: str = ""
    proof: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    holds_until: date | None = None


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """A number or list of the rules as the decision used it."""

    name: str
    value: int | bool | tuple[str, ...] | None
    valid_from: date | None
    source: str
    is_unconfirmed: bool


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition of a decision: a badge, why, until when, what to ask, and the facts and numbers it rests on.

    `code` has its title under "eligibility.<code>" in the words; `reason.code + ".person"` is the text for the person.
    """

    code: str
    badge: Badge
    reason: Reason
    until: date | None
    question: str | None
    facts: tuple[FactLine, ...]
    parameters: tuple[ParameterLine, ...]

    @property
    def title(self) -> Reason:
        """What the condition is called."""
        return Reason(f"eligibility.{self.code}")


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One step that would open the door; `on` is the day on which time opens it, if it is time that does."""

    kind: str
    reason: Reason
    on: date | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as people read it. `answer` is what counts; `machine_answer` what the rules said; they differ only when overruled."""

    id: UUID
    instrument: str
    answer: str
    machine_answer: str
    overrule_reason: str
    on: date
    decided_by: str
    decided_at: datetime
    expires_on: date | None
    is_in_force: bool
    rule_book: str
    conditions: tuple[ConditionLine, ...]
    questions: tuple[str, ...]
    smallest_changes: tuple[ChangeLine, ...]

    @property
    def is_overruled(self) -> bool:
        """Tell whether a person decided otherwise than the rules."""
        return self.answer != self.machine_answer


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask: the code of its text, the fact it fills, and the instruments whose answer it can change."""

    code: str
    fact: str
    instruments: tuple[str, ...]


def in_force(decisions: QuerySet[Decision], on: date) -> QuerySet[Decision]:
    """Return those in force on the day: made for it or before, not expired, and not yet superseded by one made for it or before."""
    later = Decision.objects.filter(supersedes=OuterRef("pk"), on__lte=on)
    return decisions.filter(~Exists(later), Q(expires_on__isnull=True) | Q(expires_on__gt=on), on__lte=on)


def decisions_in_force(actor: Actor, programme: Programme, on: date, *, instrument: str | None = None) -> QuerySet[Decision]:
    """Return the decisions in force on the day for the visible, open referrals of a programme; with rows of `referral_id`, `answer`."""
    referrals = visible_referrals(actor).filter(programme=programme).exclude(stage="closed")
    decisions = in_force(Decision.objects.filter(referral__in=referrals), on)
    return decisions.filter(instrument=instrument) if instrument else decisions


def decision_for(actor: Actor, decision_id: UUID) -> Decision | None:
    """Return a decision on somebody whose case file the actor may open, or None."""
    followed = followed_referrals(actor)
    return Decision.objects.select_related("referral__programme").filter(pk=decision_id, referral__in=followed).first()


def fact_sources(actor: Actor, referral: Referral) -> dict[str, FactChange]:
    """Return the latest change of each fact of the person of a visible referral, without the value: who said it, what proves it."""
    return _sources(referral.person_id) if may_see_health(actor, referral) else {}


def decisions_of(actor: Actor, referral: Referral, on: date, *, known: dict[str, FactChange] | None = None) -> list[DecisionView]:
    """Return the latest decision per instrument on a visible referral, in the programme's order; health only for who may see it.

    `known`: the sources of facts, when the caller has read them already (`fact_sources`).
    """
    latest = _LATEST(referral_id=referral.pk) if may_follow(actor, referral) else _latest().filter(rows_of(actor, referral))
    order = {instrument: index for index, instrument in enumerate(referral.programme.instruments)}
    rows = sorted(latest, key=lambda row: (order.get(row.instrument, len(order)), row.instrument))
    if known is None:
        known = _sources(referral.person_id) if rows else {}
    return [_view(row, known, shows_health=may_see_health(actor, referral), is_in_force=_holds(row, on)) for row in rows]


def decision_history(actor: Actor, referral: Referral, instrument: str, on: date) -> list[DecisionView]:
    """Return every decision on a visible referral for an instrument, newest first: none is ever edited."""
    rows = list(Decision.objects.filter(rows_of(actor, referral), instrument=instrument).defer("facts").order_by("-on", "-decided_at"))
    known = _sources(referral.person_id) if rows else {}
    shows = may_see_health(actor, referral)
    return [_view(row, known, shows_health=shows, is_in_force=index == 0 and _holds(row, on)) for index, row in enumerate(rows)]


def questions_to_ask(actor: Actor, referral: Referral, on: date) -> list[Question]:
    """Return what to ask the person, most useful first: only facts whose value can still change an answer."""
    return questions_in(decisions_of(actor, referral, on))


def questions_in(decisions: Iterable[DecisionView]) -> list[Question]:
    """Return what these decisions leave to be asked, most useful first."""
    asked: dict[str, list[str]] = {}
    for view in decisions:
        if view.answer == "unknown":
            for code in view.questions:
                asked.setdefault(code, []).append(view.instrument)
    questions = [Question(code, code.removeprefix("eligibility.ask_"), tuple(instruments)) for code, instruments in asked.items()]
    return sorted(questions, key=lambda question: -len(question.instruments))


def rule_changes(actor: Actor, programme: Programme) -> list[RuleChange]:
    """Return the programme's rule changes, newest first, for who may see them."""
    if not may_see_rule_changes(actor, programme):
        return []
    return _PROPOSED(programme=programme)


def _proposed(programme: Programme) -> QuerySet[RuleChange]:
    return RuleChange.objects.filter(programme=programme).select_related("programme", "proposed_by", "approved_by")


def _approved(programme: Programme) -> QuerySet[RuleChange]:
    approved = RuleChange.objects.filter(programme=programme, approved_at__isnull=False, withdrawn_at__isnull=True)
    return approved.order_by("effective_from", "approved_at", "id")


_PROPOSED, _APPROVED = Prepared(_proposed), Prepared(_approved)


def rule_change_for(actor: Actor, change_id: UUID) -> RuleChange | None:
    """Return one rule change, or None when there is none or the actor may not see it."""
    change = RuleChange.objects.select_related("programme", "proposed_by", "approved_by").filter(pk=change_id).first()
    return change if change and may_see_rule_changes(actor, change.programme) else None


def change_state(change: RuleChange, on: date) -> ChangeState:
    """Return where a change stands on the day."""
    if change.withdrawn_at is not None:
        return ChangeState.WITHDRAWN
    if change.approved_at is not None:
        return ChangeState.IN_FORCE if change.effective_from <= on else ChangeState.APPROVED
    return ChangeState.REHEARSED if change.rehearsed_at is not None else ChangeState.PROPOSED


def approved_rule_changes(programme: Programme) -> list[RuleChange]:
    """Return the approved changes of a programme in the order in which they apply; rules are public."""
    return _APPROVED(programme=programme)


def decisions_for_audit(actor: Actor, person_id: UUID) -> list[Decision]:
    """Return the decisions on a person for an auditor, newest first, without opening their facts; else nothing.

    Also those taken on a record that was merged into this one.
    """
    if not actor.has(Role.AUDITOR):
        return []
    rows = Decision.objects.filter(person_id__in=record_ids(person_id)).select_related("rule_book")
    return list(rows.defer("facts", "result", "overrule_reason")[:200])


def standing_decisions() -> QuerySet[Decision]:
    """Return the decisions that no later one superseded, of everybody: for what narrows them to who may be seen.

    Asked as "there is none that supersedes it": the database knows then how many there are, which it does not of rows joined to nothing.
    """
    return Decision.objects.filter(~Exists(Decision.objects.filter(supersedes=OuterRef("pk"))))


def _latest() -> QuerySet[Decision]:
    return standing_decisions().defer("facts")


def _changes(person_id: UUID) -> QuerySet[FactChange]:
    return FactChange.objects.filter(person_id=person_id).order_by("name", "-recorded_at", "id").distinct("name").defer("value")


_LATEST = Prepared(lambda referral_id: _latest().filter(referral_id=referral_id))
_CHANGES = Prepared(_changes)


def _sources(person_id: UUID) -> dict[str, FactChange]:
    return {change.name: change for change in _CHANGES(person_id=person_id)}


def _holds(row: Decision, on: date) -> bool:
    return row.on <= on and (row.expires_on is None or on < row.expires_on)


def _view(row: Decision, known: dict[str, FactChange], *, shows_health: bool, is_in_force: bool) -> DecisionView:
    result = row.result
    conditions = tuple(_condition(line, known, shows_health=shows_health) for line in result["conditions"])
    hides = not shows_health and any(_speaks_of_health(line) for line in result["conditions"])
    return DecisionView(
        id=row.pk,
        instrument=row.instrument,
        answer=row.answer,
        machine_answer=row.machine_answer,
        overrule_reason=(row.overrule_reason or "") if shows_health else "",
        on=row.on,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        expires_on=row.expires_on,
        is_in_force=is_in_force,
        rule_book=row.rule_book_id,
        conditions=conditions,
        questions=tuple(result["questions"]),
        smallest_changes=() if hides else _steps_of(result["smallest_changes"]),
    )


def _condition(line: dict[str, Any], known: dict[str, FactChange], *, shows_health: bool) -> ConditionLine:
    hides = not shows_health and _speaks_of_health(line)
    badge = badge_of(line)
    return ConditionLine(
        code=line["code"],
        badge=Badge.MET if hides and badge is Badge.UNTIL else badge,
        reason=Reason("decisions.health_not_shown") if hides else Reason.from_json(line["reason"]),
        until=None if hides else _day(line["until"]),
        question=line["question"],
        facts=() if hides else tuple(_fact(name, line["facts"].get(name), known) for name in line["facts"]),
        parameters=tuple(_parameter(parameter) for parameter in line["parameters"]),
    )


def _speaks_of_health(line: dict[str, Any]) -> bool:
    """Tell whether a condition rests on a sensitive fact, named in its reason or not."""
    return bool(HEALTH_FACTS & {*line["facts"], *line["reason"]["facts"]})


def badge_of(line: dict[str, Any]) -> Badge:
    """Return how a stored condition stands on the screen."""
    if line["answer"] == "yes":
        return Badge.UNTIL if line["until"] else Badge.MET
    return Badge.NOT_MET if line["answer"] == "no" else Badge.UNKNOWN


def _fact(name: str, value: Any, known: dict[str, FactChange]) -> FactLine:  # noqa: ANN401 - a stored JSON scalar
    change = known.get(name)
    if change is None:
        return FactLine(name, value)
    return FactLine(name, value, change.source, change.proof, change.recorded_by, change.recorded_at, change.holds_until)


def _parameter(data: dict[str, Any]) -> ParameterLine:
    value = tuple(data["value"]) if isinstance(data["value"], list) else data["value"]
    return ParameterLine(data["id"], value, _day(data["valid_from"]), data["source"], data["confidence"] == "M")


def _steps_of(stored: list[dict[str, Any]]) -> tuple[ChangeLine, ...]:
    """Return the steps of a decision; the other instruments that are open today are named in one line."""
    lines = [ChangeLine(each["kind"], Reason.from_json(each["reason"]), _day(each["on"])) for each in stored]
    doors = [line for line in lines if line.kind == _OTHER_DOOR]
    if len(doors) > 1:
        other = tuple(line.reason.facts["other"] for line in doors)
        reason = Reason(doors[0].reason.code, {**doors[0].reason.facts, "other": other})  # type: ignore[dict-item]  # each is a code, stored as one
        lines = [*(line for line in lines if line.kind != _OTHER_DOOR), ChangeLine(_OTHER_DOOR, reason, doors[0].on)]
    return tuple(lines)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
