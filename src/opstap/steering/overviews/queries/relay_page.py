"""One relay as its writer and its recipient read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.outcomes.enums import ANSWERABLE, RelayState
from opstap.journey.outcomes.models import Relay
from opstap.journey.outcomes.permissions import is_recipient, may_hand_over
from opstap.journey.outcomes.queries import relay_for


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of evidence: which task, how far, last seen when."""

    task: str
    level: Reason
    on: date


@dataclass(frozen=True, slots=True)
class RelayPage:
    """A relay with its parts ready to be put in words; `may_write` for who hands over, `may_answer` for who is asked to take over."""

    relay: Relay
    goals: tuple[str, ...]
    evidence: tuple[Seen, ...]
    barriers: tuple[Reason, ...]
    next_step: str
    may_write: bool
    may_answer: bool

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


def relay_page(actor: Actor, relay_id: UUID) -> RelayPage | None:
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
    )
