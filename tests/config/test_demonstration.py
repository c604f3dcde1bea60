"""The demonstration is loaded once, through the same doors as any programme; lists also come in from the command line."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from tests.factories import make_programme
from tests.journey.imports.lists import ELIF, JAN, as_csv

from opstap.foundation.access.models import RoleGrant
from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.associations.models import Contract
from opstap.journey.eligibility.models import Decision
from opstap.journey.imports.models import Batch
from opstap.journey.matching.models import MatchRound, Proposal
from opstap.journey.people.models import Person
from opstap.journey.places.models import Seat
from opstap.journey.referrals.models import Referral
from opstap.journey.rosters.models import Roster

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    """Run a command and return what it says."""
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_demonstration_is_whole_and_a_second_run_adds_nothing() -> None:
    """All are referred and decided on, a round is done, a roster is published, each role is held; again changes no row."""
    said("load_demo")
    assert (Person.objects.count(), Contract.objects.count(), Seat.objects.count()) == (319 + 25, 25, 39)
    people = [contract.person for contract in Contract.objects.select_related("person")]
    assert [sum(bool(test) for test in tests) for tests in zip(*((p.email, p.phone, p.email or p.phone) for p in people), strict=True)] == [
        16, 7, 20,
    ]  # fmt: skip
    assert [(roster.state, roster.weeks) for roster in Roster.objects.all()] == [("published", 8)]
    assert Referral.objects.filter(counsellor__isnull=True).count() == 0
    assert set(RoleGrant.objects.values_list("role", flat=True)) == {role.value for role in Role}
    assert Decision.objects.values("referral").distinct().count() == 319
    assert list(MatchRound.objects.values_list("status", "solver_status")) == [("done", "optimal")]
    rows = [model.objects.count() for model in (AuditEntry, Proposal, Decision, Batch)]
    assert "already" in said("load_demo")
    assert [model.objects.count() for model in (AuditEntry, Proposal, Decision, Batch)] == rows


@override_settings(IS_PRODUCTION=True)
def test_demonstration_stays_out_of_production() -> None:
    """Invented people never come among real ones."""
    with pytest.raises(CommandError):
        said("load_demo")
    assert Person.objects.count() == 0


def test_import_lists_brings_a_list_in(tmp_path: Path) -> None:
    """The command applies what is ready and says how many rows stand where; with --preview nothing is applied."""
    make_programme("Oostende")
    file = tmp_path / "lijst.csv"
    file.write_bytes(as_csv(ELIF, JAN))
    assert said("import_lists", "--people", str(file), "--on", "2023-09-01", "--preview") == "lijst.csv: ready_new 2\n"
    assert said("import_lists", "--people", str(file), "--on", "2023-09-01") == "lijst.csv: applied 2\n"
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("arguments", "word"),
    [((), "--people"), (("--people", "/nowhere/x.xlsx"), "/nowhere/x.xlsx"), (("--people", "x", "--programme", "Geen"), "Oostende")],
)
def test_import_lists_says_what_is_missing(arguments: tuple[str, ...], word: str) -> None:
    """A missing list, file or programme is named in the message."""
    make_programme("Oostende")
    with pytest.raises(CommandError, match=word):
        said("import_lists", *arguments)
