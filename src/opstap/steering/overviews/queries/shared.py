"""Shared with me, shared with us: the people whom others let the actor follow too, how far, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opstap.foundation.actor import Actor
from opstap.journey.referrals.enums import Scope
from opstap.journey.referrals.models import Assignment
from opstap.journey.referrals.permissions import assigned_to

MOST = 200
"""So many people are shown, those whose access ends first on top."""
_RELATED = ("referral__person", "referral__programme", "referral__counsellor", "organisation", "user")


@dataclass(frozen=True, slots=True)
class SharedPerson:
    """One person whom the actor may follow today by an assignment `[from_on, until_on)`.

    `with_whom`: the colleague who has it, or the whole organisation; `counsellor` is who follows the person in the first place.
    """

    referral_id: UUID
    name: str
    programme: str
    scope: Scope
    from_on: date
    until_on: date | None
    with_whom: str
    counsellor: str
    is_mine: bool
    ends_soon: bool

    @property
    def is_whole_file(self) -> bool:
        """Whether the whole file is open, and not only a part of the journey."""
        return self.scope is Scope.FULL


@dataclass(frozen=True, slots=True)
class Shared:
    """Those who were given to the actor by name, and those given to the organisation or a colleague of the team."""

    with_me: tuple[SharedPerson, ...]
    with_us: tuple[SharedPerson, ...]


def shared_with(actor: Actor, on: date, soon: int = 14) -> Shared:
    """Return the people shared with the actor on a day; what ended or begins later is not there. One query.

    `soon`: access that ends within so many days is marked.
    """
    holding = assigned_to(actor, on)
    if holding is None:
        return Shared((), ())
    rows = Assignment.objects.filter(holding).select_related(*_RELATED).order_by("until_on", "referral__person__folded_name", "pk")[:MOST]
    people = [_person(row, actor, on, soon) for row in rows]
    return Shared(tuple(each for each in people if each.is_mine), tuple(each for each in people if not each.is_mine))


def _person(row: Assignment, actor: Actor, on: date, soon: int) -> SharedPerson:
    return SharedPerson(
        referral_id=row.referral_id,
        name=str(row.referral.person),
        programme=row.referral.programme.name,
        scope=Scope(row.scope),
        from_on=row.from_on,
        until_on=row.until_on,
        with_whom=row.user.name if row.user else row.organisation.name,
        counsellor=row.referral.counsellor.name if row.referral.counsellor else "",
        is_mine=row.user_id is not None and row.user_id == actor.user_id,
        ends_soon=row.until_on is not None and (row.until_on - on).days <= soon,
    )
