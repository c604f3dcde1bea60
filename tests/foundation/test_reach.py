"""Nobody widens their own reach: not by roles they hand out, not by an old role, not by a link that was taken back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.factories import DAY, NOW, make_actor, make_organisation, make_programme, make_user

from opstap.engine.shared import Refused
from opstap.foundation.access.models import RoleGrant
from opstap.foundation.access.operations import end_role, give_role
from opstap.foundation.actor import Actor, Role

pytestmark = pytest.mark.django_db


def refusal(role: Role, organisation_id: UUID, programme_id: UUID | None, by: Actor) -> str:
    """Return why giving the role is refused, "" when it is given."""
    try:
        give_role(user=make_user(), role=role, organisation_id=organisation_id, programme_id=programme_id, starts_on=DAY, by=by, at=NOW)
    except Refused as refused:
        return refused.reason.code
    return ""


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.COORDINATOR])
def test_team_lead_gives_no_role_that_reaches_beyond_the_organisation(role: Role) -> None:
    """A role that counts everywhere, or for a programme, is for an administrator to give."""
    organisation = make_organisation()
    lead = make_actor(Role.TEAM_LEAD, organisation=organisation)
    assert refusal(role, organisation.pk, None, lead) == "access.may_not_give_role"


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.TEAM_LEAD, Role.HOST])
def test_team_lead_gives_the_roles_of_the_own_organisation(role: Role) -> None:
    """Colleagues get their roles from the team lead, within the organisation and without a programme."""
    organisation = make_organisation()
    lead = make_actor(Role.TEAM_LEAD, organisation=organisation)
    assert refusal(role, organisation.pk, None, lead) == ""
    assert refusal(role, organisation.pk, make_programme().pk, lead) == "access.may_not_give_role"
    assert refusal(role, uuid4(), None, lead) == "access.may_not_give_role"


def test_team_lead_does_not_end_the_role_of_an_administrator() -> None:
    """What a team lead may not give, a team lead may not end."""
    organisation = make_organisation()
    lead = make_actor(Role.TEAM_LEAD, organisation=organisation)
    make_user(Role.ADMINISTRATOR, organisation=organisation)
    grant = RoleGrant.objects.get(role="administrator")
    with pytest.raises(Refused):
        end_role(grant=grant, on=DAY + timedelta(days=1), by=lead, at=NOW)
