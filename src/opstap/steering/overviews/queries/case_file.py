"""The case file on one page: who, what is known and what is to be asked, decisions, proposals, and what the latest round found.

Only for who follows the person: health details are shown here and nowhere else. The desk records the reading first
(`referrals.operations.open_case_file`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import half_day_codes
from opstap.foundation.actor import Actor, Role
from opstap.journey.eligibility.queries import DecisionView, decisions_of, fact_sources, questions_in
from opstap.journey.matching.models import RoundPerson
from opstap.journey.matching.queries import directives_of, latest_finding
from opstap.journey.people.enums import FACTS
from opstap.journey.people.models import FactChange, Person
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_assign, may_open_case_file
from opstap.steering.overviews.queries.case_proposals import Other, ProposalView, others_in, place_ids_in, proposals_of

ASKED_BY_MATCHING = {
    "half_days": "matching.ask_half_days",
    "dutch_level": "matching.ask_dutch",
    "licences": "matching.ask_licences",
    "limits": "matching.ask_limits",
    "travel_mode": "matching.ask_travel",
}
"""Facts without which no place can be proposed, with the question that fills them."""

SHOWN_FACTS = ("birth_date", "municipality", *FACTS)
"""What the file lists as facts; the other contact data stand with the name."""

_ASKED = ("kind", "reason", "by_label", "created_at", "place__title", "place__organisation__name")


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact with its value (None: not known), who said it, what proves it, and until when it holds."""

    name: str
    value: Any
    source: str = ""
    proof: str = ""
    by: str = ""
    at: datetime | None = None
    holds_until: date | None = None
    has_ended: bool = False

    @property
    def is_known(self) -> bool:
        """Tell whether there is a value; "none" and "nothing" are values."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Ask:
    """Something to ask: the text, the fact it fills, and the instruments that wait for it (none: the matching does)."""

    text: Reason
    fact: str
    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A place that came near, and what stands in the way there."""

    place: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the latest round found: why (or why not), other places, the nearest misses and the smallest change.

    `is_enough`: whether the change would bring a proposal, or only open places that others want too.
    """

    on: date
    is_placed: bool
    reasons: tuple[Reason, ...]
    possible: int
    others: tuple[Other, ...]
    misses: tuple[Miss, ...]
    change: tuple[Reason, ...]
    change_place: str
    opens: int
    is_enough: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked of every round for this person and a place; a host's refusal is the host's to end."""

    id: UUID
    kind: str
    place: str
    host: str
    reason: str
    by: str
    at: datetime
    may_end: bool


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One person's whole file as the counsellor reads it."""

    referral: Referral
    person: Person
    facts: tuple[FactView, ...]
    questions: tuple[Ask, ...]
    decisions: tuple[DecisionView, ...]
    open_proposal: ProposalView | None
    past_proposals: tuple[ProposalView, ...]
    finding: Finding | None
    asked: tuple[Asked, ...]
    is_led: bool

    @property
    def unknown(self) -> tuple[FactView, ...]:
        """The facts that nobody has told yet."""
        return tuple(fact for fact in self.facts if not fact.is_known)


def case_file(actor: Actor, referral: Referral, on: date) -> CaseFile | None:
    """Return the file of a followed referral, or None for anybody else. Seven queries, however long the file."""
    if not may_open_case_file(actor, referral):
        return None
    known = fact_sources(actor, referral)
    decisions = tuple(decisions_of(actor, referral, on, known=known))
    found = latest_finding(actor, referral)
    names = _place_names(found)
    proposals = proposals_of(actor, referral, names)
    open_one = next((proposal for proposal in proposals if proposal.is_open), None)
    return CaseFile(
        referral=referral,
        person=referral.person,
        facts=tuple(fact_view(referral.person, name, known, on) for name in SHOWN_FACTS),
        questions=tuple(_questions(referral.person, decisions)),
        decisions=decisions,
        open_proposal=open_one,
        past_proposals=tuple(proposal for proposal in proposals if not proposal.is_open),
        finding=_finding(found, names) if found else None,
        asked=tuple(_asked(actor, referral)),
        is_led=may_assign(actor, referral),
    )


