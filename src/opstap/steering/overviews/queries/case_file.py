"""The case file on one page: who, what is known and what is to be asked, decisions, proposals, and what the latest round found.

Only for who follows the person: health details are shown here and nowhere else. The desk records the reading first
(`referrals.operations.open_case_file`). Each section has its own module, asks its rows in one query by the referral's key, and
names its places from one query for all sections: another section costs one query, or is loaded when it is unfolded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.foundation.actor import Actor, Role
from opstap.journey.eligibility.queries import DecisionView, decisions_of, fact_sources
from opstap.journey.matching.queries import asked_in_brief, latest_finding
from opstap.journey.people.models import Person
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_assign, may_open_case_file
from opstap.steering.overviews.queries.case_asked import Asked, asked_of
from opstap.steering.overviews.queries.case_facts import Ask, FactView, asks_of, fact_view, facts_to_show
from opstap.steering.overviews.queries.case_finding import Finding, finding_of
from opstap.steering.overviews.queries.case_places import named_places, place_ids_in
from opstap.steering.overviews.queries.case_proposals import ProposalView, proposal_rows, proposal_view


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
    """Return the file of a followed referral, or None for anybody else. Six queries, however long the file."""
    if not may_open_case_file(actor, referral):
        return None
    known = fact_sources(actor, referral)
    decisions = tuple(decisions_of(actor, referral, on, known=known))
    found = latest_finding(actor, referral)
    proposed = proposal_rows(actor, referral)
    asked = asked_in_brief(actor, referral)
    spoken_of = {row.place_id for row in proposed} | {row.place_id for row in asked}
    places = named_places(spoken_of | (place_ids_in(found.explanation) if found else set()))
    proposals = [proposal_view(row, places) for row in proposed]
    open_proposal = next((row for row in proposals if row.is_open), None)
    return CaseFile(
        referral=referral,
        person=referral.person,
        facts=tuple(fact_view(referral.person, name, known, on) for name in facts_to_show(referral.person)),
        questions=tuple(asks_of(referral.person, decisions)),
        decisions=decisions,
        open_proposal=open_proposal,
        past_proposals=tuple(row for row in proposals if row is not open_proposal and (row.work or not row.is_open)),
        finding=finding_of(found, places) if found else None,
        asked=tuple(asked_of(row, places) for row in asked),
        is_led=may_assign(actor, referral),
    )


def purpose_of(actor: Actor, referral: Referral) -> str:
    """Return why somebody opens a file: they follow the person, or lead the team that does."""
    is_own = actor.has(Role.COUNSELLOR) and referral.counsellor_id == actor.user_id
    return "follows_person" if is_own else "leads_team"
