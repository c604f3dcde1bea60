"""The counsellors of a programme by the names that lists use for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from opstap.bridges.spreadsheets.cells import fold
from opstap.foundation.access.models import RoleGrant, User
from opstap.foundation.actor import Role
from opstap.foundation.programmes.enums import Part
from opstap.foundation.programmes.models import Participation, Programme


@dataclass(frozen=True, slots=True)
class Counsellor:
    """A counsellor and the organisation for which they follow people."""

    user: User
    organisation_id: UUID


class Counsellors:
    """Finds counsellors of the programme's counselling organisations by name, whatever its capitals, accents or order."""

    def __init__(self, programme: Programme) -> None:
        """Read them once."""
        counselling = Participation.objects.filter(programme=programme, part=Part.COUNSELS.value)
        self._organisations = list(counselling.values_list("organisation_id", flat=True))
        grants = RoleGrant.objects.filter(role=Role.COUNSELLOR.value, organisation_id__in=self._organisations, until_on__isnull=True)
        self._by_name: defaultdict[str, dict[UUID, Counsellor]] = defaultdict(dict)
        for grant in grants.select_related("user").filter(user__is_active=True):
            if grant.organisation_id:
                for called in (grant.user.name, grant.user.email):
                    self._by_name[_key(called)][grant.user.pk] = Counsellor(grant.user, grant.organisation_id)

    def find(self, name: str | None) -> Counsellor | None:
        """Return the one counsellor with this name or e-mail address; None when there is none, or more than one."""
        called = self._called(name)
        return called[0] if len(called) == 1 else None

    def choices(self, name: str | None) -> tuple[str, ...]:
        """Return the e-mail addresses to choose from when several counsellors have this name, in order; empty otherwise."""
        called = self._called(name)
        return tuple(sorted(each.user.email for each in called)) if len(called) > 1 else ()

    def _called(self, name: str | None) -> list[Counsellor]:
        return list(self._by_name.get(_key(name), {}).values()) if name else []

    @property
    def only_organisation(self) -> UUID | None:
        """The counselling organisation when the programme has just one."""
        return self._organisations[0] if len(self._organisations) == 1 else None


def _key(name: str) -> str:
    if "@" in name:
        return name.strip().lower()
    return " ".join(sorted(fold(name).split()))
