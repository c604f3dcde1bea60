"""Whom no e-mail or SMS brings a roster: before it is published, and what still waits after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opstap.foundation.actor import Actor
from opstap.foundation.outbox.enums import MessageChannel, MessageState
from opstap.journey.associations.models import Association, Contract
from opstap.journey.associations.queries import current_contracts
from opstap.journey.people.queries import has_address, recipient_of
from opstap.journey.rosters.queries import waits_on_paper
from opstap.steering.overviews.queries.own_roster import AHEAD


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Somebody who hears on paper only. `has_address`: the post finds them; `failed`: an e-mail or SMS did not arrive.

    `since`: when the oldest message that waits was said, None before anything is.
    """

    contract_id: UUID
    name: str
    has_address: bool
    failed: bool = False
    since: datetime | None = None


def unreached(contracts: Iterable[Contract]) -> tuple[OnPaper, ...]:
    """Return those of these workers, as they stand, whom neither e-mail nor SMS reaches."""
    found = []
    for row in contracts:
        way = recipient_of(row.person).way()
        if way is None or way[0] is MessageChannel.LETTER:
            found.append(OnPaper(row.pk, str(row.person), has_address(row.person)))
    return tuple(found)


def waiting_on_paper(actor: Actor, association: Association, today: date) -> tuple[OnPaper, ...]:
    """Return the workers for whom something about their roster waits on paper, each once; nobody without the right to plan."""
    rows = current_contracts(actor, association, today, today + AHEAD).prefetch_related(None)
    contracts = {row.pk: row for row in rows}
    found: dict[UUID, OnPaper] = {}
    for message in waits_on_paper(contracts):
        contract, was = contracts[message.subject_id], found.get(message.subject_id)
        failed = message.state == MessageState.FAILED or bool(was and was.failed)
        since = was.since if was else message.queued_at
        found[contract.pk] = OnPaper(contract.pk, str(contract.person), has_address(contract.person), failed, since)
    return tuple(sorted(found.values(), key=lambda line: line.name))
