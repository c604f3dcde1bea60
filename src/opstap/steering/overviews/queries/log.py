"""What an auditor sees of one person: who looked, what changed, and the decisions that can be replayed; never the file itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.audit.queries import LogPage, log_page, replays
from opstap.journey.eligibility.queries import decisions_for_audit
from opstap.journey.people.queries import FileReading, PersonFound, file_readers, person_for, record_ids, search_people
from opstap.journey.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision without its content: what it is about, by whom, by which rules, and its latest replay."""

    id: UUID
    instrument: str
    on: date
    decided_by: str
    decided_at: datetime
    is_overruled: bool
    rule_book: str
    replay: AuditEntry | None


@dataclass(frozen=True, slots=True)
class PersonLog:
    """Everything about one person that an auditor sees."""

    id: UUID
    name: str
    client_number: str
    readers: tuple[FileReading, ...]
    log: LogPage
    decisions: tuple[DecisionLine, ...]


def people_in_log(actor: Actor, text: str) -> list[PersonFound]:
    """Return the people whom an auditor means: by name, telephone, e-mail or client number; nothing for anybody else."""
    if not actor.has(Role.AUDITOR):
        return []
    return search_people(actor, text, within=Referral.objects.all())


def person_log(actor: Actor, person_id: UUID, *, before: int | None = None) -> PersonLog | None:
    """Return one person's log for an auditor, or None."""
    if not actor.has(Role.AUDITOR):
        return None
    everyone = Referral.objects.all()
    person = person_for(actor, person_id, within=everyone)
    if person is None:
        return None
    rows = decisions_for_audit(actor, person.pk)
    replayed = replays(actor, [row.pk for row in rows])
    decisions = tuple(
        DecisionLine(
            id=row.pk,
            instrument=row.instrument,
            on=row.on,
            decided_by=row.decided_by,
            decided_at=row.decided_at,
            is_overruled=row.answer != row.machine_answer,
            rule_book=row.rule_book_id,
            replay=replayed.get(str(row.pk)),
        )
        for row in rows
    )
    readers = tuple(file_readers(actor, person.pk, within=everyone, known=person))
    log = log_page(actor, person_ids=record_ids(person.pk), before=before)
    return PersonLog(person.pk, str(person), person.client_number or "", readers, log, decisions)
