"""The counsellors of a programme by the names that lists use for them."""

from __future__ import annotations

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
        self._by_name: dict[str, Counsellor] = {}
        for grant in grants.select_related("user").filter(user__is_active=True):
            if grant.organisation_id:
                self._by_name[_key(grant.user.name)] = Counsellor(grant.user, grant.organisation_id)

    def find(self, name: str | None) -> Counsellor | None:
        """Return the counsellor with this name, or None."""
        return self._by_name.get(_key(name)) if name else None

    @property
    def only_organisation(self) -> UUID | None:
        """The counselling organisation when the programme has just one."""
        return self._organisations[0] if len(self._organisations) == 1 else None


def _key(name: str) -> str:
    return " ".join(sorted(fold(name).split()))
