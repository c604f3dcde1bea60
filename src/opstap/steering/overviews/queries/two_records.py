"""Two records side by side that may be one person: what differs, and what happens with their referrals when they become one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from opstap.foundation.actor import Actor
from opstap.journey.people.enums import CONTACT, FACTS, HEALTH, IDENTITY
from opstap.journey.people.models import Person
from opstap.journey.people.queries import PersonFound, Resemblance, people_within, probable_duplicates, search_people
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import visible_referrals

_NOTHING: tuple[Any, ...] = (None, "", [])
_UNSEEN = HEALTH | {"national_number", "income", "benefit_since", "benefit_exemption"}
"""Health, benefit and the national number: compared, and not shown to who merges."""
SHOWN = tuple(name for name in (*IDENTITY, *CONTACT, *FACTS) if name not in _UNSEEN)


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both records. `may_choose`: both know something else; what only one knows is kept anyway."""

    name: str
    kept: Any
    other: Any

    @property
    def may_choose(self) -> bool:
        """Whether somebody has to say which of the two is right."""
        return self.kept != self.other and self.kept not in _NOTHING and self.other not in _NOTHING

    @property
    def is_filled_in(self) -> bool:
        """Whether the record that stays learns it from the other."""
        return self.kept in _NOTHING and self.other not in _NOTHING


@dataclass(frozen=True, slots=True)
class Path:
    """A referral of one of the records."""

    programme: str
    stage: str
    referred_on: date


@dataclass(frozen=True, slots=True)
class TwoRecords:
    """Both records (for the operation), what differs, how many fields that are not shown differ, and the referrals of each."""

    keep: Person
    other: Person
    lines: tuple[Line, ...]
    unseen: int
    kept_paths: tuple[Path, ...]
    other_paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Who was chosen first (`one`), who looks like them, and who fits what was typed."""

    one: PersonFound | None
    alike: tuple[Resemblance, ...]
    people: tuple[PersonFound, ...]


def find_records(actor: Actor, text: str, one_id: UUID | None) -> Found:
    """Return who fits the text; once somebody is chosen, also who resembles them. Somebody out of reach is not there."""
    within = visible_referrals(actor)
    one = people_within(actor, within).filter(pk=one_id).first() if one_id else None
    people = search_people(actor, text, within=within) if text else []
    if one is None:
        return Found(None, (), tuple(people))
    given = {name: getattr(one, name) for name in (*IDENTITY, "phone", "email")}
    alike = probable_duplicates(actor, given, within=within, besides=one.pk)
    seen = {one.pk, *(each.person.id for each in alike)}
    return Found(PersonFound.of(one), tuple(alike), tuple(each for each in people if each.id not in seen))


def two_records(actor: Actor, keep_id: UUID, other_id: UUID) -> TwoRecords | None:
    """Return two different living records within reach side by side, or None."""
    rows = {row.pk: row for row in people_within(actor, visible_referrals(actor)).filter(pk__in=[keep_id, other_id])}
    if len(rows) < 2:  # noqa: PLR2004 - two records
        return None
    keep, other = rows[keep_id], rows[other_id]
    every = [Line(name, getattr(keep, name), getattr(other, name)) for name in (*IDENTITY, *CONTACT, *FACTS)]
    return TwoRecords(
        keep=keep,
        other=other,
        lines=tuple(line for line in every if line.name in SHOWN and (line.kept not in _NOTHING or line.other not in _NOTHING)),
        unseen=sum(1 for line in every if line.name in _UNSEEN and line.may_choose),
        kept_paths=_paths(actor, keep),
        other_paths=_paths(actor, other),
    )


def _paths(actor: Actor, person: Person) -> tuple[Path, ...]:
    rows = visible_referrals(actor).filter(person=person).select_related("programme").order_by("referred_on", "pk")
    return tuple(_path(row) for row in rows)


def _path(row: Referral) -> Path:
    return Path(row.programme.name, row.stage, row.referred_on)
