"""One relay as its writer and its recipient read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.access.queries import users_with_role
from opstap.foundation.actor import Actor, Role
from opstap.journey.followup.enums import Rule
from opstap.journey.followup.queries import rules_for
from opstap.journey.outcomes.enums import ANSWERABLE, RelayState
from opstap.journey.outcomes.models import Relay
from opstap.journey.outcomes.permissions import is_recipient, may_hand_over
from opstap.journey.outcomes.queries import relay_for
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.permissions import may_share


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of evidence: which task, how far, last seen when."""

    task: str
    level: Reason
    on: date


@dataclass(frozen=True, slots=True)
class RelayPage:
    """A relay with its parts ready to be put in words; `may_write` for who hands over, `may_answer` for who is asked to take over.

    `opens`: what accepting opens of the file, for whom and how long, or that it opens nothing; known before anybody accepts.
    `days`: how long a recipient has to answer.
    """

    relay: Relay
    goals: tuple[str, ...]
    evidence: tuple[Seen, ...]
    barriers: tuple[Reason, ...]
    next_step: str
    may_write: bool
    may_answer: bool
    may_give_access: bool
    opens: Reason
    days: int

    @property
    def state(self) -> RelayState:
        """Where it stands."""
        return RelayState(self.relay.state)

    @property
    def stands(self) -> Reason:
        """Where it stands, to be put in words."""
        return Reason(f"outcomes.relay.{self.relay.state}")

    @property
    def is_draft(self) -> bool:
        """Whether what it says can still change."""
        return self.may_write and self.state in {RelayState.DRAFT, RelayState.DECLINED}

    @property
    def may_offer(self) -> bool:
        """Whether it can be offered (to somebody else) now."""
        return self.may_write and self.state in {RelayState.DRAFT, RelayState.DECLINED, RelayState.ESCALATED}

    @property
    def may_withdraw(self) -> bool:
        """Whether it can be taken back."""
        return self.may_write and self.state not in {RelayState.ACCEPTED, RelayState.WITHDRAWN}


def relay_page(actor: Actor, relay_id: UUID, on: date) -> RelayPage | None:
    """Return one relay that the actor wrote (or follows) or was offered, or None."""
    relay = relay_for(actor, relay_id)
    if relay is None:
        return None
    return RelayPage(
        relay=relay,
        goals=tuple(relay.goals or ()),
        evidence=tuple(Seen(task, Reason(level), date.fromisoformat(on)) for task, level, on in relay.evidence or ()),
        barriers=tuple(Reason(f"outcomes.barrier.{code}") for code in relay.barriers or ()),
        next_step=relay.next_step or "",
        may_write=may_hand_over(actor, relay.referral),
        may_answer=is_recipient(actor, relay) and RelayState(relay.state) in ANSWERABLE,
        may_give_access=may_share(actor, relay.referral) and relay.referral.stage != Stage.CLOSED,
        opens=_opens(relay, on),
        days=rules_for(relay.referral.programme_id, on)[Rule.RELAY_LATE]["days"],
    )


def _opens(relay: Relay, on: date) -> Reason:
    """Return what accepting opens; what the recipient reaches already is not counted here."""
    if not relay.scope or relay.to_organisation is None:
        return Reason("outcomes.opens_nothing")
    facts: dict[str, str | int] = {
        "scope": f"referrals.scope.{relay.scope}",
        "months": relay.access_months or 0,
        "organisation": relay.to_organisation.name,
    }
    given = relay.assignment
    if given is not None:
        until = given.until_on.isoformat() if given.until_on else ""
        return Reason("outcomes.opened" if until else "outcomes.opened_for_now", {**facts, "until": until})
    if relay.state == RelayState.ACCEPTED:
        return Reason("outcomes.opened_nothing")
    if relay.to_user in users_with_role(Role.COUNSELLOR, organisation_id=relay.to_organisation_id, on=on):
        return Reason("outcomes.opens_for_one", {**facts, "name": relay.to_name})
    return Reason("outcomes.opens_for_all", facts)
