"""The menu of staff: where a page belongs."""

from __future__ import annotations

import pytest
from tests.factories import make_actor

from opstap.foundation.actor import Role
from opstap.ui.landing import staff_navigation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "path", "label"),
    [
        (Role.COUNSELLOR, "/begeleiding/", "Mijn dag"),
        (Role.COUNSELLOR, "/begeleiding/wachtrij/tasks/", "Mijn dag"),
        (Role.COUNSELLOR, "/begeleiding/overeenkomst/1/veld/tasks/", "Caseload"),
        (Role.COUNSELLOR, "/begeleiding/evaluatie/1/", "Caseload"),
        (Role.COUNSELLOR, "/begeleiding/uitkomsten/1/exit/", "Uitkomsten"),
        (Role.MENTOR, "/werkvloer/evaluatie/1/", "Evaluaties"),
    ],
)
def test_page_stands_where_it_belongs(role: Role, path: str, label: str) -> None:
    """What is part of a case file stands under the caseload; an evaluation of the floor under the evaluations."""
    assert [item.label for item in staff_navigation(make_actor(role), path) if item.is_current] == [label]
