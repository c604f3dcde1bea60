"""A list is a copy: its rows go when its term is over, what was applied stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW, make_actor, make_programme
from tests.journey.imports.lists import ELIF, JAN, SYSTEM, apply_all, bring

from opstap.engine.shared import Refused
from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.imports.models import Batch, Row
from opstap.journey.imports.operations.forgetting import forget_lists
from opstap.journey.people.models import Person

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def test_forget_lists_removes_rows_after_their_term_and_not_before() -> None:
    """On the last day nothing goes; a moment later the rows of that list do, also one that points at another; the people stay."""
    programme = make_programme()
    old = bring(programme, ELIF, ELIF, JAN)
    apply_all(old)
    Row.objects.filter(batch=old, number__gt=2).update(leader=Row.objects.filter(batch=old).order_by("number")[0])
    bring(programme, JAN | {"Naam": "Devos"}, at=NOW + timedelta(days=1))
    Batch.objects.filter(pk=old.pk).update(applied_at=NOW, notes={"skipped": [{"text": "Totaal: Elif"}], "rows": 3})
    assert forget_lists(by=SYSTEM, at=NOW + YEAR) == 0
    assert forget_lists(by=SYSTEM, at=NOW + YEAR + timedelta(seconds=1)) == 3
    assert (Row.objects.count(), Batch.objects.count(), Person.objects.count()) == (1, 2, 2)
    assert Batch.objects.get(pk=old.pk).notes == {"rows": 3}
    log = AuditEntry.objects.filter(action="forget_lists").order_by("id").values_list("facts", flat=True)
    assert list(log) == [{"rows": 0, "files": 0}, {"rows": 3, "files": 0}]


def test_forget_lists_by_a_coordinator_is_refused() -> None:
    """Nobody makes a list disappear by hand."""
    with pytest.raises(Refused) as refused:
        forget_lists(by=make_actor(Role.COORDINATOR, programme=make_programme()), at=NOW + 2 * YEAR)
    assert refused.value.reason.code == "access.only_the_product_forgets"
