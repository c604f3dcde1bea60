"""A workbook comes in: shown row by row, applied once, and the second time it changes nothing."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from tests.factories import make_actor, make_organisation, make_person, make_referral
from tests.journey.associations.cases import (
    ABSENCES,
    AT,
    DEMANDS,
    HEADS,
    SYSTEM,
    TODAY,
    WORKERS,
    Group,
    make_group,
    make_region,
    make_worker,
    workbook,
)

from opstap.engine.shared import Refused
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.organisations.models import Organisation, Site
from opstap.journey.associations.enums import AbsenceKind, HiringStage, IntakeState, SupportStatus
from opstap.journey.associations.models import Candidate, Coach, Contract, ContractAbsence, Function, Intake, IntakeRow, SiteDemand, Wish
from opstap.journey.associations.operations import apply_workbook, follow_contract, put_forward, set_workbook_aside, upload_workbook
from opstap.journey.people.models import Person
from opstap.journey.people.operations import update_contact

pytestmark = pytest.mark.django_db


def bring(group: Group, data: bytes, by: Actor | None = None) -> Intake:
    """Return an uploaded workbook."""
    return upload_workbook(association=group.association, data=data, filename="lavoro.xlsx", as_of=TODAY, by=by or group.planner, at=AT)


def take_in(group: Group, data: bytes) -> Intake:
    """Return a workbook that was applied."""
    return apply_workbook(intake=bring(group, data), by=group.planner, at=AT)


def verdicts(intake: Intake) -> Counter[str]:
    """Return how many rows have each verdict."""
    return Counter(intake.rows.values_list("verdict", flat=True))


def counts() -> list[int]:
    """Return how many rows there are of all that a workbook makes."""
    return [model.objects.count() for model in (Contract, Person, SiteDemand, Coach, ContractAbsence, Organisation, Function)]


def row_of(intake: Intake, part: str, number: int) -> IntakeRow:
    """Return a row by its sheet and number."""
    return intake.rows.get(part=part, number=number)


def test_upload_shows_every_row_and_changes_nothing() -> None:
    """A preview has a verdict for each row and no contract is made."""
    group = make_group()
    assert (verdicts(bring(group, workbook())), Contract.objects.count()) == (Counter({"new": 7}), 0)


def test_apply_makes_members_sites_functions_demand_coaches_and_contracts() -> None:
    """Everything that the workbook names is there afterwards, with the association as employer."""
    group = make_group()
    make_region()
    intake = take_in(group, workbook())
    lies = Contract.objects.get(number="1")
    assert (lies.association_id, str(lies.person), lies.weekly_hours) == (group.association.pk, "Lies Peeters", Decimal(38))
    assert (lies.supported.status, lies.person.limits, lies.person.municipality) == (SupportStatus.IMW, ["lifting"], "Oostende")
    assert [skill.function.title for skill in lies.skills.all()] == ["inpakker"]
    assert [wish.function.title for wish in lies.wishes.all()] == ["tuinier"]
    assert (SiteDemand.objects.count(), Coach.objects.get().maximum) == (6, 7)
    assert group.association.memberships.filter(organisation__name="De Oesterbank").count() == 1
    assert (intake.state, intake.content, verdicts(intake)) == (IntakeState.APPLIED, None, Counter({"new": 7}))


def test_apply_assumes_what_a_known_function_asks() -> None:
    """A function that nobody described gets what such work usually asks, marked as assumed."""
    group = make_group()
    take_in(group, workbook(workers=((1, "Peeters", "Lies", 40, "IMW", 38, "ma", "schappenvuller; magazijnmedewerker"),)))
    function = Function.objects.get(title="magazijnmedewerker")
    assert (function.demands, function.is_assumed) == (["lifting"], True)


def test_same_workbook_again_changes_nothing() -> None:
    """The second time every row is the same, and nothing is doubled."""
    group = make_group()
    make_region()
    take_in(group, workbook())
    before = (
        Contract.objects.count(),
        Person.objects.count(),
        SiteDemand.objects.count(),
        ContractAbsence.objects.count(),
        Organisation.objects.count(),
    )
    again = take_in(group, workbook())
    after = (
        Contract.objects.count(),
        Person.objects.count(),
        SiteDemand.objects.count(),
        ContractAbsence.objects.count(),
        Organisation.objects.count(),
    )
    assert (verdicts(again), before) == (Counter({"same": 7}), after)


def test_changed_row_says_what_changes_and_changes_it() -> None:
    """Other hours and another wish are shown with both values, then held by the one contract."""
    group = make_group()
    take_in(group, workbook())
    other = (
        (1, "Peeters", "Lies", 40, "IMW", 19, "ma,di,wo", "inpakker", "chauffeur", "zwaar tillen", "Vuurtoren", "fiets", "03/07/2023"),
        WORKERS[1],
    )
    intake = bring(group, workbook(workers=other))
    changes = {name: (old, new) for name, old, new in row_of(intake, "workers", 2).changes}
    assert changes == {"hours": ("38", "19"), "days": ("0 1 2 3 4", "0 1 2"), "wishes": ("tuinier", "chauffeur")}
    apply_workbook(intake=intake, by=group.planner, at=AT)
    lies = Contract.objects.get(number="1")
    assert (lies.weekly_hours, lies.weekdays, Wish.objects.get(contract=lies).function.title) == (
        Decimal(19),
        frozenset({0, 1, 2}),
        "chauffeur",
    )


def test_changed_limits_are_told_without_saying_which() -> None:
    """A planner sees that limits change, not what they are."""
    group = make_group()
    take_in(group, workbook())
    other = ((*WORKERS[0][:9], "lang staan", *WORKERS[0][10:]), WORKERS[1])
    assert row_of(bring(group, workbook(workers=other)), "workers", 2).changes == [["limits", "", ""]]


def test_row_in_error_names_cell_and_reason_and_stays_out() -> None:
    """Numbers that fall are an error of the one row; the others come in."""
    group = make_group()
    wrong = (DEMANDS[0], (*DEMANDS[1][:7], 3, 2, 1))
    intake = take_in(group, workbook(demands=wrong))
    found = row_of(intake, "demands", 3)
    assert (found.verdict, found.problems[0]["cell"], found.problems[0]["reason"]["code"]) == (
        "error",
        "H3",
        "spreadsheet.roster_numbers_fall",
    )
    assert SiteDemand.objects.count() == 5


def test_number_of_somebody_else_is_an_error() -> None:
    """A row never renames the worker who has its number."""
    group = make_group()
    take_in(group, workbook())
    other = ((1, "Zonnekeyn", "Johan", *WORKERS[0][3:]), WORKERS[1])
    found = row_of(take_in(group, workbook(workers=other)), "workers", 2)
    assert (found.verdict, found.problems[0]["reason"]["facts"]) == ("error", {"number": "1", "name": "Lies Peeters"})
    assert str(Contract.objects.get(number="1").person) == "Lies Peeters"


def test_vop_that_began_too_late_is_told_and_kept() -> None:
    """A list may hold a VOP of after 30 June 2023: the row comes in with a warning and a proposal."""
    group = make_group()
    found = row_of(take_in(group, workbook()), "workers", 3)
    told = [(note["column"], note["is_error"], note["proposal"]) for note in found.problems]
    assert (told, Contract.objects.get(number="2").supported.status) == ([("Statuut", False, "IMW")], SupportStatus.VOP)


def test_absences_that_overlap_become_days_away_once() -> None:
    """Two rows over the same days add only what is not known yet, and keep no reason of health."""
    group = make_group()
    take_in(group, workbook())
    rows = list(ContractAbsence.objects.values_list("from_on", "until_on", "kind"))
    assert rows == [(date(2023, 9, 21), date(2023, 10, 3), AbsenceKind.AWAY), (date(2023, 10, 3), date(2023, 10, 5), AbsenceKind.LEAVE)]


def test_absence_of_nobody_is_an_error() -> None:
    """An absence of a number that no worker has is not used."""
    group = make_group()
    found = row_of(take_in(group, workbook(absences=((99, *ABSENCES[0][1:]),))), "absences", 2)
    assert (found.verdict, found.problems[0]["reason"]["code"]) == ("error", "rostering.absence_of_nobody")


def test_worker_above_the_cap_stays_out_and_says_why() -> None:
    """With a cap of one the second worker of the list is refused, in the row itself."""
    group = make_group(target=1, next_target=1, worker_cap=1)
    found = row_of(take_in(group, workbook()), "workers", 3)
    assert (found.verdict, found.problems[0]["reason"]["code"], Contract.objects.count()) == ("error", "associations.cap_reached", 1)


def test_candidate_of_the_same_name_is_hired_not_registered_twice() -> None:
    """Somebody on the way to a contract keeps their own record when the list names them."""
    group = make_group()
    person = make_person("Peeters", "Lies")
    put_forward(association=group.association, referral=make_referral(person, group.association.programme), by=SYSTEM, at=AT)
    take_in(group, workbook())
    candidate = Candidate.objects.get()
    contract = Contract.objects.get(number="1")
    assert (contract.person_id, candidate.stage, candidate.contract) == (person.pk, HiringStage.CONTRACT, contract)
    steps = AuditEntry.objects.filter(action="follow_contract", subject_id=str(candidate.pk)).order_by("id")
    assert [entry.facts["stage"] for entry in steps] == ["eligible", "interview", "contract"]


def test_workbook_tells_how_workers_are_reached() -> None:
    """E-mail, telephone and address of a list become those of the worker; what somebody said themselves afterwards stays."""
    group = make_group()
    heads = (*HEADS["Werknemers"], "E-mail", "Gsm", "Straat", "Postcode")
    row = (*WORKERS[0], "Lies@Example.be", "0478 12 34 56", "Kaai 3", "8400")
    take_in(group, workbook(workers=(row,), heads={"Werknemers": heads}))
    person = Contract.objects.get().person
    assert (person.email, person.phone, person.street, person.postcode) == ("lies@example.be", "0478 12 34 56", "Kaai 3", "8400")
    within = group.association.contracts.all()
    update_contact(person=person, contact={"phone": "0479 00 00 00"}, version=person.version, within=within, by=group.planner, at=AT)
    take_in(group, workbook(workers=((*row[:-4], "anders@example.be", *row[-3:]),), heads={"Werknemers": heads}))
    person.refresh_from_db()
    assert (person.email, person.phone) == ("anders@example.be", "0479 00 00 00")


def test_who_stopped_or_is_somebody_else_does_not_follow_a_contract() -> None:
    """A contract takes along only its own person, from a stage that leads to it."""
    group, person = make_group(), make_person()
    referral = make_referral(person, group.association.programme)
    candidate = put_forward(association=group.association, referral=referral, by=SYSTEM, at=AT)
    own, other = make_worker(group, person=person), make_worker(group)
    for contract, stage in ((other, HiringStage.INTERESTED), (own, HiringStage.STOPPED)):
        Candidate.objects.update(stage=stage.value)
        with pytest.raises(Refused):
            follow_contract(candidate=candidate, contract=contract, by=group.planner, at=AT)
    assert Candidate.objects.get().contract is None


def test_namesake_of_another_age_is_somebody_else() -> None:
    """A candidate of the same name who is thirty years older stays a candidate."""
    group = make_group()
    person = make_person("Peeters", "Lies", birth_date=date(1953, 1, 1))
    put_forward(association=group.association, referral=make_referral(person, group.association.programme), by=SYSTEM, at=AT)
    take_in(group, workbook())
    contract = Contract.objects.get(number="1")
    assert (contract.person_id == person.pk, Candidate.objects.get().stage) == (False, HiringStage.INTERESTED)


def test_workbook_of_another_planner_is_refused() -> None:
    """Who plans for another association brings nothing in here."""
    group = make_group()
    stranger = make_actor(Role.PLANNER, organisation=make_organisation(kind="employers_association"))
    with pytest.raises(Refused) as refused:
        bring(group, workbook(), by=stranger)
    assert refused.value.reason.code == "associations.may_not_plan"


def test_workbook_is_applied_once() -> None:
    """What was applied or set aside is not applied again."""
    group = make_group()
    intake = set_workbook_aside(intake=bring(group, workbook()), by=group.planner, at=AT)
    with pytest.raises(Refused) as refused:
        apply_workbook(intake=intake, by=group.planner, at=AT)
    assert (refused.value.reason.code, intake.rows.count()) == ("associations.workbook_done", 0)


def test_file_that_is_no_workbook_is_refused_in_words() -> None:
    """A text file is refused with a reason that the reader gives."""
    group = make_group()
    with pytest.raises(Refused) as refused:
        bring(group, b"hallo")
    assert refused.value.reason.code.startswith("spreadsheet.")


def test_name_of_two_sites_is_the_one_that_is_asked_for() -> None:
    """A member with two sites of one name: the workbook keeps to the site that it asked for before."""
    group = make_group()
    take_in(group, workbook())
    site = SiteDemand.objects.filter(site__name="Oesterbank Oostende")[0].site
    Site.objects.create(organisation=site.organisation, name=site.name)
    assert verdicts(bring(group, workbook())) == Counter({"same": 7})
