"""Two counsellors of one name: a list that names them asks who is meant, and never guesses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import DAY, NOW, make_organisation, make_programme, make_user, take_part
from tests.journey.imports.lists import ELIF, JAN, SYSTEM, apply_all, bring, row_of, statuses

from opstap.foundation.access.models import User
from opstap.foundation.actor import Role
from opstap.foundation.programmes.enums import Part
from opstap.foundation.programmes.models import Programme
from opstap.journey.imports.models import Row
from opstap.journey.imports.operations import correct_row
from opstap.journey.referrals.models import Referral

pytestmark = pytest.mark.django_db
NAMED = {"Trajectbegeleider": "Griet Hoste"}


def two_of_a_name() -> tuple[Programme, User, User]:
    """Return a programme with two counsellors called Griet Hoste, of two organisations."""
    programme = make_programme()
    counsellors = []
    for _ in range(2):
        organisation = make_organisation()
        take_part(programme, organisation, Part.COUNSELS)
        counsellors.append(make_user(Role.COUNSELLOR, name="Griet Hoste", organisation=organisation))
    return programme, counsellors[0], counsellors[1]


def asked(row: Row) -> list[tuple[str, list[str]]]:
    """Return the questions of a row, with the choices."""
    reasons = [each["reason"] for each in row.problems or []]
    return [(reason["code"], reason["facts"].get("choices", [])) for reason in reasons]


def test_row_with_a_name_of_two_counsellors_waits_for_a_choice() -> None:
    """The row is not applied, tells the e-mail addresses, and the rest of the list comes in."""
    programme, one, other = two_of_a_name()
    batch = apply_all(bring(programme, ELIF | NAMED, JAN))
    assert statuses(batch) == ["question", "applied"]
    assert asked(row_of(batch, 1)) == [("imports.counsellor_which", sorted([one.email, other.email]))]
    assert Referral.objects.count() == 1


def test_chosen_counsellor_follows_the_person() -> None:
    """The e-mail address in the cell says who is meant; so it does in a list that comes with addresses."""
    programme, one, other = two_of_a_name()
    batch = bring(programme, ELIF | NAMED, JAN | {"Trajectbegeleider": one.email.upper()})
    row = correct_row(row=row_of(batch, 1), cells={"Trajectbegeleider": other.email}, by=SYSTEM, at=NOW)
    assert (row.status, row.problems) == ("ready_new", None)
    apply_all(batch)
    followed = dict(Referral.objects.values_list("person__client_number", "counsellor"))
    assert followed == {"1001": other.pk, "1002": one.pk}


def test_person_who_is_followed_already_asks_nothing() -> None:
    """A later list that names the same counsellor of a person with a referral refers nobody, so there is nothing to ask."""
    programme, _, other = two_of_a_name()
    apply_all(bring(programme, ELIF | {"Trajectbegeleider": other.email}))
    later = bring(programme, ELIF | NAMED, at=NOW + timedelta(hours=1), as_of=DAY)
    assert (statuses(later), row_of(later, 1).problems) == (["unchanged"], None)