def fact_view(person: Person, name: str, known: dict[str, FactChange], on: date) -> FactView:
    """Return one fact of a person as it stands, with what its latest change says of it."""
    value = getattr(person, name)
    if name == "half_days" and value is not None:
        value = half_day_codes(value)
    elif name in {"birth_date", "municipality", "wishes", "learning_goals", "remarks"}:
        value = value or None
    change = known.get(name)
    if change is None:
        return FactView(name, value)
    ended = change.holds_until is not None and change.holds_until <= on
    return FactView(name, value, change.source, change.proof, change.recorded_by, change.recorded_at, change.holds_until, ended)


def fact_of(actor: Actor, referral: Referral, name: str, on: date) -> FactView | None:
    """Return one fact of a followed person, or None for a fact that a file does not have or for anybody else."""
    if name not in SHOWN_FACTS or not may_open_case_file(actor, referral):
        return None
    return fact_view(referral.person, name, fact_sources(actor, referral), on)


def _questions(person: Person, decisions: Iterable[DecisionView]) -> Iterable[Ask]:
    """Yield what to ask, what decisions wait for first; each fact once."""
    seen = set()
    for question in questions_in(decisions):
        if question.fact in SHOWN_FACTS:
            seen.add(question.fact)
            yield Ask(Reason(question.code), question.fact, question.instruments)
    for fact, code in ASKED_BY_MATCHING.items():
        if fact not in seen and getattr(person, fact) is None:
            yield Ask(Reason(code), fact, ())
    if person.longitude is None and "municipality" not in seen:
        yield Ask(Reason("matching.ask_home"), "municipality", ())


def _asked(actor: Actor, referral: Referral) -> Iterable[Asked]:
    for row in directives_of(actor, referral).only(*_ASKED):
        may_end = row.kind != "host_refusal"
        place, host = row.place.title, row.place.organisation.name
        yield Asked(row.pk, row.kind, place, host, row.reason or "", row.by_label, row.created_at, may_end)


def _place_names(found: RoundPerson | None) -> dict[str, str]:
    """Return the titles of the places that a finding speaks of; what a place is called is public."""
    ids = place_ids_in(found.explanation) if found else set()
    places = Place.objects.filter(pk__in=ids).select_related("organisation").only("title", "organisation__name")
    return {str(place.pk): f"{place.title}, {place.organisation.name}" for place in places}


def _finding(row: RoundPerson, names: dict[str, str]) -> Finding:
    said = row.explanation
    change = said.get("change") or {}
    return Finding(
        on=row.round.on,
        is_placed=row.is_placed,
        reasons=_reasons(said["reasons"]),
        possible=said["possible"],
        others=others_in(said["alternatives"], names),
        misses=tuple(Miss(names.get(miss["place"], ""), _reasons(miss["reasons"])) for miss in said["misses"]),
        change=_reasons(change.get("reasons", ())),
        change_place=names.get(change.get("place", ""), ""),
        opens=len(change.get("opens", ())),
        is_enough=bool(change.get("is_enough")),
    )


def _reasons(data: Iterable[dict[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason.from_json(reason) for reason in data)


def purpose_of(actor: Actor, referral: Referral) -> str:
    """Return why somebody opens a file: they follow the person, or lead the team that does."""
    is_own = actor.has(Role.COUNSELLOR) and referral.counsellor_id == actor.user_id
    return "follows_person" if is_own else "leads_team"


def changed_facts(actor: Actor, referral: Referral, names: Iterable[str], on: date) -> tuple[FactView, ...]:
    """Return the facts with these names of a followed person as they are now: what a colleague changed meanwhile."""
    if not may_open_case_file(actor, referral):
        return ()
    known = fact_sources(actor, referral)
    return tuple(fact_view(referral.person, name, known, on) for name in names)
