"""The catalogue of competences: brought with the product, loaded once, added to by a programme."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories import make_actor, make_programme
from tests.journey.plans.cases import NOW, SYSTEM, make_desk

from opstap.engine.shared import Refused
from opstap.foundation.actor import Role
from opstap.journey.plans.assembly import CatalogueError, load_catalogue_file, read_catalogue
from opstap.journey.plans.models import Competence, TaskGroup
from opstap.journey.plans.operations import add_competence, load_catalogue, retire_competence
from opstap.journey.plans.queries import competence_choices, competence_for

pytestmark = pytest.mark.django_db


def test_catalogue_has_about_120_tasks_with_esco() -> None:
    """Every task has a label, a plain sentence to the reader, and its skill in ESCO."""
    tasks = [task for group in load_catalogue_file() for task in group.tasks]
    odd = [task.code for task in tasks if not (task.plain.endswith(".") and task.esco_uri.startswith("http://data.europa.eu/esco/skill/"))]
    assert (len(tasks), odd) == (147, [])


def test_loading_twice_changes_nothing() -> None:
    """Each start of the product loads the catalogue; the second one finds everything there."""
    assert [load_catalogue(by=SYSTEM, at=NOW), load_catalogue(by=SYSTEM, at=NOW)] == [147, 0]


def test_loading_mends_and_retires() -> None:
    """A label follows the file; a task that the file no longer has is not offered, and stays."""
    load_catalogue(by=SYSTEM, at=NOW)
    Competence.objects.filter(pk="kitchen.dishes").update(label="Vaat")
    Competence.objects.create(code="old.task", group_id="kitchen", kind="technical", label="Oud", plain="Oud werk.")
    changed = load_catalogue(by=SYSTEM, at=NOW)
    labels = dict(Competence.objects.filter(pk__in=["kitchen.dishes", "old.task"]).values_list("label", "is_active"))
    assert (changed, labels) == (2, {"Afwassen": True, "Oud": False})


def test_catalogue_refuses_a_code_twice(tmp_path: Path) -> None:
    """A mistake in the file is said by name."""
    task = '{code: a.b, label: "A", plain: "B.", esco: "c"}'
    path = tmp_path / "catalogue.yaml"
    path.write_text(f"groups:\n  - {{code: a, label: A, kind: generic, occupations: [], competences: [{task}, {task}]}}\n")
    with pytest.raises(CatalogueError, match=r"these stand twice: a\.b"):
        read_catalogue(path)


def test_choices_begin_with_the_work_of_the_place() -> None:
    """How somebody works and the work of the place come first; everything else can still be chosen."""
    desk = make_desk()
    groups = competence_choices(desk.staff, desk.office.referral)
    near = [group.label for group in groups if group.is_near]
    assert (near, [group.label for group in groups][:2], len(groups)) == (["Hoe je werkt", "Keuken"], ["Hoe je werkt", "Keuken"], 13)


def test_programme_adds_its_own_competence() -> None:
    """What a coordinator adds is offered in that programme alone, until it is not offered any more."""
    desk = make_desk()
    programme = desk.office.referral.programme
    coordinator = make_actor(Role.COORDINATOR, programme=programme)
    group = TaskGroup.objects.get(pk="kitchen")
    added = add_competence(programme=programme, group=group, label="Garnalen pellen", plain="Je pelt garnalen.", by=coordinator, at=NOW)
    offered = [each.label for row in competence_choices(desk.staff, desk.office.referral) for each in row.competences if each.programme_id]
    retire_competence(competence=added, by=coordinator, at=NOW)
    assert (offered, competence_for(desk.staff, added.pk)) == (["Garnalen pellen"], None)


def test_others_do_not_change_the_catalogue() -> None:
    """A counsellor, and the coordinator of another programme, add nothing; nobody retires what comes with the product."""
    desk = make_desk()
    programme = desk.office.referral.programme
    group = TaskGroup.objects.get(pk="kitchen")
    stranger = make_actor(Role.COORDINATOR, programme=make_programme())
    codes = []
    for actor in (desk.staff, stranger):
        with pytest.raises(Refused) as refused:
            add_competence(programme=programme, group=group, label="A", plain="B.", by=actor, at=NOW)
        codes.append(refused.value.reason.code)
    with pytest.raises(Refused) as refused:
        retire_competence(competence=Competence.objects.get(pk="kitchen.dishes"), by=SYSTEM, at=NOW)
    assert [*codes, refused.value.reason.code] == ["plans.may_not_change_catalogue"] * 2 + ["plans.competence_of_the_product"]
